// Characters nobody sees, or that turn the order of the others around: controls, format characters (bidi, zero
// width, tags), separators other than the space, private use, halves of pairs, and what Unicode does not know.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|[^\S ]/gu;

/** Longest name that is shown whole, in characters. */
export const LONGEST = 160;

/**
 * A text whose every character is seen: what cannot be is written as its code point, `\u{202e}`.
 *
 * @param longest the rest is cut, in characters @default {@link LONGEST}
 */
export function visible(text: string, longest: number = LONGEST): string {
  // No more is looked at than can be shown: a name may be megabytes long.
  const characters = [...text.slice(0, 2 * longest + 2)];
  const shown = characters.slice(0, longest).join("").replace(INVISIBLE, codePoint);
  return characters.length > longest ? `${shown}…` : shown;
}

/** As {@link visible}, on one Markdown line, where it is nothing but text in code letters. */
export function code(text: string, longest?: number): string {
  // Neither can be written in a cell's code as itself without arithmetic on its neighbours.
  const shown = visible(text, longest).replace(/[`|]/g, codePoint);
  return shown.trim() === "" ? "`(empty)`" : `\`${shown}\``;
}

// No Markdown, no HTML, no mention, no reference to an issue or commit, no address that becomes a link, no emoji.
const PLAIN = /^(?!.*(www\.|GH-|:\w+:|[0-9a-f]{7}|^[-+=]|^\d+[.)]|\b_|_\b))[\w .,:;()%×·/=+'–—→…-]+$/i;

/** A sentence on one Markdown line: as it is where it can be nothing but text, in code letters elsewhere. */
export function prose(text: string, longest = 400): string {
  const shown = visible(text, longest);
  return PLAIN.test(shown) && !shown.includes("//") ? shown : code(text, longest);
}

/** A line of a fenced block: it cannot end the block. */
export function fenced(text: string, longest = 400): string {
  return visible(text, longest).replace(/`/g, codePoint);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an HTML page: between tags or in a quoted attribute. */
export const html = (text: string, longest?: number) =>
  visible(text, longest).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
