import { type AllocatedBlock } from "../allocation/allocated-block";
import { type Prefix } from "../prefix/prefix";
import { freeBlocks } from "../prefix/prefix-set";

/** A segment of a block: allocated, reserved or free. */
export interface BlockSegment {
  readonly prefix: Prefix;
  readonly kind: AllocatedBlock["kind"] | "free";
  readonly owner: string;
  /** The allocated or reserved block. Absent if the segment is free. */
  readonly block?: AllocatedBlock;
}

/** Owner of free space. */
const UNALLOCATED = "unallocated";

/** All segments of a block, in address order. A leaf has none; an empty pool is one free segment. */
export function segmentsOf(block: AllocatedBlock): BlockSegment[] {
  const divisible = block.kind === "pool" || block.children.length > 0;
  if (!divisible || block.kind === "reserved") return [];
  const taken: BlockSegment[] = block.children.map((child) => ({
    prefix: child.prefix,
    kind: child.kind,
    owner: child.owner,
    block: child,
  }));
  const free = freeBlocks(
    block.prefix,
    taken.map((segment) => segment.prefix),
  ).map((prefix): BlockSegment => ({ prefix, kind: "free", owner: UNALLOCATED }));
  return [...taken, ...free].sort((a, b) => a.prefix.compare(b.prefix));
}
