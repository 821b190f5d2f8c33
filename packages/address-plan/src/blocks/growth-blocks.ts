import { numberedKey } from "./block-key";
import { type LockedClusterBlock, lockedOf, nextNumber } from "./locked-cluster";
import { exactly, type RequiredBlock } from "./required-block";

/** Inputs of `growthBlocks`. */
export interface GrowthDemand {
  /** Name of the cluster. */
  readonly name: string;
  /** Key of its first growth block. */
  readonly key: string;
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
export function growthBlocks(demand: GrowthDemand, locked: readonly LockedClusterBlock[]): RequiredBlock[] {
  const { name, key, podAddresses, growthPercent, inVpcOf } = demand;
  const required = Math.ceil((podAddresses * growthPercent) / 100);
  const blocks: { key: string; length: number }[] = [];
  let missing = required;
  for (const block of lockedOf(locked, "growth")) {
    if (missing <= 0) break;
    blocks.push({ key: block.key, length: block.prefix.length });
    missing -= 2 ** (32 - block.prefix.length);
  }
  for (let number = nextNumber(locked, "growth", false); missing > 0; number++) {
    const length = Math.max(demand.largest, Math.min(demand.smallest, 32 - Math.ceil(Math.log2(missing))));
    blocks.push({ key: numberedKey(key, number), length });
    missing -= 2 ** (32 - length);
  }
  const part = blocks.length > 1 ? "part of " : "";
  return blocks.map(({ key: blockKey, length }) => ({
    key: blockKey,
    size: exactly(length),
    demand: `/${length}: ${part}${growthPercent} % of the pods`,
    kind: "growth",
    owner: name,
    inVpcOf,
    children: [],
  }));
}
