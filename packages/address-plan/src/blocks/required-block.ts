import { type Prefix } from "../prefix/prefix";

/** The purpose of a block. */
export type BlockKind = "pool" | "cluster" | "subnet" | "pods" | "growth";

/** A block that the plan requires. The lock or the allocation decides its CIDR. */
export interface RequiredBlock {
  /** Key in the lock, unique in the plan, for example `aws/eu-central-1/prod/eks/prod-payments/nodes/eu-central-1a`. */
  readonly key: string;
  /** Required netmask length, 1 to 32. */
  readonly length: number;
  /** Size and reason, for display, for example `/26: 20 nodes + 2 surge`. The lock records it as `asked`. */
  readonly demand: string;
  readonly kind: BlockKind;
  /** Owner, for display. */
  readonly owner: string;
  /** What to change in the plan if no space is free for it. */
  readonly fix: string;
  readonly children: readonly RequiredBlock[];
}

/** A space of the plan with all blocks required in it. */
export interface RequiredSpace {
  readonly key: "primary" | "pods";
  readonly owner: string;
  readonly prefix: Prefix;
  readonly reserved: readonly { readonly prefix: Prefix; readonly owner: string }[];
  readonly children: readonly RequiredBlock[];
}
