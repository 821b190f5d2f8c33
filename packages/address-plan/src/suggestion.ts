import { closest, distance } from "fastest-levenshtein";

/**
 * What to write instead of an unknown word: the nearest known one if it is near, else all that are known.
 *
 * @param given the unknown word @param known the words that are allowed
 * @returns the end of a sentence, for example `; did you mean eu-central-1?`
 */
export function suggestion(given: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(given, known);
  if (distance(given, nearest) <= Math.max(2, given.length / 3)) return `; did you mean ${nearest}?`;
  return known.length <= 12 ? `; use one of ${known.join(", ")}` : "";
}
