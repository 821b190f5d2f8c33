import { type Prefix } from "../prefix/prefix";
import { type ClusterBlockKey } from "./block-key";

/** A block of a cluster that the lock has. */
export interface LockedClusterBlock extends ClusterBlockKey {
  readonly key: string;
  readonly prefix: Prefix;
  /** @default in use */
  readonly state?: "draining" | "retired";
  readonly podsPerNode?: number;
  readonly vpcCidr?: "ipam-assigned";
}

/** The blocks that the lock has of each cluster, by its name in the plan. */
export type LockedClusters = ReadonlyMap<string, readonly LockedClusterBlock[]>;

/** The blocks of a role and a zone, in the order of their numbers. */
export function lockedOf(
  blocks: readonly LockedClusterBlock[],
  role: string,
  zone?: string,
): readonly LockedClusterBlock[] {
  if (blocks.length === 0) return NONE;
  const own = blocks.filter((block) => block.role === role && block.zone === zone);
  return own.length < 2 ? own : own.sort((a, b) => a.number - b.number);
}

const NONE: readonly LockedClusterBlock[] = [];

/** The number of the next block of a role, in whatever zone. */
export function nextNumber(blocks: readonly LockedClusterBlock[], role: string, subnets: boolean): number {
  let highest = 0;
  for (const block of blocks)
    if (block.role === role && (block.zone !== undefined) === subnets)
      highest = Math.max(highest, block.number);
  return highest + 1;
}
