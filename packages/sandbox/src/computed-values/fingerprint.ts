import { createHash } from "node:crypto";
import { Dynamic, isList, isObject, unknown, type Value } from "@cluster-ipam/terraform-provider";

/** Text from which ids are derived: the same input always gives the same ids. */
export class Fingerprint {
  constructor(private readonly seed: string) {}

  /** `length` hexadecimal digits, different for every `purpose`. */
  hex(length: number, purpose: string): string {
    let digits = "";
    for (let block = 0; digits.length < length; block++)
      digits += createHash("sha256").update(`${this.seed}\0${purpose}\0${block}`).digest("hex");
    return digits.slice(0, length);
  }

  /** `length` decimal digits that do not start with zero. */
  digits(length: number, purpose: string): string {
    return String(BigInt(`0x${this.hex(length * 2, purpose)}`) % 9n ** BigInt(length)).padStart(length, "1");
  }
}

/** A value as text with sorted keys; unknown members are left out. */
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
