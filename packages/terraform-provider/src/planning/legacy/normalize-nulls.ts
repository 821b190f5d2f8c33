import { type BlockSchema } from "../../schema/type-schema";
import {
  type CtyType,
  isEqual,
  isList,
  isObject,
  type ObjectValue,
  unknown,
  type Value,
} from "../../value/value";

/**
 * Restores what the SDK's texts cannot hold: unknown placeholders, and empty texts that the proposed state has
 * (`normalizeNullValues` of Terraform's SDK, for a plan).
 */
export function restoreNulls(type: CtyType, planned: Value, proposed: Value): Value {
  if (proposed === unknown) return planned === null ? proposed : planned;
  if (proposed === null || planned === unknown) return planned;
  if (type === "string") return planned === null && proposed === "" ? "" : planned;
  if (typeof type === "string") return planned;
  const [kind, inner] = type;
  if (kind === "object") {
    const [own, other] = [isObject(planned) ? planned : {}, isObject(proposed) ? proposed : {}];
    return Object.fromEntries(
      Object.entries(inner).map(([name, member]) => [
        name,
        restoreNulls(member, own[name] ?? null, other[name] ?? null),
      ]),
    );
  }
  if (kind === "map") {
    if (!isObject(planned) || !isObject(proposed)) return planned;
    return Object.fromEntries(
      Object.entries(planned).map(([key, item]) => {
        const other = proposed[key];
        return [key, item === unknown && other !== undefined && other !== null ? other : item];
      }),
    );
  }
  if (kind !== "list" || !isList(proposed)) return planned;
  if (planned === null) return proposed.every((item) => item === unknown) ? proposed : planned;
  if (!isList(planned) || planned.length !== proposed.length) return planned;
  return planned.map((item, index) => restoreNulls(inner as CtyType, item, proposed[index]!));
}

/** On create, computed members that are null become unknown (`SetUnknowns` of Terraform's SDK). */
export function unknownsOf(block: BlockSchema, value: Value): Value {
  if (!isObject(value)) return value;
  const planned: ObjectValue = {};
  for (const [name, { computed }] of Object.entries(block.attributes)) {
    const own = value[name] ?? null;
    planned[name] = computed && own === null ? unknown : own;
  }
  for (const [name, { block: inner }] of Object.entries(block.blocks)) {
    const own = value[name] ?? null;
    planned[name] = isList(own) ? own.map((item) => unknownsOf(inner, item)) : unknownsOf(inner, own);
  }
  return planned;
}

/**
 * Whether two states are the same to the SDK: null and the zero value of a type are one (`ValuesSDKEquivalent` of
 * Terraform's SDK).
 */
export function areEquivalent(type: CtyType, a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === unknown || b === unknown) return false;
  const [isZeroA, isZeroB] = [isZero(a), isZero(b)];
  if (isZeroA || isZeroB) return isZeroA === isZeroB;
  if (typeof type === "string") return isEqual(a, b);
  const [kind, inner] = type;
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return false;
    const own = inner as CtyType;
    return kind === "set"
      ? a.every((item) => b.some((other) => areEquivalent(own, item, other))) &&
          b.every((item) => a.some((other) => areEquivalent(own, item, other)))
      : a.every((item, index) => areEquivalent(own, item, b[index]!));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        b[key] !== undefined &&
        areEquivalent(kind === "object" ? inner[key]! : (inner as CtyType), a[key]!, b[key]),
    )
  );
}

function isZero(value: Value): boolean {
  if (value === null || value === "" || value === 0 || value === false) return true;
  if (isList(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
