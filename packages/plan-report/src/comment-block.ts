import { thousands } from "./text-table";

/** A part of a comment that can lose rows, from its end. */
export interface CommentBlock {
  /** What its rows are, for the sentence that says what was cut: `changes of prod-network`. */
  readonly name: string;
  /** Of two blocks the one with the smaller number is cut first. */
  readonly importance: number;
  readonly head: readonly string[];
  readonly rows: readonly string[];
  readonly tail: readonly string[];
}

/**
 * Longest comment, in bytes. GitHub takes 65,536 characters; bytes are never fewer, and some room is left for
 * a line that the sender adds.
 */
export const LONGEST_COMMENT = 65_000;

/** Stacks named one by one among what is cut; the rest is summed up. */
const NAMED = 12;

/**
 * Puts a comment together and cuts the least important rows until it is short enough. A block without rows is left
 * out, and the last lines say what is missing.
 *
 * @param ending what to say after the list of what was cut: where everything can be read
 */
export function fitComment(
  blocks: readonly CommentBlock[],
  ending: string,
  longest: number = LONGEST_COMMENT,
): string {
  const kept = new Map(blocks.map((block) => [block, block.rows.length]));
  const render = () => commentOf(blocks, kept, ending);
  const order = blocks
    .map((block, at) => ({ block, at }))
    .sort((a, b) => a.block.importance - b.block.importance || b.at - a.at);
  for (const { block } of order) {
    if (bytes(render()) <= longest) break;
    kept.set(block, 0);
    if (bytes(render()) <= longest) kept.set(block, mostRows(block, kept, render, longest));
  }
  return render();
}

/** The most rows of a block with which the comment is short enough; none is known to do. */
function mostRows(
  block: CommentBlock,
  kept: Map<CommentBlock, number>,
  render: () => string,
  longest: number,
): number {
  let [low, high] = [0, block.rows.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    kept.set(block, middle);
    if (bytes(render()) <= longest) low = middle;
    else high = middle - 1;
  }
  return low;
}

function commentOf(
  blocks: readonly CommentBlock[],
  kept: ReadonlyMap<CommentBlock, number>,
  ending: string,
): string {
  const lines = blocks.flatMap((block) => {
    const count = kept.get(block) ?? 0;
    if (count === 0 && block.rows.length > 0) return [];
    return [...block.head, ...block.rows.slice(0, count), ...block.tail];
  });
  const cut = blocks.flatMap((block) => {
    const count = block.rows.length - (kept.get(block) ?? 0);
    return count === 0 ? [] : [`${thousands(count)} ${block.name}`];
  });
  if (cut.length === 0) return `${lines.join("\n")}\n`;
  const named = cut.slice(0, NAMED).join(", ");
  const more = cut.length > NAMED ? `, and parts of ${thousands(cut.length - NAMED)} more lists` : "";
  return [...lines, `_Too long for a comment. Cut: ${named}${more}. ${ending}_`, ""].join("\n");
}

const bytes = (text: string) => Buffer.byteLength(text);
