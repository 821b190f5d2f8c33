// Control and format characters (bidi, zero width, tags), separators other than the space, private use, lone
// surrogates and unassigned code points: readers cannot see them, and some reorder the characters around them.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|[^\S ]/gu;

/** Default length at which names are cut, in characters. */
export const MAX_NAME_LENGTH = 160;

/**
 * Replaces invisible characters by their code point, for example `\u{202e}`, and cuts a long text with an ellipsis.
 *
 * @param maxLength in characters @default {@link MAX_NAME_LENGTH}
 */
export function escapeInvisible(text: string, maxLength: number = MAX_NAME_LENGTH): string {
  // A name may be megabytes long: split only what can be shown. A character has at most 2 code units.
  const characters = [...text.slice(0, 2 * maxLength + 2)];
  const escaped = characters.slice(0, maxLength).join("").replace(INVISIBLE, codePoint);
  return characters.length > maxLength ? `${escaped}…` : escaped;
}

/** A character as its code point: `\u{202e}`. */
export function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
