import { exactNumber } from "../value/exact-number";
import { type CtyType, Dynamic, isList, isObject, unknown, type Value } from "../value/value";
import { MsgpackReader } from "./msgpack-reader";
import { MsgpackWriter } from "./msgpack-writer";

// cty's msgpack mapping: unknown is extension 0, a refined unknown extension 12; a dynamic value is
// the pair [type as JSON, value].
const UNKNOWN = [0, 12];
const UNKNOWN_BYTES = Buffer.from([0xd4, 0, 0]);

/** Decodes a value of the given type; no bytes decode to null. @throws TypeError if it has another type */
export function decodeValue(bytes: Uint8Array | undefined, type: CtyType): Value {
  if (!bytes || bytes.length === 0) return null;
  const reader = new MsgpackReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const value = read(reader, type);
  if (!reader.isAtEnd) throw new TypeError("expected one value in MessagePack, got more");
  return value;
}

/** Encodes a value; missing object attributes are written as null, as Terraform requires. */
export function encodeValue(value: Value, type: CtyType): Uint8Array {
  const writer = new MsgpackWriter();
  write(writer, value, type);
  return writer.finish();
}

function read(reader: MsgpackReader, type: CtyType): Value {
  if (reader.nil()) return null;
  const extension = reader.extension();
  if (extension !== undefined) {
    if (!UNKNOWN.includes(extension)) throw new TypeError(`unknown extension ${extension} in MessagePack`);
    return unknown;
  }
  if (type === "string") return reader.string();
  if (type === "bool") return reader.bool();
  if (type === "number") return numberFromWire(reader.number());
  if (type === "dynamic") {
    reader.array();
    const innerType = JSON.parse(reader.binary().toString("utf8")) as CtyType;
    return new Dynamic(innerType, read(reader, innerType));
  }
  const [kind, inner] = type;
  if (kind === "object") return readObject(reader, inner);
  if (kind === "tuple") {
    reader.array();
    return inner.map((item) => read(reader, item));
  }
  if (kind === "map")
    return Object.fromEntries(times(reader.map(), () => [reader.string(), read(reader, inner)] as const));
  return times(reader.array(), () => read(reader, inner));
}

/** Most members of most objects are null: only the others are set, in a copy of an object of nulls. */
function readObject(reader: MsgpackReader, members: ObjectMembers): Value {
  const value: Record<string, Value> = { ...factsOf(members).nulls };
  for (let left = reader.map(); left > 0; left--) {
    const name = reader.string();
    const type = members[name];
    if (type === undefined) throw new TypeError(`expected no member ${name} in MessagePack`);
    if (!reader.nil()) value[name] = read(reader, type);
  }
  return value;
}

function times<Item>(count: number, item: () => Item): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < count; at++) items.push(item());
  return items;
}

/** Long integers travel as such, as doubles, or as text. */
function numberFromWire(value: number | bigint | string): Value {
  if (typeof value !== "number") return exactNumber(String(value));
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value).toString() : value;
}

function write(writer: MsgpackWriter, value: Value, type: CtyType): void {
  if (value === null) return writer.nil();
  if (value === unknown) return writer.raw(UNKNOWN_BYTES);
  if (value instanceof Dynamic) return writeDynamic(writer, value);
  if (typeof value === "string") return writer.string(value);
  if (typeof value === "number") return writer.number(value);
  if (typeof value === "boolean") return writer.bool(value);
  const [kind, inner] = type as Exclude<CtyType, string>;
  if (kind === "object" && isObject(value)) {
    writer.raw(factsOf(inner).head);
    for (const { name, key, type: own } of factsOf(inner).members) {
      writer.raw(key);
      write(writer, value[name] ?? null, own);
    }
  } else if (kind === "map" && isObject(value)) {
    const entries = Object.entries(value);
    writer.map(entries.length);
    for (const [key, item] of entries) {
      writer.string(key);
      write(writer, item, inner);
    }
  } else if (kind !== "object" && kind !== "map" && isList(value)) {
    writer.array(value.length);
    value.forEach((item, index) => write(writer, item, kind === "tuple" ? inner[index]! : inner));
  } else throw new TypeError(`expected a ${kind}, got ${typeof value}`);
}

function writeDynamic(writer: MsgpackWriter, { type, value }: Dynamic): void {
  writer.array(2);
  writer.binary(Buffer.from(JSON.stringify(type)));
  write(writer, value, type);
}

type ObjectMembers = { readonly [name: string]: CtyType };

/** What is the same for all values of an object type. */
interface ObjectFacts {
  /** All members, null. */
  readonly nulls: { readonly [name: string]: null };
  /** The map's head. */
  readonly head: Buffer;
  /** With their names as they are written. */
  readonly members: readonly { readonly name: string; readonly key: Buffer; readonly type: CtyType }[];
}

const known = new WeakMap<ObjectMembers, ObjectFacts>();

function factsOf(members: ObjectMembers): ObjectFacts {
  let facts = known.get(members);
  if (facts === undefined) {
    const named = Object.entries(members);
    facts = {
      nulls: Object.fromEntries(named.map(([name]) => [name, null])),
      head: written((writer) => writer.map(named.length)),
      members: named.map(([name, type]) => ({ name, key: written((writer) => writer.string(name)), type })),
    };
    known.set(members, facts);
  }
  return facts;
}

function written(write: (writer: MsgpackWriter) => void): Buffer {
  const writer = new MsgpackWriter();
  write(writer);
  return writer.finish();
}
