import { thousands } from "../terminal/text-table";

/** A row of a Markdown table; the cells are Markdown without `|`. */
export const row = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** The first two lines of a Markdown table: titles, a number's column ends with `:`. */
export function tableHead(...titles: readonly string[]): string[] {
  return [
    row(...titles.map((title) => title.replace(/:$/, ""))),
    row(...titles.map((title) => (title.endsWith(":") ? "---:" : "---"))),
  ];
}

/** `1,000 → 2,000`, or one number if nothing changes; `–` stands for nothing. */
export function fromTo(
  before: number | undefined,
  after: number | undefined,
  unit = "",
  isNew = before === undefined,
): string {
  const text = (value: number | undefined) => (value === undefined ? "–" : `${thousands(value)}${unit}`);
  if (before === after || (isNew && before === undefined)) return text(after);
  return `${text(before)} → ${text(after)}`;
}
