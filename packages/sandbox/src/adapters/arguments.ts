import { isList, isObject, type ObjectValue } from "@cluster-ipam/terraform-provider";

/** A string argument; undefined if it is not set, empty or unknown. */
export function stringAt(values: ObjectValue, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number argument; undefined if it is not set or unknown. */
export function numberAt(values: ObjectValue, name: string): number | undefined {
  const value = values[name];
  return typeof value === "number" ? value : undefined;
}

/** A boolean argument; undefined if it is not set or unknown. */
export function booleanAt(values: ObjectValue, name: string): boolean | undefined {
  const value = values[name];
  return typeof value === "boolean" ? value : undefined;
}

/** The strings of a list or set; none if it is not set or unknown. */
export function stringsAt(values: ObjectValue, name: string): readonly string[] {
  const value = values[name];
  return isList(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The blocks or objects of a list or set; none if it is not set or unknown. */
export function objectsAt(values: ObjectValue, name: string): readonly ObjectValue[] {
  const value = values[name];
  return isList(value) ? value.filter((item): item is ObjectValue => isObject(item)) : [];
}

/** The strings of a map, by key; none if it is not set or unknown. */
export function mapAt(values: ObjectValue, name: string): Readonly<Record<string, string>> {
  const value = values[name];
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
