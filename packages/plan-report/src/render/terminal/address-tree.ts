import { type Colors } from "picocolors/types";
import { type AddressNode } from "../../read/address-report";
import { fit, thousands, WIDTH } from "./text-table";

/** What the words in the tree mean; the line under it. */
export const LEGEND = "growth: kept for more pods · free: nobody's · reserved: lives elsewhere";

/** Who owns which CIDR: a line for each block, with its size in addresses and its owner. */
export function addressTree(roots: readonly AddressNode[], colors: Colors): string[] {
  const blocks = roots.map((root) => blockOf(root, undefined));
  const isLong = blocks.reduce((sum, block) => sum + linesOf(block), 0) > LONG;
  const lines = (isLong ? blocks.map(withoutSubnets) : blocks).flatMap((block) => branch(block, "", ""));
  const [cidr, number] = ["CIDR", "addresses"] as const;
  const left = Math.max(cidr.length, ...lines.map(({ label }) => label.length));
  const size = Math.max(number.length, ...lines.map(({ block }) => thousands(block.addresses).length));
  const room = WIDTH - 2 - left - 2 - size - 2;
  return [
    colors.dim(`  ${cidr.padEnd(left)}  ${number.padStart(size)}  owner`),
    ...lines.map(({ label, block }) => {
      const count = colors.dim(thousands(block.addresses).padStart(size));
      return `  ${label.padEnd(left)}  ${count}  ${paintOf(block.kind, colors)(fit(block.owner, room))}`;
    }),
  ];
}

/** A tree of more lines leaves the subnets of clusters out: nobody reads two thousand lines. */
const LONG = 200;

const linesOf = ({ parts }: Block): number => parts.reduce((sum, part) => sum + linesOf(part), 1);

function withoutSubnets(block: Block): Block {
  const subnets = block.parts.filter(({ kind }) => kind === "subnet").length;
  if (block.kind === "pool" || subnets === 0) return { ...block, parts: block.parts.map(withoutSubnets) };
  return { ...block, owner: `${block.owner}, ${subnets} ${subnets === 1 ? "subnet" : "subnets"}`, parts: [] };
}

/** What a line is about: a block, or all that is free in one. */
interface Block {
  readonly name: string;
  readonly addresses: number;
  readonly owner: string;
  readonly kind: AddressNode["kind"];
  readonly parts: readonly Block[];
}

interface Line {
  readonly label: string;
  readonly block: Block;
}

function branch(block: Block, prefix: string, indent: string): Line[] {
  const last = block.parts.length - 1;
  const below = block.parts.flatMap((part, at) =>
    branch(part, indent + (at === last ? "└ " : "├ "), indent + (at === last ? "  " : "│ ")),
  );
  return [{ label: prefix + block.name, block }, ...below];
}

function blockOf(node: AddressNode, parent: AddressNode | undefined): Block {
  const free = node.children.filter(({ kind }) => kind === "free");
  const taken = node.children.filter(({ kind }) => kind !== "free").map((child) => blockOf(child, node));
  return {
    name: node.cidr,
    addresses: addresses(node.cidr),
    owner: ownerOf(node, parent),
    kind: node.kind,
    parts: free.length === 0 ? taken : [...taken, freeBlock(free)],
  };
}

/** All free space of a block in one line: alignment cuts it into many pieces. */
function freeBlock(free: readonly AddressNode[]): Block {
  const total = free.reduce((sum, { cidr }) => sum + addresses(cidr), 0);
  const largest = free.reduce((best, node) => (addresses(node.cidr) > addresses(best.cidr) ? node : best));
  const one = free.length === 1;
  return {
    name: one ? largest.cidr : `${free.length} blocks`,
    addresses: total,
    owner: one ? "free" : `free, the largest ${largest.cidr}`,
    kind: "free",
    parts: [],
  };
}

/** Who lives in a block, for people: `prod-payments pods`, `prod-search growth`, `reserved: on-premises`. */
export function ownerOf(node: AddressNode, parent: AddressNode | undefined): string {
  const { key, kind, owner } = node;
  if (kind === "pool") return owner;
  if (kind === "reserved") return `reserved: ${owner}`;
  if (kind === "free") return "free";
  if (kind === "cluster") return `${owner} VPC`;
  const steps = key.split("/");
  const use = steps.slice(steps.lastIndexOf(owner) + 1).join(" ");
  return parent?.owner === owner ? use : `${owner} ${use}`;
}

/** How many addresses an IPv4 CIDR holds. */
const addresses = (cidr: string) => 2 ** (32 - Number(cidr.slice(cidr.indexOf("/") + 1)));

function paintOf(kind: AddressNode["kind"], colors: Colors): (text: string) => string {
  if (kind === "cluster" || kind === "pods") return colors.bold;
  if (kind === "growth") return colors.green;
  if (kind === "reserved") return colors.yellow;
  return kind === "free" || kind === "subnet" ? colors.dim : String;
}
