import { ServiceError } from "../../service-error";

type Type = "string" | "number" | "string[]" | "object[]" | "time";

const checks: { readonly [type in Type]: (value: unknown) => boolean } = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  time: (value) => typeof value === "number" && !Number.isNaN(new Date(value * 1000).getTime()),
  "string[]": (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
  "object[]": (value) => Array.isArray(value) && value.every(isObject),
};

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The JSON object of a request. @throws ServiceError `SerializationException` */
export function readObject(body: string): object {
  const value = parsedJson(body);
  if (!isObject(value)) throw serialization("The request is not a JSON object.");
  return value;
}

/** A JSON value, or undefined for text that is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Checks the members of a structure in a JSON request; null is absence.
 *
 * @param path for the error: `Entries[0]`
 * @returns the structure without its nulls
 * @throws ServiceError `SerializationException` for a member of another type, `UnsupportedOperation` for an unknown one
 */
export function checkedMembers<T extends object>(
  structure: object,
  types: { readonly [member in keyof T]-?: Type },
  path = "",
): T {
  const members = Object.entries(structure).filter(([, value]) => value !== null && value !== undefined);
  for (const [name, value] of members) {
    const full = path === "" ? name : `${path}.${name}`;
    if (!Object.hasOwn(types, name))
      throw new ServiceError("UnsupportedOperation", `The sandbox does not model the member ${full}.`);
    const type = types[name as keyof T];
    if (!checks[type](value)) throw serialization(`The member ${full} is not of the type ${type}.`);
  }
  return Object.fromEntries(members) as T;
}

const serialization = (message: string): ServiceError => new ServiceError("SerializationException", message);
