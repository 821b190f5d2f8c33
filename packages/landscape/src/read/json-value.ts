import { LandscapeError } from "../landscape-error";

/** A JSON object whose members are not yet known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text member. Undefined if it is absent. */
export function textOf(object: JsonObject, member: string): string | undefined {
  const value = object[member];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number member. Undefined if it is absent or not a number. */
export function numberOf(object: JsonObject, member: string): number | undefined {
  const value = object[member];
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The objects in a list member. None if it is absent. @throws LandscapeError if it is no list of objects */
export function objectsOf(object: JsonObject, member: string, where: string): readonly JsonObject[] {
  const value = object[member] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new LandscapeError(where, `${member} is not a list of objects; export it again`);
}

/** The texts in a list member. */
export function textsOf(object: JsonObject, member: string): readonly string[] {
  const value = object[member];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** A required text member. @throws LandscapeError */
export function required(object: JsonObject, member: string, where: string): string {
  const value = textOf(object, member);
  if (value !== undefined) return value;
  throw new LandscapeError(where, `has no ${member}; export it again, with every column and without --query`);
}
