import { decode, encode, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { exactNumber } from "../value/exact-number";
import { type CtyType, Dynamic, isList, isObject, unknown, type Value } from "../value/value";

// cty's msgpack mapping: unknown is extension 0, a refined unknown extension 12; a dynamic value is
// the pair [type as JSON, value].
const codec = new ExtensionCodec();
codec.register({ type: 0, encode: () => null, decode: () => unknown });
codec.register({ type: 12, encode: () => null, decode: () => unknown });

const unknownOnWire = new ExtData(0, new Uint8Array([0]));

/** Decodes a value of the given type; no bytes decode to null. */
export function decodeValue(bytes: Uint8Array | undefined, type: CtyType): Value {
  if (!bytes || bytes.length === 0) return null;
  return typed(decode(bytes, { extensionCodec: codec, useBigInt64: true }) as Value, type);
}

/** Encodes a value; missing object attributes are written as null, as Terraform requires. */
export const encodeValue = (value: Value, type: CtyType): Uint8Array =>
  encode(onWire(value, type), { extensionCodec: codec });

function typed(value: Value, type: CtyType): Value {
  if (value === null || value === unknown) return value;
  if (type === "dynamic") {
    const [json, inner] = value as unknown as [Uint8Array, Value];
    const innerType = JSON.parse(Buffer.from(json).toString("utf8")) as CtyType;
    return new Dynamic(innerType, typed(inner, innerType));
  }
  if (type === "number") return numberFromWire(value as number | bigint | string);
  return mapParts(value, type, typed);
}

/** Long integers travel as such, as doubles, or as text. */
function numberFromWire(value: number | bigint | string): Value {
  if (typeof value === "number" && !Number.isSafeInteger(value))
    return Number.isInteger(value) ? BigInt(value).toString() : value;
  return exactNumber(String(value));
}

function onWire(value: Value, type: CtyType): unknown {
  if (value === null) return null;
  if (value === unknown) return unknownOnWire;
  if (type === "dynamic") {
    const { type: innerType, value: inner } = value as Dynamic;
    return [Buffer.from(JSON.stringify(innerType)), onWire(inner, innerType)];
  }
  return mapParts(value, type, onWire);
}

function mapParts<T>(value: Value, type: CtyType, visit: (part: Value, type: CtyType) => T): T {
  if (typeof type === "string") return value as T;
  const [kind, inner] = type;
  if (kind === "tuple" && isList(value)) return value.map((item, i) => visit(item, inner[i]!)) as T;
  if (kind === "object" && isObject(value))
    return Object.fromEntries(
      Object.entries(inner).map(([name, attribute]) => [name, visit(value[name] ?? null, attribute)]),
    ) as T;
  if (kind === "map" && isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, visit(item, inner as CtyType)]),
    ) as T;
  if (isList(value)) return value.map((item) => visit(item, inner as CtyType)) as T;
  throw new TypeError(`expected a ${kind}, got ${typeof value}`);
}
