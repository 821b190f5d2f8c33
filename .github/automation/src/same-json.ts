/** Whether two JSON values are equal, regardless of the order of their keys. */
export const isSameJson = (a: unknown, b: unknown) => withSortedKeys(a) === withSortedKeys(b);

const withSortedKeys = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  );
