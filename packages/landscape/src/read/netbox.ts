import { type LandscapeBuilder } from "../landscape/landscape-builder";
import { isObject, type JsonObject, textOf } from "./json-value";

/** Whether an entry is a prefix or an aggregate of NetBox. */
export function isNetBoxEntry(entry: JsonObject): boolean {
  return textOf(entry, "prefix") !== undefined;
}

/**
 * Reads a prefix of NetBox, from its API or its export. Aggregates and containers hold others and are nobody's network.
 *
 * @param entry its position in the file
 * @throws LandscapeError if its prefix is malformed
 */
export function readNetBoxEntry(prefix: JsonObject, to: LandscapeBuilder, file: string, entry: string): void {
  if (prefix["rir"] !== undefined) return to.skip("NetBox aggregates");
  if ((nameOf(prefix["status"]) ?? "").toLowerCase() === "container") return to.skip("NetBox containers");
  const site = nameOf(prefix["site"]) ?? nameOf(prefix["scope"]);
  const words = [nameOf(prefix["tenant"]), site, textOf(prefix, "description")].filter(
    (word) => word !== undefined && word !== "",
  );
  to.addRange(prefix["prefix"], {
    ...{ kind: "documented", id: textOf(prefix, "prefix")!, tags: {}, source: { file, entry } },
    owner: `NetBox: ${words.length > 0 ? words.join(", ") : "no tenant"}`,
  });
}

/** A related object is an object in the API, and a name in an export. */
function nameOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (!isObject(value)) return undefined;
  return textOf(value, "value") ?? textOf(value, "name") ?? textOf(value, "display");
}
