import { type AddressNode } from "../../read/address-report";
import { ownerOf } from "../terminal/address-tree";
import { type Ipv4Range, ipv4Range, ipv4Text } from "../../read/ipv4-range";
import { isCompared, type Review } from "../../review/review";

/** What the change does to a block of the map. */
export type MapMark = "allocated" | "moved" | "freed" | "replaced" | "destroyed";

/** A block of the map: a stretch of addresses with everything inside. */
export interface MapBlock {
  /** CIDR, or first and last address of a stretch that is none. */
  readonly label: string;
  readonly first: number;
  readonly last: number;
  readonly kind: AddressNode["kind"] | "group";
  /** Who lives there, for people. */
  readonly owner: string;
  readonly mark?: MapMark;
  /** Addresses of a pool that nobody has. */
  readonly free?: number;
  /** What the plan does to the objects that take exactly this block: `create aws_vpc.main in prod-network`. */
  readonly plan?: readonly string[];
  readonly children: readonly MapBlock[];
}

/** So many blocks side by side can be told apart; more are put into groups. */
const SIDE_BY_SIDE = 24;

/** Most blocks in a group; a larger crowd gets groups of groups. */
const LARGEST_GROUP = 20;

/**
 * The address tree as the page draws it: neighbours that are free become one, crowds become groups, and what the
 * change does is marked. Without a base nothing is marked as allocated: everything would be.
 */
export function addressMap(roots: readonly AddressNode[], reviews: readonly Review[]): MapBlock[] {
  const marks = new Map<string, MapMark>();
  const freed: Ipv4Range[] = [];
  const plans = new Map<string, string[]>();
  for (const review of reviews) collect(review, marks, freed, plans);
  const look = { marks, freed, plans };
  return roots.map((node) => mapBlock(node, undefined, look));
}

interface Look {
  readonly marks: ReadonlyMap<string, MapMark>;
  readonly freed: readonly Ipv4Range[];
  readonly plans: ReadonlyMap<string, readonly string[]>;
}

function collect(
  review: Review,
  marks: Map<string, MapMark>,
  freed: Ipv4Range[],
  plans: Map<string, string[]>,
): void {
  const { addresses, stacks } = review;
  if (isCompared(review)) {
    for (const { kind, key, cidr } of addresses.changes) {
      const range = ipv4Range(cidr);
      if (kind !== "freed") marks.set(key, kind);
      else if (range !== undefined) freed.push(range);
    }
  }
  for (const outcome of stacks) {
    if (!outcome.planned) continue;
    for (const { action, address, cidrs } of outcome.changes) {
      for (const cidr of cidrs) {
        const done = `${action === "delete" ? "destroy" : action} ${address} in ${outcome.stack}`;
        plans.set(cidr, [...(plans.get(cidr) ?? []), done]);
      }
    }
  }
}

function mapBlock(
  node: AddressNode,
  parent: AddressNode | undefined,
  look: Look,
  inherited?: MapMark,
): MapBlock {
  const range = ipv4Range(node.cidr);
  if (range === undefined) throw new Error(`${node.key}: ${node.cidr} is no IPv4 CIDR`);
  const plan = look.plans.get(node.cidr);
  const own = look.marks.get(node.key);
  const mark =
    grave(plan) ?? own ?? (node.kind === "subnet" ? inherited : undefined) ?? freedMark(node, range, look);
  const children = node.children.map((child) => mapBlock(child, node, look, own));
  return {
    label: node.cidr,
    ...range,
    kind: node.kind,
    owner: ownerOf(node, parent),
    ...(mark === undefined ? {} : { mark }),
    ...(plan === undefined ? {} : { plan }),
    ...(node.kind === "pool" ? { free: freeIn(children) } : {}),
    children: crowd(mergedFree(children)),
  };
}

function grave(plan: readonly string[] | undefined): MapMark | undefined {
  if (plan?.some((line) => line.startsWith("destroy "))) return "destroyed";
  return plan?.some((line) => line.startsWith("replace ")) ? "replaced" : undefined;
}

function freedMark({ kind }: AddressNode, { first, last }: Ipv4Range, { freed }: Look): MapMark | undefined {
  const touched = kind === "free" && freed.some((range) => range.first <= last && first <= range.last);
  return touched ? "freed" : undefined;
}

/** Alignment cuts free space into many blocks; people see one gap. */
function mergedFree(blocks: readonly MapBlock[]): MapBlock[] {
  const merged: MapBlock[] = [];
  for (const block of blocks) {
    const last = merged.at(-1);
    if (last?.kind !== "free" || block.kind !== "free" || last.mark !== block.mark) {
      merged.push(block);
      continue;
    }
    merged[merged.length - 1] = { ...last, label: stretch(last, block), last: block.last };
  }
  return merged;
}

const freeIn = (blocks: readonly MapBlock[]) =>
  blocks.reduce((sum, { kind, first, last }) => (kind === "free" ? sum + last - first + 1 : sum), 0);

/** Puts a crowd into groups; what is free before or after it stays beside them, it may be larger than all. */
function crowd(blocks: readonly MapBlock[]): MapBlock[] {
  if (blocks.length <= SIDE_BY_SIDE) return [...blocks];
  const start = blocks[0]?.kind === "free" ? 1 : 0;
  const end = blocks.at(-1)?.kind === "free" ? blocks.length - 1 : blocks.length;
  return [...blocks.slice(0, start), ...grouped(blocks.slice(start, end)), ...blocks.slice(end)];
}

function grouped(blocks: readonly MapBlock[]): MapBlock[] {
  if (blocks.length <= SIDE_BY_SIDE) return [...blocks];
  const size = Math.min(LARGEST_GROUP, Math.ceil(blocks.length / 10));
  const groups: MapBlock[] = [];
  for (let at = 0; at < blocks.length; at += size) {
    const inside = blocks.slice(at, at + size);
    const [first, last] = [inside[0] as MapBlock, inside.at(-1) as MapBlock];
    const mark = inside.find((block) => block.mark !== undefined)?.mark;
    groups.push({
      label: stretch(first, last),
      first: first.first,
      last: last.last,
      kind: "group",
      owner: namesOf(inside),
      ...(mark === undefined ? {} : { mark }),
      children: inside,
    });
  }
  return grouped(groups);
}

/** The first and the last name of a group, without what lies between them. */
function namesOf(blocks: readonly MapBlock[]): string {
  const owners = blocks.filter(({ kind }) => kind !== "free").map(({ owner }) => owner);
  return owners.length === 0 ? "free" : `${owners[0]} … ${owners.at(-1)}`;
}

const stretch = (from: Ipv4Range, to: Ipv4Range) => `${ipv4Text(from.first)} – ${ipv4Text(to.last)}`;
