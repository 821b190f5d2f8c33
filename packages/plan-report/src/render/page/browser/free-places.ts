import { ipv4Text } from "../../../read/ipv4-range";
import { type Block, blocksIn } from "./block";

/** The places in a pool where a block of some size fits. */
export interface FreePlaces {
  readonly pool: Block;
  /** How many such blocks fit beside each other. */
  readonly count: number;
  /** CIDRs of the first of them. */
  readonly first: readonly string[];
}

/** Most CIDRs listed of a pool. */
const MAX_LISTED = 3;

/**
 * The places for a block in the free space of each pool, in the order of the tree. A pool's free space is what neither a
 * block nor a pool inside it has.
 *
 * @param netmaskLength 4 to 32
 */
export function freePlaces(root: Block, netmaskLength: number): FreePlaces[] {
  const size = 2 ** (32 - netmaskLength);
  return blocksIn(root).flatMap((pool): FreePlaces[] => {
    if (pool.data.kind !== "pool") return [];
    const first: string[] = [];
    let count = 0;
    for (const { data } of pool.children ?? []) {
      if (data.kind !== "free") continue;
      const start = Math.ceil(data.first / size) * size;
      const fitting = Math.max(0, Math.floor((data.last + 1 - start) / size));
      for (let at = 0; at < fitting && first.length < MAX_LISTED; at++)
        first.push(`${ipv4Text(start + at * size)}/${netmaskLength}`);
      count += fitting;
    }
    return count === 0 ? [] : [{ pool, count, first }];
  });
}
