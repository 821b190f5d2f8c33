import { isDeepStrictEqual } from "node:util";

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** A JSON document as Go writes it: members sorted, and `<`, `>` and `&` escaped. Other text stays as it is. */
export function normalizedJson(text: string): string {
  const value = parsed(text);
  return value === undefined ? text : goText(sorted(value));
}

/** A JSON document with its members sorted, without escapes for HTML. */
export function sortedJson(text: string): string {
  const value = parsed(text);
  return value === undefined ? text : JSON.stringify(sorted(value));
}

/** Whether two delivery policies are the same: what is zero or false may be left out. */
export function isSameDelivery(a: string, b: string): boolean {
  const [own, other] = [parsed(a), parsed(b)];
  return (
    own !== undefined && other !== undefined && isDeepStrictEqual(withoutZeros(own), withoutZeros(other))
  );
}

function withoutZeros(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, item]) => item !== 0 && item !== false && item !== null);
  return Object.fromEntries(members.map(([member, item]) => [member, withoutZeros(item)]));
}

/** An inline policy as the provider writes it: as other documents, but with its version first. */
export function normalizedInlinePolicy(text: string): string {
  const value = parsed(text);
  if (!isObject(value ?? null)) return text;
  const { Version: version, ...others } = sorted(value!) as { readonly [member: string]: Json };
  return goText(version === undefined ? others : { Version: version, ...others });
}

/** Whether two texts are JSON documents with the same value. */
export function isSameJson(a: string, b: string): boolean {
  const [own, other] = [parsed(a), parsed(b)];
  return own !== undefined && other !== undefined && isDeepStrictEqual(own, other);
}

/** Whether two IAM policies grant the same: an element may be a list of one, and lists have no order. */
export function isSamePolicy(a: string, b: string): boolean {
  const isEmpty = (text: string) => text === "" || text.trim() === "{}";
  if (isEmpty(a) && isEmpty(b)) return true;
  const [own, other] = [parsed(a), parsed(b)];
  if (!isObject(own ?? null) || !isObject(other ?? null)) return false;
  return isDeepStrictEqual(canonicalPolicy(own!), canonicalPolicy(other!));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Other text is no document, and is compared as text.
    return undefined;
  }
}

function goText(value: Json): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isObject(value: Json): value is { readonly [member: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([member, item]) => [member, sorted(item)]),
  );
}

function canonicalPolicy(policy: Json): Json {
  if (!isObject(policy)) return policy;
  const statements = listOf(policy["Statement"] ?? []).map(canonicalStatement);
  return { ...policy, Statement: statements.map((item) => JSON.stringify(sorted(item))).sort() };
}

function canonicalStatement(statement: Json): Json {
  if (!isObject(statement)) return statement;
  return Object.fromEntries(
    Object.entries(statement).map(([member, value]) => {
      if (/^(Not)?(Action|Resource)$/.test(member)) return [member, unordered(value, textOf)];
      if (/^(Not)?Principal$/.test(member)) return [member, canonicalPrincipal(value)];
      if (member === "Condition") return [member, canonicalCondition(value)];
      return [member, value];
    }),
  );
}

/** `*` is all AWS accounts; an account's root is the account. */
function canonicalPrincipal(value: Json): Json {
  if (!isObject(value)) return value === "*" ? { AWS: ["*"] } : value;
  return Object.fromEntries(
    Object.entries(value).map(([kind, names]) => [
      kind,
      unordered(names, (name) => textOf(name).replace(/^arn:[\w-]+:iam::(\d{12}):root$/, "$1")),
    ]),
  );
}

function canonicalCondition(value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([operator, keys]) => [
      operator,
      isObject(keys)
        ? Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, unordered(values, textOf)]))
        : keys,
    ]),
  );
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function unordered(value: Json, text: (item: Json) => string): readonly string[] {
  return listOf(value).map(text).sort();
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
