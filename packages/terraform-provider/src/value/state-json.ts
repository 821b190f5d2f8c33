import { type CtyType, Dynamic, isList, isObject, type ObjectValue, unknown, type Value } from "./value";

/** JSON as in a state file. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json | undefined };

/**
 * Reads a resource's state from the state file's JSON into the current schema: members that the schema no
 * longer has are dropped, new ones are null.
 */
export function fromStateJson(json: unknown, type: CtyType): Value {
  if (json === null || json === undefined) return null;
  if (type === "dynamic") {
    const { type: inner, value } = json as { type: CtyType; value: unknown };
    return new Dynamic(inner, fromStateJson(value, inner));
  }
  if (typeof type === "string") return json as Value;
  const [kind, inner] = type;
  if (kind === "tuple") return (json as unknown[]).map((item, i) => fromStateJson(item, inner[i]!));
  if (kind === "object") {
    const members: ObjectValue = {};
    for (const [name, member] of Object.entries(inner))
      members[name] = fromStateJson((json as Record<string, unknown>)[name], member);
    return members;
  }
  if (kind === "map")
    return Object.fromEntries(
      Object.entries(json as object).map(([key, item]) => [key, fromStateJson(item, inner as CtyType)]),
    );
  return (json as unknown[]).map((item) => fromStateJson(item, inner as CtyType));
}

/** Converts a wholly known value to the state file's JSON; the inverse of `fromStateJson`. @throws Error on unknown */
export function toStateJson(value: Value): Json {
  if (value instanceof Dynamic) return { type: value.type as Json, value: toStateJson(value.value) };
  if (isList(value)) return value.map(toStateJson);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toStateJson(member)]));
  if (value === unknown) throw new Error("an unknown value cannot be written to the state");
  return value as Json;
}
