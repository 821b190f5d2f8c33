import { AddressPlanError } from "../message/address-plan-error";
import { formatCount } from "../message/format-count";
import { BITS, type Family } from "./address-text";
import { MAX_LISTED_BLOCKS, Prefix } from "./prefix";

/** The fewest prefixes with exactly the same addresses, in order. Families may be mixed. */
export function summarize(prefixes: readonly Prefix[]): Prefix[] {
  const summary: Prefix[] = [];
  for (const prefix of [...prefixes].sort((a, b) => a.compare(b))) {
    if (summary.at(-1)?.contains(prefix)) continue;
    summary.push(prefix);
    for (let merged = mergedSiblings(summary.at(-2), summary.at(-1)); merged;) {
      summary.splice(-2, 2, merged);
      merged = mergedSiblings(summary.at(-2), summary.at(-1));
    }
  }
  return summary;
}

function mergedSiblings(lower?: Prefix, upper?: Prefix): Prefix | undefined {
  if (!lower || !upper || lower.family !== upper.family || lower.length !== upper.length) return undefined;
  if (lower.length === 0 || (lower.first ^ upper.first) !== lower.size) return undefined;
  return Prefix.of(lower.family, lower.first, lower.length - 1);
}

/**
 * The free space in a prefix as aligned blocks, in order.
 *
 * @param used prefixes in use; anything outside `within` is ignored
 * @param length return every free block of this netmask length @default the fewest, largest blocks
 * @throws AddressPlanError if more than 65,536 blocks of `length` are free
 */
export function freeBlocks(within: Prefix, used: readonly Prefix[], length?: number): Prefix[] {
  const taken = summarize(used.filter((prefix) => prefix.overlaps(within)));
  if (taken[0]?.contains(within)) return [];
  const free: Prefix[] = [];
  let cursor = within.first;
  for (const block of taken) {
    free.push(...alignedBlocks(within.family, cursor, block.first));
    cursor = block.last + 1n;
  }
  free.push(...alignedBlocks(within.family, cursor, within.last + 1n));
  if (length === undefined) return free;
  const count = countBlocks(free, length);
  if (count > BigInt(MAX_LISTED_BLOCKS))
    throw new AddressPlanError(
      within.toString(),
      `${formatCount(count)} blocks of /${length} are free, and at most ${formatCount(MAX_LISTED_BLOCKS)} can be listed; call countFreeBlocks`,
    );
  return free.filter((block) => block.length <= length).flatMap((block) => block.split(length));
}

/** The number of aligned blocks of a netmask length that are free in `within`. */
export function countFreeBlocks(within: Prefix, used: readonly Prefix[], length: number): bigint {
  return countBlocks(freeBlocks(within, used), length);
}

function countBlocks(blocks: readonly Prefix[], length: number): bigint {
  return blocks
    .filter((block) => block.length <= length)
    .reduce((sum, block) => sum + (1n << BigInt(length - block.length)), 0n);
}

/** The fewest aligned blocks from `start` up to but not including `end`. */
function* alignedBlocks(family: Family, start: bigint, end: bigint): Generator<Prefix> {
  const bits = BITS[family];
  while (start < end) {
    const room = (end - start).toString(2).length - 1;
    const alignment = start === 0n ? bits : (start & -start).toString(2).length - 1;
    const host = Math.min(room, alignment);
    yield Prefix.of(family, start, bits - host);
    start += 1n << BigInt(host);
  }
}
