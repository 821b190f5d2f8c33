const format = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A number with thousands separators: `16777216` → `16,777,216`. */
export const thousands = (value: number) => format.format(value);

/** A number before and after a change, `1,000 → 2,000`; one number if they are equal; `–` for none. */
export function fromTo(before: number | undefined, after: number | undefined, unit = ""): string {
  const text = (value: number | undefined) => (value === undefined ? "–" : `${thousands(value)}${unit}`);
  return before === after || before === undefined ? text(after) : `${text(before)} → ${text(after)}`;
}

/** A count and its noun: `1 subnet`, `2 subnets`. */
export const counted = (count: number, singular: string, plural = `${singular}s`) =>
  `${thousands(count)} ${count === 1 ? singular : plural}`;
