import { type BlockKind } from "../blocks/required-block";
import { type LeavingState } from "../lock/address-lock";
import { type Prefix } from "../prefix/prefix";

/** A block with its prefix. A block with several CIDRs is one `AllocatedBlock` for each, with what is inside. */
export interface AllocatedBlock {
  /** Key in the lock; for a CIDR of a space, the space's name; for a reserved range, the parent's key and the CIDR. */
  readonly key: string;
  readonly prefix: Prefix;
  /** Size and reason, for display. */
  readonly demand: string;
  readonly kind: BlockKind | "reserved";
  /** Owner, for display. */
  readonly owner: string;
  /** @default in use */
  readonly state?: LeavingState;
  readonly podsPerNode?: number;
  /** VPC: IPAM assigns its CIDR. @default the plan assigns it */
  readonly vpcCidr?: "ipam-assigned";
  /** In address order. Free space is not included. */
  readonly children: readonly AllocatedBlock[];
}

/** A CIDR of a space with all blocks allocated in it. */
export interface AllocatedSpace extends AllocatedBlock {
  /** Name of the space. */
  readonly space: string;
}
