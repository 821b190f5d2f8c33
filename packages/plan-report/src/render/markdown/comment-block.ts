import { thousands } from "../number";

/** A part of a comment. If the comment is too long, rows are cut from its end. */
export interface CommentBlock {
  /** What its rows are, for the note about what was cut: `lines of prod-network`. */
  readonly name: string;
  /** The block with the smallest number is cut first. */
  readonly importance: number;
  readonly head: readonly string[];
  readonly rows: readonly string[];
  readonly tail: readonly string[];
}

/**
 * Longest comment, in bytes. GitHub allows 65,536 characters. A text never has fewer bytes than characters, and the
 * rest is room for a line that the sender adds.
 */
export const MAX_COMMENT_BYTES = 65_000;

/** Most lists that the note about what was cut names one by one. */
const MAX_NAMED_LISTS = 12;

/**
 * Joins the blocks of a comment and cuts the least important rows until it fits. A block that loses all its rows is
 * left out. A note at the end says what was cut.
 *
 * @param ending sentence after that note: where to find the full report
 * @param maxBytes size limit @default {@link MAX_COMMENT_BYTES}
 */
export function fitComment(
  blocks: readonly CommentBlock[],
  ending: string,
  maxBytes: number = MAX_COMMENT_BYTES,
): string {
  const drafts = blocks.map(draftOf);
  const isTooLong = () =>
    drafts.reduce((sum, draft) => sum + sizeOf(draft), bytes(cutNote(drafts, ending))) > maxBytes;
  const order = [...drafts].reverse().sort((a, b) => a.block.importance - b.block.importance);
  for (const draft of order) {
    if (!isTooLong()) break;
    draft.kept = 0;
    if (!isTooLong()) keepMostRows(draft, isTooLong);
  }
  return [...drafts.flatMap(linesOf), cutNote(drafts, ending)].join("\n");
}

interface Draft {
  readonly block: CommentBlock;
  /** Size of head and tail, in bytes. */
  readonly frame: number;
  /** Size of the first n rows in bytes, by n. */
  readonly ends: readonly number[];
  /** Number of rows that are left. */
  kept: number;
}

/** Keeps as many rows as fit. Without any row the comment does fit. */
function keepMostRows(draft: Draft, isTooLong: () => boolean): void {
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

/** The note about what was cut; empty if nothing was. */
function cutNote(drafts: readonly Draft[], ending: string): string {
  const cut = drafts.filter(({ block, kept }) => kept < block.rows.length);
  if (cut.length === 0) return "";
  const named = cut
    .slice(0, MAX_NAMED_LISTS)
    .map(({ block, kept }) => `${thousands(block.rows.length - kept)} ${block.name}`)
    .join(", ");
  const more =
    cut.length > MAX_NAMED_LISTS
      ? `, and parts of ${thousands(cut.length - MAX_NAMED_LISTS)} other lists`
      : "";
  return `\n_Too long for a comment. Cut: ${named}${more}. ${ending}_\n`;
}

const bytesOfLines = (lines: readonly string[]) => lines.reduce((sum, line) => sum + bytes(line) + 1, 0);

const bytes = (text: string) => Buffer.byteLength(text);
