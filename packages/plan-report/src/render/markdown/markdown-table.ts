/** A row of a Markdown table; the cells are Markdown without `|`. */
export const row = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** The first two lines of a Markdown table. A title that ends with `:` aligns its column right, for numbers. */
export function tableHead(...titles: readonly string[]): string[] {
  return [
    row(...titles.map((title) => title.replace(/:$/, ""))),
    row(...titles.map((title) => (title.endsWith(":") ? "---:" : "---"))),
  ];
}
