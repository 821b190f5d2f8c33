/** The type of `unknown`. */
export class Unknown {
  readonly knownAfter = "apply";
}

/**
 * A value that Terraform does not know until apply. Refinements ("not null") are dropped: they only make
 * messages more precise.
 */
export const unknown = new Unknown();

/** A value that carries its type (Terraform's dynamic pseudo-type). */
export class Dynamic {
  constructor(
    readonly type: CtyType,
    readonly value: Value,
  ) {}
}

/** An object, or a map, by key. */
export type ObjectValue = { [key: string]: Value };

/** A value as Terraform sends it: lists, sets and tuples are arrays; objects and maps are plain objects. */
export type Value =
  null | boolean | number | string | Unknown | Dynamic | readonly Value[] | { readonly [key: string]: Value };

/** A type in Terraform's JSON notation: `"string"`, `["list", "string"]`, `["object", {…}]`. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["tuple", readonly CtyType[]]
  | readonly ["object", { readonly [name: string]: CtyType }];

/** True for a map or object. */
export const isObject = (value: Value | undefined): value is { readonly [key: string]: Value } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Dynamic) &&
  value !== unknown;

/** True for a list, set or tuple. */
export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** True when nothing inside the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value === unknown) return false;
  if (value === null || typeof value !== "object") return true;
  if (value instanceof Dynamic) return isWhollyKnown(value.value);
  if (isList(value)) return value.every(isWhollyKnown);
  return isObject(value) ? Object.values(value).every(isWhollyKnown) : true;
}

/** Structural equality. Two unknowns are never equal. */
export function isEqual(a: Value, b: Value): boolean {
  if (a === unknown || b === unknown) return false;
  if (a === b) return true;
  if (a instanceof Dynamic && b instanceof Dynamic) return isEqual(a.value, b.value);
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => isEqual(item, b[i]!));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && isEqual(a[key]!, b[key]!));
}
