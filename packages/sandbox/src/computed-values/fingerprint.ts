import { createHash } from "node:crypto";
import { Dynamic, isList, isObject, unknown, type Value } from "@cluster-ipam/terraform-provider";

/** A seed for identifiers: the same seed always yields the same identifiers. */
export class Fingerprint {
  constructor(private readonly seed: string) {}

  /** `length` hexadecimal digits, distinct per `purpose`. */
  hex(length: number, purpose: string): string {
    let digits = "";
    for (let block = 0; digits.length < length; block++)
      digits += createHash("sha256").update(`${this.seed}\0${purpose}\0${block}`).digest("hex");
    return digits.slice(0, length);
  }

  /** `length` decimal digits without a leading zero. */
  digits(length: number, purpose: string): string {
    return String(BigInt(`0x${this.hex(length * 2, purpose)}`) % 9n ** BigInt(length)).padStart(length, "1");
  }
}

/** A value as canonical text: sorted keys, without unknown and null members. */
export function canonical(value: Value): string {
  if (value instanceof Dynamic) return canonical(value.value);
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return value === unknown ? "" : JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== unknown && value[key] !== null)
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`);
  return `{${members.join(",")}}`;
}
