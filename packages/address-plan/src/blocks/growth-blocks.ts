import { addressesOf } from "../prefix/prefix";
import { clusterKey } from "./block-key";
import { type LockedClusterBlock, lockedOf, nextNumber } from "./locked-cluster";
import { leafBlock, type PlacedInPool } from "./required-block";

/** Inputs of `growthBlocks`. */
export interface GrowthDemand {
  /** Name of the cluster. */
  readonly name: string;
  /** Key of the application pool of new blocks. */
  readonly pool: string;
  /** Addresses of the pods' blocks. */
  readonly podAddresses: number;
  readonly growthPercent: number;
  /** Netmask lengths of a block. */
  readonly largest: number;
  readonly smallest: number;
  /** The cluster in whose VPC the blocks become CIDRs. */
  readonly inVpcOf?: string;
}

/**
 * The growth blocks of a cluster: those in the lock stay as long as they are needed, the first ones longest, and blocks
 * are added if they are too small, because neither cloud can enlarge a range.
 */
export function growthBlocks(demand: GrowthDemand, locked: readonly LockedClusterBlock[]): PlacedInPool[] {
  const { name, pool, podAddresses, growthPercent, inVpcOf } = demand;
  const required = Math.ceil((podAddresses * growthPercent) / 100);
  const blocks: { pool: string; key: string; length: number }[] = [];
  let missing = required;
  for (const block of lockedOf(locked, "growth")) {
    if (missing <= 0) break;
    blocks.push({ pool: block.pool, key: block.key, length: block.prefix.length });
    missing -= addressesOf(block.prefix.length);
  }
  for (let number = nextNumber(locked, "growth", false); missing > 0; number++) {
    const length = Math.max(demand.largest, Math.min(demand.smallest, 32 - Math.ceil(Math.log2(missing))));
    blocks.push({ pool, key: clusterKey(pool, name, "growth", undefined, number), length });
    missing -= addressesOf(length);
  }
  const part = blocks.length > 1 ? "part of " : "";
  return blocks.map(({ pool: own, key, length }) => {
    const text = `/${length}: ${part}${growthPercent} % of the pods`;
    return { pool: own, block: leafBlock(key, length, text, "growth", name, { inVpcOf }) };
  });
}
