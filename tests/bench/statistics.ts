/** The middle value; of an even number of values the lower of the two. @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1]!;
}

/** The smallest value: what the work costs when nothing else disturbs it. @param values at least one */
export function best(values: readonly number[]): number {
  return Math.min(...values);
}
