import { type RequiredBlock } from "../blocks/required-block";

/** A CIDR to allocate. */
export interface Addition {
  readonly key: string;
  readonly length: number;
  readonly block: RequiredBlock;
  /** Netmask length of the space around it to keep free. */
  readonly room: number;
}

/** Space around the primary range of a GKE cluster that stays free while other space is: room for four times the nodes. */
export const ROOM_BITS = 2;

/** The netmask length of a block that has exactly one CIDR. */
export function lengthOf({ size }: RequiredBlock): number {
  return (size as { length: number }).length;
}

/** The CIDR of a block that has exactly one. */
export function additionOf(block: RequiredBlock): Addition {
  const length = lengthOf(block);
  return { key: block.key, length, block, room: block.widens ? length - ROOM_BITS : length };
}

/** Larger ones first, with the space around them. No two have the same key. */
export function byRoom(a: Addition, b: Addition): number {
  return a.room - b.room || (a.key < b.key ? -1 : 1);
}

/** Likewise blocks that have exactly one CIDR, which keep no space around them. */
export function bySize(a: RequiredBlock, b: RequiredBlock): number {
  return lengthOf(a) - lengthOf(b) || (a.key < b.key ? -1 : 1);
}

/** Sorts a list in place. */
export function sorted<Item>(items: Item[], compare: (a: Item, b: Item) => number): Item[] {
  // A fleet has 10,000 lists of ten, and each sort() makes 1.4 kB of garbage.
  if (items.length > 20) return items.sort(compare);
  for (let end = 1; end < items.length; end++) {
    const next = items[end]!;
    let at = end;
    for (; at > 0 && compare(next, items[at - 1]!) < 0; at--) items[at] = items[at - 1]!;
    items[at] = next;
  }
  return items;
}
