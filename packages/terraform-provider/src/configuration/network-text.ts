import { isIP } from "node:net";

/** An IP network written as `address/length`. */
export interface NetworkText {
  readonly family: 4 | 6;
  readonly address: bigint;
  readonly length: number;
}

const bits = { 4: 32, 6: 128 } as const;

/** Parses `10.0.0.0/16` or `2001:db8::/56`; host bits may be set. @returns undefined for anything else */
export function parseNetwork(text: string): NetworkText | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const family = isIP(address) as 0 | 4 | 6;
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > bits[family])
    return undefined;
  return { family, address: family === 4 ? parse4(address) : parse6(address), length: Number(length) };
}

/** The network with its host bits cleared. */
export function networkOf({ family, address, length }: NetworkText): NetworkText {
  const hostBits = BigInt(bits[family] - length);
  return { family, address: (address >> hostBits) << hostBits, length };
}

/** Whether `outer` contains `inner`. */
export const holds = (outer: NetworkText, inner: NetworkText): boolean =>
  outer.family === inner.family &&
  outer.length <= inner.length &&
  networkOf({ ...inner, length: outer.length }).address === networkOf(outer).address;

/** The network in canonical notation. */
export const networkText = ({ family, address, length }: NetworkText): string =>
  `${family === 4 ? text4(address) : text6(address)}/${length}`;

const parse4 = (address: string): bigint =>
  address.split(".").reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);

const text4 = (address: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");

function parse6(address: string): bigint {
  // An IPv4 tail (::ffff:10.0.0.1) is the last two groups.
  const plain = address.replace(/[\d.]+$/, (tail) =>
    tail.includes(".")
      ? parse4(tail)
          .toString(16)
          .padStart(8, "0")
          .replace(/(....)$/, ":$1")
      : tail,
  );
  const [head = "", tail = ""] = plain.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = plain.includes("::")
    ? [...groups(head), ...Array<string>(missing).fill("0"), ...groups(tail)]
    : groups(plain);
  return all.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function text6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

/** Whether two texts are the same network in any spelling. */
export function isSameNetwork(a: string, b: string): boolean {
  const [own, other] = [parseNetwork(a), parseNetwork(b)];
  return own !== undefined && other !== undefined && networkText(own) === networkText(other);
}
