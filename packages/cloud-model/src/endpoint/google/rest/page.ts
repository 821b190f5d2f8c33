import { identifier } from "../../../store/identifier";
import { type JsonObject } from "./json-body";
import { GoogleRefusal } from "./refusal";

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** @default absent: the last page */
  readonly nextPageToken?: string;
}

/** Most resources on one page of Compute Engine. */
const MOST = 500;

const invalid = (field: string, value: string, why: string): GoogleRefusal =>
  new GoogleRefusal("invalid", `Invalid value for field '${field}': '${value}'. ${why}`, 400);

/**
 * A page of resources. A token is the place of the next page and names the list that it belongs to.
 *
 * @param list identifies the list
 * @param sizeParameter `maxResults` (Compute Engine) or `pageSize`
 * @throws GoogleRefusal invalid
 */
export function pageOf<T>(
  items: readonly T[],
  query: URLSearchParams,
  list: string,
  sizeParameter: "maxResults" | "pageSize",
): Page<T> {
  const text = query.get(sizeParameter);
  const size = text === null || text === "0" ? MOST : Number(text);
  if (!Number.isInteger(size) || size < 0 || (sizeParameter === "maxResults" && size > MOST))
    throw invalid(sizeParameter, text ?? "", `Must be between 0 and ${MOST}.`);
  const start = startOf(query.get("pageToken") ?? "", list);
  const end = start + Math.min(size, MOST);
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { nextPageToken: tokenOf(end, list) } : {}),
  };
}

const tokenOf = (start: number, list: string): string =>
  Buffer.from(`${identifier(list, 8)}:${start}`).toString("base64url");

function startOf(token: string, list: string): number {
  if (token === "") return 0;
  const [, owner, start] = /^([0-9a-f]{8}):(\d+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (owner !== identifier(list, 8)) throw invalid("pageToken", token, "The page token is invalid.");
  return Number(start);
}

/** `name = x`, `network eq ".*"`, `labels.a:b`, each in parentheses or not. */
const comparison =
  /^\(?\s*([\w.]+)\s*(!=|=|:|\beq\b|\bne\b)\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s()]+))\s*\)?$/;

/**
 * The resources that a `filter` of Compute Engine leaves: comparisons by `=`, `!=`, `:`, `eq` and `ne` that all hold.
 *
 * @throws GoogleRefusal invalid, for any other expression
 */
export function filtered<T extends JsonObject>(items: readonly T[], filter: string | null): readonly T[] {
  if (!filter) return items;
  const parts = filter.split(/\s+AND\s+|\)\s*\(/);
  const conditions = parts.map((part) => {
    const [, field, operator, double, single, bare] = comparison.exec(part.trim()) ?? [];
    if (field === undefined) throw invalid("filter", filter, "Invalid list filter expression.");
    return conditionOf(filter, field, operator!, double ?? single ?? bare ?? "");
  });
  return items.filter((item) => conditions.every((holds) => holds(item)));
}

function conditionOf(
  filter: string,
  field: string,
  operator: string,
  wanted: string,
): (item: JsonObject) => boolean {
  const has = (item: JsonObject) => {
    const value = field
      .split(".")
      .reduce<unknown>((at, step) => (at as JsonObject | undefined)?.[step], item);
    return value === undefined ? "" : String(value);
  };
  if (operator === "eq" || operator === "ne") {
    const pattern = patternOf(filter, wanted);
    return (item) => pattern.test(has(item)) === (operator === "eq");
  }
  if (operator === ":")
    return (item) =>
      wanted === "*" ? has(item) !== "" : has(item).toLowerCase().includes(wanted.toLowerCase());
  return (item) => (has(item) === wanted) === (operator === "=");
}

function patternOf(filter: string, text: string): RegExp {
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    throw invalid("filter", filter, "Invalid list filter expression.");
  }
}

/** Sorts by `orderBy`: `name` or `creationTimestamp desc`. @throws GoogleRefusal invalid */
export function ordered<T extends JsonObject>(items: readonly T[], orderBy: string | null): readonly T[] {
  if (!orderBy || orderBy === "name")
    return [...items].sort((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1));
  if (orderBy !== "creationTimestamp desc")
    throw invalid("orderBy", orderBy, "Must be name or creationTimestamp desc.");
  return [...items].sort((a, b) =>
    String(a["creationTimestamp"]) > String(b["creationTimestamp"]) ? -1 : 1,
  );
}
