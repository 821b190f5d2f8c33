import { type Prefix } from "../prefix/prefix";
import { type ClusterBlockKey } from "./block-key";

/** A block of a cluster that the lock has. */
export interface LockedClusterBlock extends ClusterBlockKey {
  readonly key: string;
  readonly prefix: Prefix;
  /** @default in use */
  readonly state?: "draining" | "retired";
  readonly podsPerNode?: number;
}

/** The blocks that the lock has of each cluster, by its name in the plan. */
export type LockedClusters = ReadonlyMap<string, readonly LockedClusterBlock[]>;

/** The blocks of a role and a zone, in the order of their numbers. */
export function lockedOf(
  blocks: readonly LockedClusterBlock[],
  role: string,
  zone?: string,
): LockedClusterBlock[] {
  return blocks
    .filter((block) => block.role === role && block.zone === zone)
    .sort((a, b) => a.number - b.number);
}

/** The number of the next block of a role, in whatever zone. */
export function nextNumber(blocks: readonly LockedClusterBlock[], role: string, subnets: boolean): number {
  const numbers = blocks
    .filter((block) => block.role === role && (block.zone !== undefined) === subnets)
    .map((block) => block.number);
  return Math.max(0, ...numbers) + 1;
}
