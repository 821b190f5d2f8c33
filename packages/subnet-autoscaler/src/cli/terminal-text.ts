/** Default width of a terminal. */
const WIDTH = 80;

/** Columns as wide as their widest cell. @param rows at least one */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}

/** The text in lines that begin with four spaces. */
export function indent(text: string): readonly string[] {
  return wrap(text, WIDTH - 4).map((line) => `    ${line}`);
}

/** The text in lines of at most a width. */
export function wrap(text: string, width = WIDTH): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
