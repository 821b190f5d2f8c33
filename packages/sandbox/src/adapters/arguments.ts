import { isList, isObject, type ObjectValue } from "@cluster-ipam/terraform-provider";

/** A text argument; undefined where it is not set, empty or not known. */
export function stringAt(values: ObjectValue, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number argument; undefined where it is not set or not known. */
export function numberAt(values: ObjectValue, name: string): number | undefined {
  const value = values[name];
  return typeof value === "number" ? value : undefined;
}

/** A boolean argument; undefined where it is not set or not known. */
export function booleanAt(values: ObjectValue, name: string): boolean | undefined {
  const value = values[name];
  return typeof value === "boolean" ? value : undefined;
}

/** The texts of a list or set; none where it is not set or not known. */
export function stringsAt(values: ObjectValue, name: string): readonly string[] {
  const value = values[name];
  return isList(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The blocks, or objects, of a list or set; none where it is not set or not known. */
export function objectsAt(values: ObjectValue, name: string): readonly ObjectValue[] {
  const value = values[name];
  return isList(value) ? value.filter((item): item is ObjectValue => isObject(item)) : [];
}

/** The texts of a map, by key; none where it is not set or not known. */
export function mapAt(values: ObjectValue, name: string): Readonly<Record<string, string>> {
  const value = values[name];
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
