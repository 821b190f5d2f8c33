import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Renders Markdown as GitHub does. In a process of its own: the renderer is an ES module. */
export function renderGfm(texts: readonly string[]): string[] {
  const script = join(__dirname, "render-gfm.mjs");
  const options = { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  return JSON.parse(execFileSync(process.execPath, [script], options)) as string[];
}

/** The tags of a page in order, without their texts: two pages of one structure have one skeleton. */
export const skeleton = (html: string) => html.match(/<!--[\s\S]*?-->|<\/?[a-z][^>]*>/gi) ?? [];

/** What a reader sees outside code: there GitHub makes mentions, references, links and emoji. */
export const liveText = (html: string) =>
  html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<pre>[\s\S]*?<\/pre>|<code[^>]*>[\s\S]*?<\/code>/g, "▯")
    .replace(/<[^>]*>/g, " ");
