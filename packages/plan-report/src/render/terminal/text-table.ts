/** A cell: its text, and how to paint it once it is padded. */
export interface Cell {
  readonly text: string;
  /** @default as it is */
  readonly paint?: (text: string) => string;
}

/** A column: on which side its text stands. */
export type Alignment = "left" | "right";

/** Widest line of a report, in columns. */
export const WIDTH = 80;

/**
 * Aligns rows of cells: each column as wide as its widest text, two spaces between columns, two before the first.
 * A `left` column at the end is cut to fit into {@link WIDTH} columns.
 */
export function textTable(alignments: readonly Alignment[], rows: readonly (readonly Cell[])[]): string[] {
  const widths = alignments.map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.text.length ?? 0)));
  const room = WIDTH - widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 2);
  const pad = ({ text, paint = String }: Cell, at: number) => {
    const last = at === alignments.length - 1 && alignments[at] === "left";
    const shown = last ? fit(text, room) : text;
    const space = " ".repeat(last ? 0 : (widths[at] ?? 0) - shown.length);
    return `  ${alignments[at] === "right" ? space + paint(shown) : paint(shown) + space}`;
  };
  return rows.map((row) => row.filter(hasTextFromHere).map(pad).join("").trimEnd());
}

/** Leaves out the empty cells at the end of a row. */
const hasTextFromHere = (_: Cell, at: number, row: readonly Cell[]) =>
  row.slice(at).some(({ text }) => text !== "");

/** Breaks a text at spaces so that no line is wider than {@link WIDTH}; each line starts with `indent`. */
export function wrap(text: string, indent: string): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const own = indent + (/^\s*/.exec(paragraph)?.[0] ?? "");
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.trim().split(/ +/)) {
      if (line !== "" && own.length + line.length + 1 + word.length > WIDTH) {
        lines.push(own + line);
        line = word;
      } else {
        line = line === "" ? word : `${line} ${word}`;
      }
    }
    return [...lines, line === "" ? "" : own + line];
  });
}

/** With an ellipsis if it is too long. */
export function fit(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** `16777216` → `16,777,216` */
export const thousands = (value: number) => numbers.format(value);
