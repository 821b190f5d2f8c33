import { closest, distance } from "fastest-levenshtein";

/** Up to this many known words are listed in full. */
const MOST_LISTED = 12;
/** Of more, this many are shown. */
const EXAMPLES = 3;

/**
 * What to write instead of an unknown word: the nearest known one if it is near, else all that are known, or the
 * nearest of many.
 *
 * @param given the unknown word @param known the words that are allowed
 * @returns the end of a sentence, for example `; did you mean eu-central-1?`
 */
export function suggestion(given: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(given, known);
  if (distance(given, nearest) <= Math.max(2, given.length / 3)) return `; did you mean ${nearest}?`;
  if (known.length <= MOST_LISTED) return `; use one of ${known.join(", ")}`;
  const near = [...known].sort((a, b) => distance(given, a) - distance(given, b)).slice(0, EXAMPLES);
  return `; use one such as ${near.join(", ")}`;
}
