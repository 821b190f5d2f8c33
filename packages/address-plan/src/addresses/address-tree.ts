import { type AllocatedBlock } from "../allocation/allocated-block";
import { segmentsOf } from "./block-segments";

/** One block of the address tree, as plain data for reports. */
export interface AddressNode {
  /** Key of the allocation. For a reserved or free block, the parent's key and the CIDR. */
  readonly key: string;
  readonly cidr: string;
  /** Owner, for display; `unallocated` for free space. */
  readonly owner: string;
  readonly kind: AllocatedBlock["kind"] | "free";
  /**
   * `draining`: its cluster no longer needs it. `retired`: nothing composes it, and it stays taken until it is proven free.
   * @default in use
   */
  readonly state?: "draining" | "retired";
  /** All blocks inside, free space included, in address order. */
  readonly children: readonly AddressNode[];
}

/** A block with everything inside, as plain data. */
export function addressNode(block: AllocatedBlock): AddressNode {
  const children = segmentsOf(block).map((segment) => {
    if (segment.block) return addressNode(segment.block);
    const cidr = segment.prefix.toString();
    return { key: `${block.key}/${cidr}`, cidr, owner: segment.owner, kind: segment.kind, children: [] };
  });
  return {
    key: block.key,
    cidr: block.prefix.toString(),
    owner: block.owner,
    kind: block.kind,
    ...(block.state !== undefined && { state: block.state }),
    children,
  };
}
