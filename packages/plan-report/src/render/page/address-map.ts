import { type AddressChange } from "../../review/address-change";
import { type AddressNode, blockName } from "../../read/address-report";
import { type Ipv4Range, ipv4Range, ipv4Text } from "../../read/ipv4-range";
import { isCompared, type Review } from "../../review/review";

/** How the change affects a block of the map. */
export type MapMark = AddressChange["kind"] | "replaced" | "destroyed";

/** A range of addresses on the map, with the ranges inside it. */
export interface MapBlock {
  /** CIDR, or the first and last address if the range is not a CIDR. */
  readonly label: string;
  readonly first: number;
  readonly last: number;
  readonly kind: AddressNode["kind"] | "group";
  /** Readable name of the owner. */
  readonly owner: string;
  readonly mark?: MapMark;
  /** @default in use */
  readonly state?: AddressNode["state"];
  /** Number of unallocated addresses, for a pool. */
  readonly free?: number;
  /** Planned changes to resources with exactly this CIDR: `create aws_vpc.main in prod-network`. */
  readonly plan?: readonly string[];
  readonly children: readonly MapBlock[];
}

/** Most blocks side by side; more are grouped. */
const MAX_SIBLINGS = 24;

/** Most blocks in a group; beyond that, groups are grouped again. */
const MAX_GROUP_SIZE = 20;

/**
 * The address tree as the page draws it: adjacent free blocks are merged, many siblings are grouped, and blocks that
 * change are marked. Without a base no block is marked as added, because every one would be.
 */
export function addressMap(roots: readonly AddressNode[], reviews: readonly Review[]): MapBlock[] {
  const marks = new Map<string, MapMark>();
  const freed: Ipv4Range[] = [];
  const plans = new Map<string, string[]>();
  for (const review of reviews) collectChanges(review, marks, freed, plans);
  const changes = { marks, freed, plans };
  return roots.map((node) => mapBlock(node, undefined, changes));
}

interface MapChanges {
  /** By allocation key. */
  readonly marks: ReadonlyMap<string, MapMark>;
  readonly freed: readonly Ipv4Range[];
  /** Planned changes by CIDR. */
  readonly plans: ReadonlyMap<string, readonly string[]>;
}

function collectChanges(
  review: Review,
  marks: Map<string, MapMark>,
  freed: Ipv4Range[],
  plans: Map<string, string[]>,
): void {
  const { addresses, stacks } = review;
  if (isCompared(review)) {
    for (const { kind, key, cidr } of addresses.changes) {
      const range = ipv4Range(cidr);
      // A block that changes twice, such as one that is widened and drains, gets the mark that reports list first.
      if (kind !== "freed") marks.set(key, marks.get(key) ?? kind);
      else if (range !== undefined) freed.push(range);
    }
  }
  for (const outcome of stacks) {
    if (!outcome.planned) continue;
    for (const { action, address, cidrs } of outcome.changes) {
      for (const cidr of cidrs) {
        const line = `${action === "delete" ? "destroy" : action} ${address} in ${outcome.stack}`;
        plans.set(cidr, [...(plans.get(cidr) ?? []), line]);
      }
    }
  }
}

function mapBlock(
  node: AddressNode,
  parent: AddressNode | undefined,
  changes: MapChanges,
  inherited?: MapMark,
): MapBlock {
  const range = ipv4Range(node.cidr);
  if (range === undefined) throw new Error(`${node.key}: ${node.cidr} is not an IPv4 CIDR`);
  const plan = changes.plans.get(node.cidr);
  const own = changes.marks.get(node.key);
  const mark =
    destructionMark(plan) ??
    own ??
    (node.kind === "subnet" ? inherited : undefined) ??
    freedMark(node, range, changes);
  const children = node.children.map((child) => mapBlock(child, node, changes, own));
  return {
    label: node.cidr,
    ...range,
    kind: node.kind,
    owner: blockName(node, parent),
    ...(mark === undefined ? {} : { mark }),
    ...(node.state === undefined ? {} : { state: node.state }),
    ...(plan === undefined ? {} : { plan }),
    ...(node.kind === "pool" ? { free: freeIn(children) } : {}),
    children: withGroups(mergeFree(children)),
  };
}

function destructionMark(plan: readonly string[] | undefined): MapMark | undefined {
  if (plan?.some((line) => line.startsWith("destroy "))) return "destroyed";
  return plan?.some((line) => line.startsWith("replace ")) ? "replaced" : undefined;
}

function freedMark(
  { kind }: AddressNode,
  { first, last }: Ipv4Range,
  { freed }: MapChanges,
): MapMark | undefined {
  const overlapsFreed = kind === "free" && freed.some((range) => range.first <= last && first <= range.last);
  return overlapsFreed ? "freed" : undefined;
}

/** Merges adjacent free blocks: CIDR alignment splits one gap into many. */
function mergeFree(blocks: readonly MapBlock[]): MapBlock[] {
  const merged: MapBlock[] = [];
  for (const block of blocks) {
    const last = merged.at(-1);
    if (last?.kind !== "free" || block.kind !== "free" || last.mark !== block.mark) {
      merged.push(block);
      continue;
    }
    merged[merged.length - 1] = { ...last, label: rangeLabel(last, block), last: block.last };
  }
  return merged;
}

const freeIn = (blocks: readonly MapBlock[]) =>
  blocks.reduce((sum, { kind, first, last }) => (kind === "free" ? sum + last - first + 1 : sum), 0);

/** Groups many siblings. Free space at either end stays outside: it may be larger than all of them. */
function withGroups(blocks: readonly MapBlock[]): MapBlock[] {
  if (blocks.length <= MAX_SIBLINGS) return [...blocks];
  const start = blocks[0]?.kind === "free" ? 1 : 0;
  const end = blocks.at(-1)?.kind === "free" ? blocks.length - 1 : blocks.length;
  return [...blocks.slice(0, start), ...group(blocks.slice(start, end)), ...blocks.slice(end)];
}

function group(blocks: readonly MapBlock[]): MapBlock[] {
  if (blocks.length <= MAX_SIBLINGS) return [...blocks];
  const size = Math.min(MAX_GROUP_SIZE, Math.ceil(blocks.length / 10));
  const groups: MapBlock[] = [];
  for (let at = 0; at < blocks.length; at += size) {
    const members = blocks.slice(at, at + size);
    const [first, last] = [members[0] as MapBlock, members.at(-1) as MapBlock];
    const mark = members.find((block) => block.mark !== undefined)?.mark;
    groups.push({
      label: rangeLabel(first, last),
      first: first.first,
      last: last.last,
      kind: "group",
      owner: groupName(members),
      ...(mark === undefined ? {} : { mark }),
      children: members,
    });
  }
  return group(groups);
}

/** The first and the last owner in a group. */
function groupName(blocks: readonly MapBlock[]): string {
  const owners = blocks.filter(({ kind }) => kind !== "free").map(({ owner }) => owner);
  return owners.length === 0 ? "free" : `${owners[0]} … ${owners.at(-1)}`;
}

const rangeLabel = (from: Ipv4Range, to: Ipv4Range) => `${ipv4Text(from.first)} – ${ipv4Text(to.last)}`;
