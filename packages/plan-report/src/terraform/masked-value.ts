/** Replaces values that Terraform or a provider marks as sensitive. */
export const SENSITIVE = "(sensitive value)";

/** Replaces values that are known only after apply. */
export const UNKNOWN = "(known after apply)";

/**
 * A plan value that is safe to show: sensitive parts become {@link SENSITIVE}, unknown parts {@link UNKNOWN}.
 *
 * @param sensitive same shape as `value`; `true` marks a part and everything inside it as sensitive
 * @param unknown same shape as `value`; `true` marks a part as known only after apply
 */
export function maskedValue(value: unknown, sensitive: unknown, unknown?: unknown): unknown {
  if (sensitive === true) return SENSITIVE;
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const values = asArray(value);
    const length = Math.max(values.length, asArray(unknown).length);
    return Array.from({ length }, (_, index) =>
      maskedValue(values[index], valueAt(sensitive, index), valueAt(unknown, index)),
    );
  }
  if (!isRecord(value)) return value ?? null;
  const keys = new Set([...Object.keys(value), ...(isRecord(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries(
    [...keys].map((key) => [key, maskedValue(value[key], valueAt(sensitive, key), valueAt(unknown, key))]),
  );
}

/** The entry of an object or array at a key or index; undefined if there is none. */
export function valueAt(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[key as number];
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether a value is an object and not an array. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
