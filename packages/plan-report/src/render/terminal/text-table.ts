import stringWidth from "string-width";

/** A cell: its text, and how to color it once it is padded. */
export interface Cell {
  readonly text: string;
  /** @default no color */
  readonly paint?: (text: string) => string;
}

/** Alignment of a column. */
export type Alignment = "left" | "right";

/** Maximum width of a report, in columns. */
export const WIDTH = 80;

/**
 * Aligns rows of cells. Each column is as wide as its widest cell, indented by two spaces. A last column aligned
 * `left` is cut to fit into {@link WIDTH} columns.
 */
export function textTable(alignments: readonly Alignment[], rows: readonly (readonly Cell[])[]): string[] {
  const widths = alignments.map((_, column) =>
    Math.max(0, ...rows.map((row) => stringWidth(row[column]?.text ?? ""))),
  );
  const remaining = WIDTH - widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 2);
  const format = ({ text, paint = String }: Cell, column: number) => {
    const isCut = column === alignments.length - 1 && alignments[column] === "left";
    const visible = isCut ? fit(text, remaining) : text;
    const padding = " ".repeat(isCut ? 0 : (widths[column] ?? 0) - stringWidth(visible));
    return `  ${alignments[column] === "right" ? padding + paint(visible) : paint(visible) + padding}`;
  };
  return rows.map((row) => row.filter(isNotTrailing).map(format).join("").trimEnd());
}

/** Drops the empty cells at the end of a row. */
const isNotTrailing = (_: Cell, column: number, row: readonly Cell[]) =>
  row.slice(column).some(({ text }) => text !== "");

/** Breaks text at spaces into lines of at most {@link WIDTH} columns, each starting with `indent`. */
export function wrap(text: string, indent: string): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const start = indent + (/^\s*/.exec(paragraph)?.[0] ?? "");
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.trim().split(/ +/)) {
      if (line !== "" && stringWidth(`${start}${line} ${word}`) > WIDTH) {
        lines.push(start + line);
        line = word;
      } else {
        line = line === "" ? word : `${line} ${word}`;
      }
    }
    return [...lines, line === "" ? "" : start + line];
  });
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Cuts text to a number of columns, with an ellipsis. */
export function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = "";
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** Pads text with spaces to a number of columns. */
export const padRight = (text: string, width: number) =>
  text + " ".repeat(Math.max(0, width - stringWidth(text)));

/** Pads text with leading spaces to a number of columns. */
export const padLeft = (text: string, width: number) =>
  " ".repeat(Math.max(0, width - stringWidth(text))) + text;
