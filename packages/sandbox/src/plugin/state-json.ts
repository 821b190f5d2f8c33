import { type CtyType, Dynamic, type ObjectValue, type Value } from "./value";

/**
 * Reads a resource's state from the state file's JSON in the form of today's schema: members the
 * schema no longer has are dropped, new ones are null.
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
