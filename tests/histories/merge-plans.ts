/** A three-way merge of plain data, as git merges YAML by hand: what both sides changed is as our side has it. */
export function mergeData<Data>(base: Data, ours: Data, theirs: Data): Data {
  if (same(ours, theirs) || same(base, theirs)) return ours;
  if (same(base, ours)) return theirs;
  if (![base, ours, theirs].every(isObject)) return ours;
  const [old, own, other] = [base, ours, theirs] as Record<string, unknown>[];
  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(own!), ...Object.keys(other!)])) {
    const value = mergeData(old![key], own![key], other![key]);
    if (value !== undefined) merged[key] = value;
  }
  return merged as Data;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
