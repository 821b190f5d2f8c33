import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type AllocatedBlock } from "./allocated-block";

/** Widest line, in columns. */
const width = 80;

/**
 * The inventory as a tree of lines: each block below the smallest one that contains it, with its use, name and owner.
 * An internal range that only reserves the block of a subnetwork or of a secondary range has no line of its own, and
 * fences are only counted.
 */
export function inventoryTree(blocks: readonly AllocatedBlock[]): readonly string[] {
  const lines = branches(nest(blocks.filter((block) => isShown(block, blocks))));
  const left = Math.max(0, ...lines.map(({ label }) => label.length));
  const right = Math.max(0, ...lines.map(({ block }) => block.owner.length));
  const room = width - left - right - 6;
  const fences = blocks.filter(({ use }) => use === "fence").length;
  return [
    ...lines.map(({ label, block, name }) => {
      const what = fit(`${block.use} ${name}`, room);
      return `  ${label.padEnd(left)}  ${what.padEnd(room)}  ${block.owner}`;
    }),
    ...(fences > 0
      ? [
          `  and ${fences} ${fences === 1 ? "fence" : "fences"}: internal ranges that keep Google out of what others own`,
        ]
      : []),
  ];
}

const isShown = (block: AllocatedBlock, all: readonly AllocatedBlock[]): boolean =>
  block.use !== "fence" &&
  !(
    block.use === "internal range" &&
    all.some(({ use, cidr }) => cidr === block.cidr && (use === "subnetwork" || use === "secondary range"))
  );

interface Node {
  readonly block: AllocatedBlock;
  readonly prefix: Prefix;
  readonly inside: Node[];
}

/** Blocks come in the order of their addresses, larger ones first, so a block follows what holds it. */
function nest(blocks: readonly AllocatedBlock[]): readonly Node[] {
  const roots: Node[] = [];
  const path: Node[] = [];
  for (const block of blocks) {
    const node: Node = { block, prefix: Prefix.parse(block.cidr), inside: [] };
    while (path.length > 0 && !path.at(-1)!.prefix.contains(node.prefix)) path.pop();
    (path.at(-1)?.inside ?? roots).push(node);
    path.push(node);
  }
  return roots;
}

interface Line {
  readonly label: string;
  readonly block: AllocatedBlock;
  /** Its name, without that of what it is in. */
  readonly name: string;
}

function branches(nodes: readonly Node[], within = "", indent?: string): readonly Line[] {
  return nodes.flatMap(({ block, inside }, at) => {
    const last = at === nodes.length - 1;
    const own = indent === undefined ? "" : indent + (last ? "└ " : "├ ");
    const below = indent === undefined ? "" : indent + (last ? "  " : "│ ");
    const name = block.name.startsWith(`${within}-`) ? block.name.slice(within.length + 1) : block.name;
    return [{ label: own + block.cidr, block, name }, ...branches(inside, block.name, below)];
  });
}

const fit = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, room - 1)}…`;
