import { namedByOverlay } from "../../schema/named-by-overlay";
import { isList, isObject, unknown, type Value } from "../../value/value";
import { normalizers } from "../normalizers";
import { BlockMembers, type CollectionMember, type Member, type PrimitiveMember } from "./member";

/** Text that stands for a value that is known after apply. */
export const UNKNOWN = "\u0000known after apply";

/** An element of a set, with the value that it was read from. */
export interface SdkElement {
  readonly value: SdkValue;
  readonly raw: Value | undefined;
}

/** A set: its elements by their codes, which stand for their values. */
export class SdkSet {
  constructor(readonly byCode: ReadonlyMap<string, SdkElement>) {}
}

/** A value as Terraform's SDK holds it: nothing inside is null. */
export type SdkValue =
  string | number | boolean | readonly SdkValue[] | SdkSet | { readonly [name: string]: SdkValue };

/** What is read of one member. */
export interface Read {
  /** Undefined if it does not exist. */
  readonly value: SdkValue | undefined;
  /** Known after apply. */
  readonly computed: boolean;
}

/** A member that does not exist. */
export const ABSENT: Read = { value: undefined, computed: false };
const COMPUTED: Read = { value: undefined, computed: true };

/** Reads a member of the prior state. Inside blocks the SDK has zero values where the state has null. */
export function readPrior(member: Member | BlockMembers, value: Value | undefined, nested: boolean): Read {
  if (value === null || value === undefined)
    return nested ? { value: zeroOf(member), computed: false } : ABSENT;
  return { value: priorValue(member, value), computed: false };
}

function priorValue(member: Member | BlockMembers, value: Value): SdkValue {
  const inner = (own: Member | BlockMembers, raw: Value | undefined): SdkValue =>
    readPrior(own, raw, true).value!;
  if (member instanceof BlockMembers) {
    const object = isObject(value) ? value : {};
    return mapMembers(member, (own, name) => inner(own, object[name]));
  }
  if (member.kind === "map") return textsOf(value);
  if (member.kind === "primitive")
    return isList(value) || isObject(value) ? zeroOf(member) : (value as SdkValue);
  const items = isList(value) ? value : [];
  if (member.kind === "list") return items.map((item) => inner(member.element, item));
  return setOf(member, items, (item) => inner(member.element, item));
}

/** Reads a member of the proposed state. */
export function readProposed(member: Member | BlockMembers, value: Value | undefined): Read {
  if (member instanceof BlockMembers) {
    const object = isObject(value) ? value : {};
    return {
      value: mapMembers(member, (own, name) => readProposed(own, object[name]).value ?? zeroOf(own)),
      computed: false,
    };
  }
  if (member.kind === "primitive") return readPrimitive(member, value);
  if (value === null || value === undefined) return ABSENT;
  if (value === unknown) return COMPUTED;
  if (member.kind === "map") {
    const isPartlyUnknown = isObject(value) && Object.values(value).some((item) => item === unknown);
    return isPartlyUnknown ? COMPUTED : { value: textsOf(value), computed: false };
  }
  const items = isList(value) ? value : [];
  if (member.isBlock && items.length === 0) return ABSENT;
  // One unknown element makes the list unknown as a whole.
  if (items.includes(unknown)) return COMPUTED;
  const inner = (item: Value): SdkValue => readProposed(member.element, item).value ?? zeroOf(member.element);
  const read = member.kind === "list" ? items.map(inner) : setOf(member, items, inner);
  return { value: read, computed: false };
}

function readPrimitive(member: PrimitiveMember, value: Value | undefined): Read {
  if (value === unknown)
    return { value: member.type === "string" ? UNKNOWN : zeroOf(member), computed: true };
  if (value === null || value === undefined) return { value: member.default, computed: false };
  return { value: value as SdkValue, computed: false };
}

function mapMembers(
  { byName }: BlockMembers,
  valueOf: (member: Member, name: string) => SdkValue,
): { readonly [name: string]: SdkValue } {
  const values: Record<string, SdkValue> = {};
  for (const [name, member] of byName) values[name] = valueOf(member, name);
  return values;
}

function textsOf(value: Value): { readonly [key: string]: string } {
  const texts: Record<string, string> = {};
  if (isObject(value))
    for (const [key, item] of Object.entries(value)) if (item !== null) texts[key] = textOf(item as SdkValue);
  return texts;
}

function setOf(
  { element, key }: CollectionMember,
  items: readonly Value[],
  read: (item: Value) => SdkValue,
): SdkSet {
  const byCode = new Map<string, SdkElement>();
  for (const raw of items) {
    const value = read(raw);
    byCode.set(codeOf(element, value, key), { value, raw });
  }
  return new SdkSet(byCode);
}

/** The zero value of a member. */
export function zeroOf(member: Member | BlockMembers): SdkValue {
  if (member instanceof BlockMembers) return mapMembers(member, zeroOf);
  if (member.kind === "primitive")
    return member.type === "string" ? "" : member.type === "number" ? 0 : false;
  if (member.kind === "map") return {};
  return member.kind === "list" ? [] : new SdkSet(new Map());
}

/** A primitive value as text. */
export function textOf(value: SdkValue): string {
  return typeof value === "string" ? value : String(value);
}

/** What identifies an element of a set: its value, without what only the provider sets. */
function codeOf(member: Member | BlockMembers, value: SdkValue, key: readonly string[] | undefined): string {
  if (key === undefined) return JSON.stringify(hashed(member, value));
  const object = value as { readonly [name: string]: SdkValue };
  return JSON.stringify(key.map((name) => object[name]));
}

function hashed(member: Member | BlockMembers, value: SdkValue): unknown {
  if (member instanceof BlockMembers) {
    const object = value as { readonly [name: string]: SdkValue };
    return [...member.byName]
      .filter(([, { required, optional }]) => required || optional)
      .map(([name, own]) => hashed(own, object[name] ?? zeroOf(own)));
  }
  if (member.kind === "primitive") return identityOf(member, textOf(value));
  if (member.kind === "list") {
    const items = (value as readonly SdkValue[]).map((item) => hashed(member.element, item));
    return member.anyOrder ? items.map((item) => JSON.stringify(item)).sort() : items;
  }
  if (member.kind === "set") return [...(value as SdkSet).byCode.keys()].sort();
  return Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
}

function identityOf({ identity }: PrimitiveMember, text: string): string {
  if (identity === undefined || text === UNKNOWN) return text;
  return namedByOverlay(normalizers, "rule", identity)(text);
}

/** Whether two lists are equal. Those with sets inside never are to the SDK, which then compares their elements. */
export function areEqual(a: SdkValue, b: SdkValue): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a instanceof SdkSet || b instanceof SdkSet)
    return false;
  const [own, other] = [
    a as { readonly [name: string]: SdkValue },
    b as { readonly [name: string]: SdkValue },
  ];
  const names = Object.keys(own);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(other).length &&
    names.every((name) => other[name] !== undefined && areEqual(own[name]!, other[name]))
  );
}
