import { html as escapedHtml, raw } from "hono/html";
import { escapeInvisible } from "./escape";

/** Markup that is already escaped. */
export type Html = ReturnType<typeof raw>;

/** A value between two pieces of markup. `undefined` and `false` add nothing. */
export type HtmlValue = string | number | false | undefined | Html | readonly HtmlValue[];

/**
 * Template tag for markup. Strings are escaped for HTML, their invisible characters are replaced, and they are cut to
 * 160 characters; use {@link text} for longer ones.
 */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html =>
  // hono returns a promise only if one of the values is a promise.
  escapedHtml(unindented(strings), ...values.map(replaceInvisible)) as Html;

/** A string of up to `maxLength` characters, escaped like the strings in {@link html}. */
export const text = (value: string, maxLength: number): Html =>
  escapedHtml`${escapeInvisible(value, maxLength)}` as Html;

/** Lines of preformatted text, each up to `maxLength` characters long. */
export const preformatted = (lines: readonly string[], maxLength: number): Html =>
  raw(lines.map((line) => text(line, maxLength)).join("\n"));

/** Markup from a trusted source, inserted unchanged. */
export const trusted = (markup: string): Html => raw(markup);

// Escaped markup is a String object, so only the strings that still need escaping have the type "string".
const replaceInvisible = (value: HtmlValue): HtmlValue =>
  Array.isArray(value)
    ? value.map(replaceInvisible)
    : typeof value === "string"
      ? escapeInvisible(value)
      : value;

const known = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/** A template without its indentation, which would be a third of a page with many rows. Values keep theirs. */
function unindented(strings: TemplateStringsArray): TemplateStringsArray {
  const cached = known.get(strings);
  if (cached !== undefined) return cached;
  const cut = strings.map((text) => text.replace(/\n\s+/g, "\n"));
  const template = Object.assign(cut, { raw: cut });
  known.set(strings, template);
  return template;
}
