import { type Transaction } from "./store/transaction";
import { type Quotas } from "./quotas";

/** The account and Region that a request is made in. */
export interface AccountRegion {
  /** AWS account id, Google project, or the address of a Kubernetes API. */
  readonly owner: string;
  /** AWS or Google Region; empty for global resources. */
  readonly region: string;
}

/** Context of a service operation: a transaction of the cloud, the caller and the quotas in force. */
export interface RequestContext {
  readonly transaction: Transaction;
  readonly caller: AccountRegion;
  readonly quotas: Quotas;
}
