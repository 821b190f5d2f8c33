import { type Prefix } from "../prefix/prefix";

/** The purpose of a block. */
export type BlockKind = "pool" | "cluster" | "subnet" | "pods" | "growth";

/** How large a block must be, and what happens when its CIDRs are too small. */
export type BlockSize =
  /** Exactly one CIDR of this netmask length. */
  | { readonly kind: "exact"; readonly length: number }
  /** All CIDRs together have the addresses of one of this netmask length; further CIDRs are added. */
  | { readonly kind: "total"; readonly length: number }
  /** As large as the blocks inside; further CIDRs of at most this netmask length are added. */
  | { readonly kind: "content"; readonly largest: number; readonly smallest: number };

// One object for each length, because a fleet has 100,000 blocks.
const EXACT_SIZES = Array.from({ length: 33 }, (_, length) => ({ kind: "exact", length }) as const);

const NO_BLOCKS: readonly RequiredBlock[] = [];

/** The setting that gives a pool its size. */
export interface SizeSetting {
  /** Path in `addresses.yaml`, for example `["environments", "prod", "aws", "eks"]`. */
  readonly path: readonly [string, string, string, string] | readonly [string, string];
}

/** A block that the plan requires. The lock or the allocation decides its CIDRs. */
export interface RequiredBlock {
  /** Key in the lock, unique in the plan, for example `aws/eu-central-1/prod/eks/prod-payments/nodes/eu-central-1a`. */
  readonly key: string;
  readonly size: BlockSize;
  /** Size and reason, for display, for example `/26: 20 nodes + 2 surge`. */
  readonly demand: string;
  readonly kind: BlockKind;
  /** Owner, for display. */
  readonly owner: string;
  /** Setting of a pool's size. Absent for a pool that is no longer in the plan and has blocks. */
  readonly setting?: SizeSetting;
  /** The cluster in whose VPC the block becomes an additional CIDR: AWS does not combine all ranges in one VPC. */
  readonly inVpcOf?: string;
  /** Whether the block can be widened in place, so that space beside it stays free. @default false */
  readonly widens?: true;
  /** GKE: `podsPerNode` of a new cluster, which the lock records. */
  readonly podsPerNode?: number;
  /** VPC: IPAM assigns its CIDR, which the lock records. @default the plan assigns it */
  readonly vpcCidr?: "ipam-assigned";
  /** Least number of a further CIDR: another pool may have CIDRs of the same name. @default 1 */
  readonly nextNumber?: number;
  readonly children: readonly RequiredBlock[];
  /** Decisions that depend on free space, in this block. */
  readonly choices?: readonly RequiredChoice[];
}

/** What only some blocks with one CIDR have. */
export type LeafSettings = Pick<RequiredBlock, "inVpcOf" | "widens" | "podsPerNode">;

const NO_SETTINGS: LeafSettings = {};

/**
 * A block with exactly one CIDR and nothing inside. Nearly all blocks of a fleet are such; with the same fields in the
 * same order, the code that reads them is compiled once.
 */
export function leafBlock(
  key: string,
  length: number,
  demand: string,
  kind: BlockKind,
  owner: string,
  { inVpcOf, widens, podsPerNode }: LeafSettings = NO_SETTINGS,
): RequiredBlock {
  const size = EXACT_SIZES[length]!;
  return { key, size, demand, kind, owner, inVpcOf, widens, podsPerNode, children: NO_BLOCKS };
}

/** A block in the lock that would be enough with another netmask length. */
export interface WiderBlock {
  readonly key: string;
  readonly length: number;
  /** Its size and reason then, for display. */
  readonly demand: string;
}

/** Widen a block in place, or else add further blocks. */
export interface RequiredChoice {
  /** In order of preference. */
  readonly widen: readonly WiderBlock[];
  /** Key of the pool of the blocks to add, and the blocks, if one was widened. */
  readonly widened: readonly PlacedInPool[];
  /** Likewise if none can be widened. */
  readonly otherwise: readonly PlacedInPool[];
}

/** A block and the pool that it is allocated from. */
export interface PlacedInPool {
  readonly pool: string;
  readonly block: RequiredBlock;
}

/** A range in use elsewhere. */
export interface ReservedRange {
  readonly prefix: Prefix;
  readonly owner: string;
}

/** A space of the plan with all blocks required in it. */
export interface RequiredSpace {
  /** Name of the space. */
  readonly key: string;
  readonly owner: string;
  /** The CIDRs of the space, and those that left it while they still have blocks. */
  readonly prefixes: readonly Prefix[];
  /** Parts of `prefixes` that are no longer in the plan: nothing new is allocated there. */
  readonly closed: readonly Prefix[];
  readonly children: readonly RequiredBlock[];
}
