import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";

/** A long-running operation: it has taken effect when it is made, and whoever asks for it finds it done. */
export interface Operation {
  /** Full name: `projects/…/regions/…/operations/operation-…`. */
  readonly id: string;
  /** Its last part. */
  readonly name: string;
  readonly service: "compute" | "container" | "networkconnectivity" | "serviceusage";
  /** `insert` (Compute Engine), `CREATE_CLUSTER` (GKE), `create` (the others). */
  readonly type: string;
  /** Full name of the resource. */
  readonly target: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** What the operation gave, for the APIs whose operations have a response. @default none */
  readonly response?: object;
}

const kind = new Kind<Operation>("google/operation");

/** The operation, or undefined. @param id its full name */
export const operationOf = (transaction: Transaction, id: string): Operation | undefined =>
  transaction.get(kind, id);

/** The operations of a parent, oldest first. @param parent `projects/…/regions/…` */
export const operationsOf = (transaction: Transaction, parent: string): readonly Operation[] =>
  transaction.filter(kind, ({ id }) => id.startsWith(`${parent}/operations/`));

/** Makes an operation. @param parent `projects/…/regions/…` */
export function putOperation(
  transaction: Transaction,
  parent: string,
  operation: Omit<Operation, "id" | "name" | "time">,
): Operation {
  const name = `operation-${transaction.now}-${transaction.hex(8)}-${transaction.hex(8)}`;
  const id = `${parent}/operations/${name}`;
  return transaction.put(kind, id, { ...operation, id, name, time: transaction.now });
}
