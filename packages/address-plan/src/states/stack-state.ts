import { type StackKind } from "../stacks/stack-record";

/** A resource in a state, as Terraform's state format 4 has it. */
export interface StateResource {
  readonly mode: "managed" | "data";
  /** Address without the instance key, for example `module.x.aws_vpc.network`. */
  readonly address: string;
  readonly type: string;
  /** Attributes of each instance. */
  readonly instances: readonly Readonly<Record<string, unknown>>[];
}

/** What is known of a recorded stack's state. */
export interface StackState {
  /** Id of the stack. */
  readonly stack: string;
  /** Name of the app's folder. */
  readonly app: string;
  /** Name in the cloud of the cluster that the stack serves. @default none */
  readonly cluster?: string;
  /** What the stack is to the cluster. @default none */
  readonly kind?: StackKind;
  /**
   * `empty`: the state exists and holds no managed resource. `missing`: there is no state, which is no proof that
   * nothing was deployed. `unreadable`: see `reason`.
   */
  readonly status: "empty" | "holds" | "missing" | "unreadable";
  /** Lineage of the state, a UUID; changes when a state is created anew. @default none if missing or unreadable */
  readonly lineage?: string;
  /** Serial of the state; rises with every change. @default none if missing or unreadable */
  readonly serial?: number;
  /** One sentence that says which state could not be read, or is missing, and why. @default none if it was read */
  readonly reason?: string;
  /** Resources, data sources included. Empty if the state is missing or unreadable. */
  readonly resources: readonly StateResource[];
}

/**
 * The proof that a stack has no resources, for the lock's receipts and `withEmptied`: the start of the state's lineage and
 * its serial, `3f0c2a1b:12`. Undefined if the state is not empty, missing or unreadable.
 */
export function proofOf({ status, lineage, serial }: StackState): string | undefined {
  return status === "empty" ? `${lineage!.slice(0, 8)}:${serial}` : undefined;
}
