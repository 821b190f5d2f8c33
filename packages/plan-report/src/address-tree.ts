import { type Colors } from "picocolors/types";
import { type AddressNode } from "./addresses";
import { fit, thousands, WIDTH } from "./text-table";

/** Whom the words in the tree stand for; the line under it. */
export const LEGEND =
  "growth: attached and empty, for pods to come · free: nobody's · reserved: lives elsewhere";

/** Who owns which CIDR: a line for each block, with its size in addresses and its owner. */
export function addressTree(roots: readonly AddressNode[], colors: Colors): string[] {
  const lines = roots.flatMap((root) => branch(root, "", ""));
  const left = Math.max(0, ...lines.map(({ label }) => label.length));
  const size = Math.max(0, ...lines.map(({ node }) => thousands(addresses(node.cidr)).length));
  return lines.map(({ label, node }) => {
    const owner = fit(node.owner, WIDTH - 2 - left - 2 - size - 2);
    const number = thousands(addresses(node.cidr)).padStart(size);
    return `  ${label.padEnd(left)}  ${colors.dim(number)}  ${paintOf(node, colors)(owner)}`;
  });
}

interface Line {
  readonly label: string;
  readonly node: AddressNode;
}

function branch(node: AddressNode, prefix: string, indent: string): Line[] {
  const last = node.children.length - 1;
  const children = node.children.flatMap((child, at) =>
    branch(child, indent + (at === last ? "└ " : "├ "), indent + (at === last ? "  " : "│ ")),
  );
  return [{ label: prefix + node.cidr, node }, ...children];
}

/** How many addresses an IPv4 CIDR holds. */
const addresses = (cidr: string) => 2 ** (32 - Number(cidr.slice(cidr.indexOf("/") + 1)));

function paintOf(node: AddressNode, colors: Colors): (text: string) => string {
  switch (node.kind) {
    case "cluster":
      return colors.bold;
    case "growth":
      return colors.green;
    case "free":
      return colors.dim;
    case "reserved":
      return colors.yellow;
    case "space":
    case "block":
      return String;
  }
}
