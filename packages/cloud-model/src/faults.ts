import { type Quotas } from "./quotas";
import { type ServiceError } from "./service-error";

/** A service call. */
export interface Call {
  /** `CreateSubnet` at the EC2 endpoint, `create aws_subnet` from a provider. */
  readonly action: string;
  readonly owner: string;
  readonly region: string;
}

/** Injected faults, for tests. */
export interface Faults {
  /** Rejects a call before it takes effect: throttling, a missing permission. @default none */
  before?(call: Call): ServiceError | undefined;
  /** Loses the response of a call that took effect: a timeout. @default none */
  after?(call: Call): ServiceError | undefined;
  /** Number of transactions that a read lags behind, 0 to 64: eventual consistency. @default 0 */
  staleness?(call: Call): number;
  /** Quotas that differ from an account's defaults. @default none */
  readonly quotas?: Partial<Quotas>;
}
