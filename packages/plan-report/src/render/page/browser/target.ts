import { contains, type Ipv4Range, ipv4Range } from "../../../read/ipv4-range";
import { addressesOf, type Block, innermost, rangeText } from "./block";

/** What a permalink leads to: a block, and the range of addresses to look at. */
export interface Target {
  readonly block: Block;
  readonly view: Ipv4Range;
}

/** How much larger than a block its surroundings are, when there is nothing inside it to look at. */
const SURROUNDINGS = 64;

/** A block and the range in which it is best seen: its own if it is divided, else some of what is around it. */
export function targetOf(block: Block): Target {
  const { data, parent } = block;
  if (block.children !== undefined || parent === null) return { block, view: data };
  const wide = addressesOf(block) * SURROUNDINGS;
  const first = Math.floor(data.first / wide) * wide;
  const around = {
    first: Math.max(parent.data.first, first),
    last: Math.min(parent.data.last, first + wide - 1),
  };
  return { block, view: contains(around, data) ? around : parent.data };
}

/** The fragment of a block's permalink. */
export const fragmentOf = ({ data }: Block) => `#${data.key}`;

/** The fragment of the permalink to a range: its CIDR, or its first and last address. */
export const fragmentOfRange = (range: Ipv4Range) => `#${rangeText(range)}`;

/**
 * Resolves the fragment of a permalink: the key of a block, a CIDR, an address, or two of them.
 *
 * @returns undefined if the plan has no such block or addresses
 */
export function resolve(root: Block, fragment: string): Target | undefined {
  const text = decoded(fragment.replace(/^#/, ""));
  if (text === "") return undefined;
  const block = root.find(({ data }) => data.key === text);
  if (block !== undefined) return targetOf(block);
  const range = parseRange(text);
  if (range === undefined) return undefined;
  const found = innermost(root, range);
  if (found === root) return undefined;
  return range.first === range.last ? targetOf(found) : { block: found, view: range };
}

/** The range of an address, a CIDR (of any address inside it), or `first-last`; undefined for anything else. */
export function parseRange(text: string): Ipv4Range | undefined {
  const [from = "", to = from, ...more] = text.split("-").map((part) => part.trim());
  if (more.length > 0) return undefined;
  const [first, last] = [from, to].map((part) => ipv4Range(part.includes("/") ? part : `${part}/32`));
  if (first === undefined || last === undefined || last.last < first.first) return undefined;
  return { first: first.first, last: last.last };
}

/** A fragment without percent-encoding; as it is if it is not encoded properly. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
