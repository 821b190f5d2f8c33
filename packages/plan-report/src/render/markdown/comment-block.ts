import { thousands } from "../terminal/text-table";

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

/** Lists named one by one among what is cut; the rest is summed up. */
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
  const drafts = blocks.map(draftOf);
  const isTooLong = () =>
    drafts.reduce((sum, draft) => sum + sizeOf(draft), bytes(cutSentence(drafts, ending))) > longest;
  const order = [...drafts].reverse().sort((a, b) => a.block.importance - b.block.importance);
  for (const draft of order) {
    if (!isTooLong()) break;
    draft.kept = 0;
    if (!isTooLong()) keepMost(draft, isTooLong);
  }
  return [...drafts.flatMap(linesOf), cutSentence(drafts, ending)].join("\n");
}

interface Draft {
  readonly block: CommentBlock;
  /** Bytes of head and tail. */
  readonly frame: number;
  /** Bytes of the first n rows, for every n. */
  readonly ends: readonly number[];
  kept: number;
}

/** Keeps the most rows with which the comment is short enough; without any it is. */
function keepMost(draft: Draft, isTooLong: () => boolean): void {
  let [low, high] = [0, draft.block.rows.length];
  while (low < high) {
    draft.kept = Math.ceil((low + high) / 2);
    if (isTooLong()) high = draft.kept - 1;
    else low = draft.kept;
  }
  draft.kept = low;
}

const isLeftOut = ({ block, kept }: Draft) => kept === 0 && block.rows.length > 0;

function linesOf(draft: Draft): string[] {
  const { head, rows, tail } = draft.block;
  return isLeftOut(draft) ? [] : [...head, ...rows.slice(0, draft.kept), ...tail];
}

const sizeOf = (draft: Draft) => (isLeftOut(draft) ? 0 : draft.frame + (draft.ends[draft.kept] ?? 0));

function draftOf(block: CommentBlock): Draft {
  const { head, rows, tail } = block;
  const ends = [0];
  for (const row of rows) ends.push((ends.at(-1) ?? 0) + bytesOfLines([row]));
  return { block, frame: bytesOfLines([...head, ...tail]), ends, kept: rows.length };
}

/** What is missing; empty if nothing is. */
function cutSentence(drafts: readonly Draft[], ending: string): string {
  const cut = drafts.filter(({ block, kept }) => kept < block.rows.length);
  if (cut.length === 0) return "";
  const named = cut
    .slice(0, NAMED)
    .map(({ block, kept }) => `${thousands(block.rows.length - kept)} ${block.name}`)
    .join(", ");
  const more = cut.length > NAMED ? `, and parts of ${thousands(cut.length - NAMED)} more lists` : "";
  return `\n_Too long for a comment. Cut: ${named}${more}. ${ending}_\n`;
}

const bytesOfLines = (lines: readonly string[]) => lines.reduce((sum, line) => sum + bytes(line) + 1, 0);

const bytes = (text: string) => Buffer.byteLength(text);
