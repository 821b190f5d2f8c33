import { codePoint, escapeInvisible } from "../escape";

/** Text as inline code on one line of GitHub Markdown, where none of it has a special meaning. */
export function markdownCode(text: string, maxLength?: number): string {
  // Escaped, because inside table cells their literal form depends on the neighboring characters.
  const escaped = escapeInvisible(text, maxLength).replace(/[`|]/g, codePoint);
  return escaped.trim() === "" ? "`(empty)`" : `\`${escaped}\``;
}

// No Markdown, HTML, mention, issue or commit reference, autolink or emoji shortcode.
const PLAIN = /^(?!.*(www\.|GH-|:\w+:|[0-9a-f]{7}|^[-+=]|^\d+[.)]|\b_|_\b))[\w .,:;()%×·/=+'–—→…-]+$/i;

/** A sentence on one line of GitHub Markdown: unchanged if it can only be plain text, otherwise as inline code. */
export function markdownText(text: string, maxLength = 400): string {
  const escaped = escapeInvisible(text, maxLength);
  return PLAIN.test(escaped) && !escaped.includes("//") ? escaped : markdownCode(text, maxLength);
}

/** A line of a fenced code block that cannot end the block. */
export function fencedLine(text: string, maxLength = 400): string {
  return escapeInvisible(text, maxLength).replace(/`/g, codePoint);
}
