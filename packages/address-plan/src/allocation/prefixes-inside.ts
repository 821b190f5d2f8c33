import { type Prefix } from "../prefix/prefix";

/** The prefixes inside `outer`. @param sorted searched by bisection, because there can be thousands */
export function prefixesInside(sorted: readonly Prefix[], outer: Prefix): Prefix[] {
  if (sorted.length === 0) return [];
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.first < outer.first) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < sorted.length && sorted[end]!.first <= outer.last) end++;
  return sorted.slice(low, end).filter((prefix) => outer.contains(prefix));
}
