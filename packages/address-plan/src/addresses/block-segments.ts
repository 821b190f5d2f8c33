import { type AllocatedBlock, type AllocatedSpace } from "../allocation/allocation";
import { type BlockKind } from "../blocks/required-block";
import { type Prefix } from "../prefix/prefix";
import { freeBlocks } from "../prefix/prefix-set";

/** A segment of a block: allocated, reserved or free. */
export interface BlockSegment {
  readonly prefix: Prefix;
  readonly kind: BlockKind | "reserved" | "free";
  readonly owner: string;
  /** The allocated block. Absent if the segment is reserved or free. */
  readonly block?: AllocatedBlock;
}

/** Owner of free space. */
const UNALLOCATED = "unallocated";

/** All segments of a block, in address order. A leaf has none; an empty pool is one free segment. */
export function segmentsOf(block: AllocatedBlock): BlockSegment[] {
  const divisible = block.kind === "pool" || block.children.length > 0;
  if (!divisible) return [];
  const taken: BlockSegment[] = block.children.map((child) => ({
    prefix: child.prefix,
    kind: child.kind,
    owner: child.owner,
    block: child,
  }));
  if (isSpace(block))
    for (const { prefix, owner } of block.reserved)
      taken.push({ prefix: prefix.contains(block.prefix) ? block.prefix : prefix, owner, kind: "reserved" });
  const free = freeBlocks(
    block.prefix,
    taken.map((segment) => segment.prefix),
  ).map((prefix): BlockSegment => ({ prefix, kind: "free", owner: UNALLOCATED }));
  return [...taken, ...free].sort((a, b) => a.prefix.compare(b.prefix));
}

function isSpace(block: AllocatedBlock): block is AllocatedSpace {
  return "reserved" in block;
}
