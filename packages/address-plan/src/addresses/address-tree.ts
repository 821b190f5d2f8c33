import { type AllocatedBlock, type AllocatedSpace } from "../allocation/allocation";
import { type Prefix } from "../prefix/prefix";
import { freeBlocks } from "../prefix/prefix-set";
import { type BlockKind } from "../blocks/required-block";

/** One block of the address tree, as plain data for reports. */
export interface AddressNode {
  /** Key of the allocation; of a reserved or free block, its parent's key and its CIDR. */
  readonly key: string;
  readonly cidr: string;
  /** Who lives there, for people; `unallocated` where nobody does. */
  readonly owner: string;
  readonly kind: BlockKind | "reserved" | "free";
  /** Everything inside, in the order of the addresses, what is free included. */
  readonly children: readonly AddressNode[];
}

/** The parts of a block: what is allocated, what is reserved and what is free, in the order of the addresses. */
export interface BlockPart {
  readonly prefix: Prefix;
  readonly kind: AddressNode["kind"];
  readonly owner: string;
  /** The allocated block; absent where the part is reserved or free. */
  readonly block?: AllocatedBlock;
}

/** Owner of what nobody has been given. */
export const UNALLOCATED = "unallocated";

/** A block in parts. Leaves have none; a pool without children is one free part. */
export function partsOf(block: AllocatedBlock): BlockPart[] {
  const divisible = block.kind === "pool" || block.children.length > 0;
  if (!divisible) return [];
  const taken: BlockPart[] = block.children.map((child) => ({
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
    taken.map((part) => part.prefix),
  ).map((prefix): BlockPart => ({ prefix, kind: "free", owner: UNALLOCATED }));
  return [...taken, ...free].sort((a, b) => a.prefix.compare(b.prefix));
}

function isSpace(block: AllocatedBlock): block is AllocatedSpace {
  return "reserved" in block;
}

/** A block with everything inside as plain data. */
export function addressNode(block: AllocatedBlock): AddressNode {
  const children = partsOf(block).map((part) => {
    if (part.block) return addressNode(part.block);
    const cidr = part.prefix.toString();
    return { key: `${block.key}/${cidr}`, cidr, owner: part.owner, kind: part.kind, children: [] };
  });
  return { key: block.key, cidr: block.prefix.toString(), owner: block.owner, kind: block.kind, children };
}
