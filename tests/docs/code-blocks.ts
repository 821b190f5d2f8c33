import { readFileSync } from "node:fs";

/** A fenced block of a Markdown page. */
export interface CodeBlock {
  /** Language, for example `ts`. */
  readonly language: string;
  /** The file the block is (part of), where the fence names one: the word after the language. */
  readonly file?: string;
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
export function codeBlocks(page: string): readonly CodeBlock[] {
  const blocks = readFileSync(page, "utf8").matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, language = "", file, text = ""]) => ({ language, file, text }));
}
