import { accountOf, type Block, blocksIn, fullName, innermost, pathTo, rangeText } from "./block";
import { parseRange } from "./target";

/** What the map has for a question. */
export interface Answer {
  /** The question's addresses in words: `10.208.1.77 belongs to …`. @default the question has none */
  readonly sentence?: string;
  /** The best first. */
  readonly matches: readonly Block[];
}

/** Addresses and CIDRs anywhere in a text, so that `who owns 10.208.1.77?` is a question, too. */
const ADDRESSES = /\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?/;

/**
 * Answers a question: an address or a CIDR, part of a name or key, an AWS account, a Google Cloud project, or an id in
 * the cloud.
 */
export function search(root: Block, question: string): Answer {
  const text = question.trim().toLowerCase();
  if (text === "") return { matches: [] };
  const asked = ADDRESSES.exec(text)?.[0];
  const range = asked === undefined ? undefined : parseRange(asked);
  if (range === undefined) return { matches: matching(root, text) };
  const found = innermost(root, range);
  if (found === root) return { sentence: `${asked} is in none of this plan's spaces.`, matches: [] };
  const inside = range.first === range.last ? [] : blocksIn(found).filter((block) => isInside(block, range));
  return {
    sentence: ownership(asked ?? "", found),
    matches: [found, ...inside.filter((block) => block !== found)],
  };
}

const isInside = ({ data }: Block, { first, last }: { readonly first: number; readonly last: number }) =>
  data.kind !== "free" && first <= data.first && data.last <= last;

/** Who has some addresses, in one sentence. */
function ownership(asked: string, found: Block): string {
  const { kind, label, name, state } = found.data;
  const account = accountOf(found);
  const where = account === undefined ? "" : `, in ${account}`;
  if (kind === "free") return `${asked} is free: ${found.parent?.data.name} has not given it to anyone.`;
  if (kind === "reserved") return `${asked} is ${name}, ${label}.`;
  if (kind === "pool")
    return `${asked} is in the pool ${name}, ${label}, of which parts have been given away.`;
  return `${asked} belongs to ${fullName(found)}, ${label}${where}${state === undefined ? "" : `; ${state}`}.`;
}

function matching(root: Block, text: string): Block[] {
  const ranked = blocksIn(root)
    .map((block) => ({ block, rank: rankOf(block, text) }))
    .filter(({ rank }) => rank < Infinity);
  // Equal ranks stay in the order of the tree, outer blocks before inner ones.
  return ranked.sort((a, b) => a.rank - b.rank).map(({ block }) => block);
}

/** The lower, the better; infinite if the block does not match. */
function rankOf(block: Block, text: string): number {
  const { kind, key, name, account, ids = [] } = block.data;
  if (kind === "plan" || kind === "free") return Infinity;
  if (key === text || ids.includes(text)) return 0;
  const lower = name.toLowerCase();
  if (lower.startsWith(text)) return 1;
  if (lower.includes(text)) return 2;
  // An account matches where it begins, not at every block inside.
  if (account?.toLowerCase().includes(text) || ids.some((id) => id.includes(text))) return 3;
  // Several words match if the names on the way to the block have all of them.
  const words = text.split(/\s+/);
  const path = pathTo(block)
    .map(({ data }) => data.name.toLowerCase())
    .join(" ");
  if (
    words.length > 1 &&
    words.some((word) => lower.includes(word)) &&
    words.every((word) => path.includes(word))
  )
    return 4;
  return key.toLowerCase().includes(text) ? 5 : Infinity;
}

/** A block in one line: its name, its CIDR and where it is. */
export function placeOf(block: Block): string {
  const around = pathTo(block).slice(0, -1);
  return around.map(({ data }) => data.name).join(" › ") || rangeText(block.data);
}
