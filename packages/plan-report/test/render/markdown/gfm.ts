import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Renders Markdown as GitHub does. Runs in its own process, because the renderer is an ES module. */
export function renderGfm(texts: readonly string[]): string[] {
  const script = join(__dirname, "render-gfm.mjs");
  const options = { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  return JSON.parse(execFileSync(process.execPath, [script], options)) as string[];
}

/** The tags of an HTML text in order, without the text between them. */
export const skeleton = (html: string) => html.match(/<!--[\s\S]*?-->|<\/?[a-z][^>]*>/gi) ?? [];

/** The text outside code, where GitHub creates mentions, references, links and emoji. */
export const liveText = (html: string) =>
  html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<pre>[\s\S]*?<\/pre>|<code[^>]*>[\s\S]*?<\/code>/g, "▯")
    .replace(/<[^>]*>/g, " ");
