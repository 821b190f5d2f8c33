import { type Colors } from "picocolors/types";
import stringWidth from "string-width";
import { type AddressNode, blockName } from "../../read/address-report";
import { addressCount } from "../../read/ipv4-range";
import { counted, thousands } from "../number";
import { fit, padLeft, padRight, WIDTH } from "./text-table";

/** Explains the kinds of blocks in the tree. */
export const LEGEND = "growth: room for more pods · free: unallocated · reserved: used elsewhere";

/** Explains the states of blocks, for a tree that has some. */
export const STATE_LEGEND = "draining: no longer needed · retired: taken until proven free";

/** Whether a block of a tree is draining or retired. */
export const hasStates = (nodes: readonly AddressNode[]): boolean =>
  nodes.some(({ state, children }) => state !== undefined || hasStates(children));

/** Who owns which CIDR: one line per block, with its size in addresses and its owner. */
export function addressTree(roots: readonly AddressNode[], colors: Colors): string[] {
  const blocks = roots.map((root) => toBlock(root, undefined));
  const isLong = blocks.reduce((sum, block) => sum + lineCount(block), 0) > MAX_LINES_WITH_SUBNETS;
  const lines = (isLong ? blocks.map(withoutSubnets) : blocks).flatMap((block) => toLines(block, "", ""));
  const [cidr, count] = ["CIDR", "addresses"] as const;
  const cidrWidth = Math.max(cidr.length, ...lines.map(({ label }) => stringWidth(label)));
  const countWidth = Math.max(count.length, ...lines.map(({ block }) => thousands(block.addresses).length));
  const ownerWidth = WIDTH - 2 - cidrWidth - 2 - countWidth - 2;
  return [
    colors.dim(`  ${padRight(cidr, cidrWidth)}  ${padLeft(count, countWidth)}  owner`),
    ...lines.map(({ label, block }) => {
      const size = colors.dim(padLeft(thousands(block.addresses), countWidth));
      const owner = paintOf(block, colors)(fit(block.owner, ownerWidth));
      return `  ${padRight(label, cidrWidth)}  ${size}  ${owner}`;
    }),
  ];
}

/** A longer tree only counts the subnets of clusters. */
const MAX_LINES_WITH_SUBNETS = 200;

const lineCount = ({ children }: Block): number => children.reduce((sum, child) => sum + lineCount(child), 1);

function withoutSubnets(block: Block): Block {
  const subnets = block.children.filter(({ kind }) => kind === "subnet").length;
  if (block.kind === "pool" || subnets === 0)
    return { ...block, children: block.children.map(withoutSubnets) };
  return { ...block, owner: `${block.owner}, ${counted(subnets, "subnet")}`, children: [] };
}

/** One line of the tree: a block, or all free space in a block. */
interface Block {
  readonly name: string;
  readonly addresses: number;
  readonly owner: string;
  readonly kind: AddressNode["kind"];
  /** Set for a block that is draining or retired. */
  readonly isLeaving?: true;
  readonly children: readonly Block[];
}

interface Line {
  readonly label: string;
  readonly block: Block;
}

function toLines(block: Block, prefix: string, indent: string): Line[] {
  const last = block.children.length - 1;
  const below = block.children.flatMap((child, index) =>
    toLines(child, indent + (index === last ? "└ " : "├ "), indent + (index === last ? "  " : "│ ")),
  );
  return [{ label: prefix + block.name, block }, ...below];
}

function toBlock(node: AddressNode, parent: AddressNode | undefined): Block {
  const free = node.children.filter(({ kind }) => kind === "free");
  const used = node.children.filter(({ kind }) => kind !== "free").map((child) => toBlock(child, node));
  return {
    name: node.cidr,
    addresses: addressCount(node.cidr),
    owner: node.state === undefined ? blockName(node, parent) : `${blockName(node, parent)}, ${node.state}`,
    kind: node.kind,
    ...(node.state === undefined ? {} : { isLeaving: true }),
    children: free.length === 0 ? used : [...used, freeBlock(free)],
  };
}

/** All free space of a block on one line: CIDR alignment splits it into many pieces. */
function freeBlock(free: readonly AddressNode[]): Block {
  const total = free.reduce((sum, { cidr }) => sum + addressCount(cidr), 0);
  const largest = free.reduce((best, node) =>
    addressCount(node.cidr) > addressCount(best.cidr) ? node : best,
  );
  const isSingle = free.length === 1;
  return {
    name: isSingle ? largest.cidr : `${free.length} blocks`,
    addresses: total,
    owner: isSingle ? "free" : `free, largest ${largest.cidr}`,
    kind: "free",
    children: [],
  };
}

function paintOf({ kind, isLeaving }: Block, colors: Colors): (text: string) => string {
  if (isLeaving) return colors.yellow;
  if (kind === "cluster" || kind === "pods") return colors.bold;
  if (kind === "growth") return colors.green;
  if (kind === "reserved") return colors.yellow;
  return kind === "free" || kind === "subnet" ? colors.dim : String;
}
