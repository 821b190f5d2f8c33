/** Stands where Terraform or its providers call a value sensitive. */
export const SENSITIVE = "(sensitive value)";

/** Stands where a value is known only after it is applied. */
export const UNKNOWN = "(known after apply)";

/**
 * A value of a plan that can be shown: what is sensitive is {@link SENSITIVE}, what is not known {@link UNKNOWN}.
 *
 * @param sensitive of the same shape, `true` where something is sensitive with everything inside
 * @param unknown of the same shape, `true` where something is not known
 */
export function maskedValue(value: unknown, sensitive: unknown, unknown?: unknown): unknown {
  if (sensitive === true) return SENSITIVE;
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const values = asArray(value);
    const length = Math.max(values.length, asArray(unknown).length);
    return Array.from({ length }, (_, at) =>
      maskedValue(values[at], partOf(sensitive, at), partOf(unknown, at)),
    );
  }
  if (!isRecord(value)) return value ?? null;
  const keys = new Set([...Object.keys(value), ...(isRecord(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries(
    [...keys].map((key) => [key, maskedValue(value[key], partOf(sensitive, key), partOf(unknown, key))]),
  );
}

/** The part of a value, or of its marks, under a key or an index; undefined where there is none. */
export function partOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[step as number];
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
