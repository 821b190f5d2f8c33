import { type Quotas } from "./quotas";
import { type ServiceError } from "./service-error";

/** A call of a service, before or after it takes effect. */
export interface Call {
  /** What is done: `CreateSubnet` at the EC2 endpoint, `create aws_subnet` from a provider. */
  readonly action: string;
  readonly owner: string;
  readonly region: string;
}

/** What goes wrong, for tests. Everything has a default: nothing. */
export interface Faults {
  /** Refuses a call before it does anything: throttling, a missing permission. @default none */
  before?(call: Call): ServiceError | undefined;
  /** Loses the answer to a call that took effect: a time-out. @default none */
  after?(call: Call): ServiceError | undefined;
  /** How many transactions a read lies behind, 0 to 64: eventual consistency. @default 0 */
  staleness?(call: Call): number;
  /** Quotas other than an account's defaults. @default none */
  readonly quotas?: Partial<Quotas>;
}
