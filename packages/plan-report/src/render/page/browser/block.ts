import { hierarchy, type HierarchyNode } from "d3-hierarchy";
import { type Ipv4Range, ipv4Text } from "../../../read/ipv4-range";
import { type AddressMap, type MapBlock, rangeOf } from "../map-document";

/** A range of addresses on the map: a block, or the free space between blocks. */
export interface BlockRange extends Omit<MapBlock, "kind" | "children">, Ipv4Range {
  readonly kind: MapBlock["kind"] | "plan" | "free";
  /** Its CIDR, or its first and last address if it is not one. */
  readonly label: string;
  readonly children: readonly BlockRange[];
}

/** A block of the map with its parent and its children. The root is the whole plan. */
export type Block = HierarchyNode<BlockRange>;

/** The blocks of a map, with free space between them. */
export function blockTree({ blocks }: AddressMap): Block {
  const children = blocks.map(blockRange);
  const all = { first: 0, last: 2 ** 32 - 1 };
  return hierarchy<BlockRange>(
    { key: "", cidr: "0.0.0.0/0", label: "", kind: "plan", name: "whole plan", ...all, children },
    (block) => block.children,
  );
}

function blockRange(block: MapBlock): BlockRange {
  const range = rangeOf(block);
  const children = block.children.map(blockRange);
  // A pool without children is free as a whole; any other block without children is in use as a whole.
  const isDivided = block.kind === "pool" || children.length > 0;
  return {
    ...{ ...block, ...range, label: block.cidr },
    children: isDivided ? withFreeSpace(range, children) : [],
  };
}

function withFreeSpace({ first, last }: Ipv4Range, blocks: readonly BlockRange[]): BlockRange[] {
  const filled: BlockRange[] = [];
  let next = first;
  for (const block of blocks) {
    if (block.first > next) filled.push(freeSpace(next, block.first - 1));
    filled.push(block);
    next = block.last + 1;
  }
  if (next <= last) filled.push(freeSpace(next, last));
  return filled;
}

function freeSpace(first: number, last: number): BlockRange {
  const label = rangeText({ first, last });
  return {
    ...{ key: label, cidr: label, label, name: "free" },
    ...{ kind: "free", first, last, children: [] },
  };
}

/** A range as its CIDR, or as `10.0.1.0-10.0.3.255` if it is not one. */
export function rangeText({ first, last }: Ipv4Range): string {
  const size = last - first + 1;
  const length = 32 - Math.log2(size);
  return Number.isInteger(length) && first % size === 0
    ? `${ipv4Text(first)}/${length}`
    : `${ipv4Text(first)}-${ipv4Text(last)}`;
}

/** A block and all blocks inside it, outer ones before inner ones, in the order of their addresses. */
export function blocksIn(block: Block): Block[] {
  const found: Block[] = [];
  block.eachBefore((each) => found.push(each));
  return found;
}

/** Number of addresses of a block. */
export const addressesOf = ({ data }: Block) => data.last - data.first + 1;

/** The blocks around a block and the block itself, from its space down. */
export const pathTo = (block: Block): Block[] => block.ancestors().reverse().slice(1);

/** The AWS account or Google Cloud project of a block: its own or that of the network around it. */
export function accountOf({ data, parent }: Block): string | undefined {
  if (data.account !== undefined || data.kind === "pool") return data.account;
  return parent === null || parent.data.kind === "pool" ? undefined : accountOf(parent);
}

/** The name of a block with that of its cluster, where it is only a part of one: `prod-payments VPC nodes eu-central-1a`. */
export function fullName({ data, parent }: Block): string {
  const isPart = data.kind !== "pool" && parent !== null && isInCluster(parent.data);
  return isPart && data.kind !== "free" ? `${parent.data.name} ${data.name}` : data.name;
}

const isInCluster = ({ kind }: BlockRange) => kind === "cluster" || kind === "pods" || kind === "subnet";

/** The innermost block that contains a range; the whole plan if no space does. */
export function innermost(root: Block, { first, last }: Ipv4Range): Block {
  let found = root;
  for (;;) {
    const next = found.children?.find(({ data }) => data.first <= first && last <= data.last);
    if (next === undefined) return found;
    found = next;
  }
}

/** The innermost block around a range that is divided into others: what a view of the range is a part of. */
export function surroundings(root: Block, range: Ipv4Range): Block {
  const found = innermost(root, range);
  return found.children === undefined && found.parent !== null ? found.parent : found;
}
