import { type Prefix } from "../prefix/prefix";

/** What a block of the plan is for. */
export type BlockKind = "pool" | "cluster" | "subnet" | "pods" | "growth";

/** A block the plan asks for; where it lies is up to the lock and the allocation. */
export interface WantedBlock {
  /** Key in the lock, unique in the plan, for example `aws/eu-central-1/prod/eks/prod-payments/nodes/eu-central-1a`. */
  readonly key: string;
  /** Netmask length it needs, 1 to 32. */
  readonly length: number;
  /** What was asked, for people: the size and why. */
  readonly asked: string;
  readonly kind: BlockKind;
  /** Who uses it, for people. */
  readonly owner: string;
  /** What to change in the plan if it finds no room. */
  readonly fix: string;
  readonly children: readonly WantedBlock[];
}

/** A space of the plan with everything that is wanted in it. */
export interface WantedSpace {
  readonly key: "primary" | "pods";
  readonly owner: string;
  readonly prefix: Prefix;
  readonly reserved: readonly { readonly prefix: Prefix; readonly owner: string }[];
  readonly children: readonly WantedBlock[];
}
