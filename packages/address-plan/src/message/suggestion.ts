import { closest, distance } from "fastest-levenshtein";

/** Up to this many alternatives are listed in full. */
const MAX_LISTED = 12;
/** Of more, this many examples are listed. */
const EXAMPLES = 3;

/**
 * Suggests a replacement for an unknown word: the nearest known word if it is close, otherwise all known words, or
 * the nearest few of a long list.
 *
 * @param given the unknown word @param known the allowed words
 * @returns the end of a sentence, for example `; did you mean eu-central-1?`
 */
export function suggestion(given: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(given, known);
  if (distance(given, nearest) <= Math.max(2, given.length / 3)) return `; did you mean ${nearest}?`;
  if (known.length <= MAX_LISTED) return `; use one of ${known.join(", ")}`;
  const near = [...known].sort((a, b) => distance(given, a) - distance(given, b)).slice(0, EXAMPLES);
  return `; use one such as ${near.join(", ")}`;
}
