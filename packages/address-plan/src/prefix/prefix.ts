import { AddressPlanError } from "../message/address-plan-error";
import { formatCount } from "../message/format-count";
import { BITS, type Family, formatAddress, formatPrefix, parseIpv4, parseIpv6 } from "./address-text";

/** The most blocks a single call returns, to bound memory. */
export const MAX_LISTED_BLOCKS = 65_536;

const CANONICAL_IPV4 =
  /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\/(0|[1-9]\d?)$/;

// A table, because an allocation asks for a million sizes, and `**` calls a function of the C library.
const IPV4_SIZES = Array.from({ length: BITS[4] + 1 }, (_, length) => 2 ** (BITS[4] - length));

/** The number of addresses of an IPv4 prefix. @param length netmask length: 0 to 32 */
export function addressesOf(length: number): number {
  return IPV4_SIZES[length]!;
}

/** An IPv4 or IPv6 prefix: a block of 2^(bits − length) addresses, aligned to its size. Immutable. */
export class Prefix {
  private constructor(
    /** 4 or 6. */
    readonly family: Family,
    // For IPv4 the 32 bits as a signed number: a fleet has 100,000 prefixes, and the engine boxes bigints and larger numbers.
    private readonly start: number | bigint,
    /** Netmask length: 0 to 32 for IPv4, 0 to 128 for IPv6. */
    readonly length: number,
  ) {}

  /**
   * Parses a prefix strictly: no host bits, no leading zeros, no spaces, and a length.
   *
   * @param family the family the caller requires @default either
   * @throws AddressPlanError with the canonical form, if the text is close to one
   */
  static parse(text: string, family?: Family): Prefix {
    const prefix = parseCanonicalIpv4(text) ?? parseOrExplain(text);
    if (family !== undefined && prefix.family !== family)
      throw new AddressPlanError(
        text,
        `is an IPv${prefix.family} prefix; an IPv${family} prefix is required`,
      );
    return prefix;
  }

  /**
   * The IPv4 prefix of the given length that contains an address.
   *
   * @param address 0 to 2^32 − 1
   * @param length 0 to 32
   */
  static ipv4At(address: number, length: number): Prefix {
    return new Prefix(4, length === 0 ? 0 : address & (-1 << (BITS[4] - length)), length);
  }

  /**
   * The prefix that starts at `first`.
   *
   * @throws AddressPlanError if the length is out of bounds or `first` has host bits
   */
  static of(family: Family, first: bigint, length: number): Prefix {
    const path = `${first}/${length}`;
    const bits = BITS[family];
    if (!Number.isInteger(length) || length < 0 || length > bits)
      throw new AddressPlanError(path, `the length of an IPv${family} prefix is 0 to ${bits}`);
    if (first < 0n || first >> BigInt(bits) !== 0n)
      throw new AddressPlanError(path, `an IPv${family} address has ${bits} bits`);
    if (BigInt.asUintN(bits - length, first) !== 0n)
      throw new AddressPlanError(
        `${formatAddress(family, first)}/${length}`,
        `host bits are set; write ${canonicalCidr(family, first, length)}`,
      );
    return new Prefix(family, family === 4 ? Number(first) | 0 : first, length);
  }

  /** The first address as a number. */
  get first(): bigint {
    return BigInt(typeof this.start === "number" ? this.start >>> 0 : this.start);
  }

  /** Number of addresses. */
  get size(): bigint {
    return 1n << BigInt(BITS[this.family] - this.length);
  }

  /** The last address as a number. */
  get last(): bigint {
    return this.first + this.size - 1n;
  }

  /** Whether the address is the first of this IPv4 prefix. */
  startsAt(address: number): boolean {
    return this.start === (address | 0);
  }

  /** The position of this IPv4 prefix in a block around it: the number of addresses before it. */
  offsetIn(block: Prefix): number {
    return ((this.start as number) - (block.start as number)) >>> 0;
  }

  /**
   * The part of this IPv4 prefix at a position.
   *
   * @param offset number of addresses before it
   * @param length netmask length of the part
   */
  partAt(offset: number, length: number): Prefix {
    return Prefix.ipv4At((this.start as number) + offset, length);
  }

  /** Whether every address of `other` is in this prefix. False across families. */
  contains(other: Prefix): boolean {
    if (this.family !== other.family || this.length > other.length) return false;
    const host = BITS[this.family] - this.length;
    if (typeof this.start === "number" && typeof other.start === "number")
      return host === 32 || this.start >>> host === other.start >>> host;
    return this.first >> BigInt(host) === other.first >> BigInt(host);
  }

  /** Whether the prefixes share an address. False across families. */
  overlaps(other: Prefix): boolean {
    return this.contains(other) || other.contains(this);
  }

  /** Whether both are the same prefix. */
  equals(other: Prefix): boolean {
    return this.family === other.family && this.length === other.length && this.start === other.start;
  }

  /** Sort order: IPv4 before IPv6, then by first address, then larger blocks first. */
  compare(other: Prefix): number {
    if (this.family !== other.family) return this.family - other.family;
    if (this.start === other.start) return this.length - other.length;
    if (typeof this.start === "number" && typeof other.start === "number")
      return this.start >>> 0 < other.start >>> 0 ? -1 : 1;
    return this.start < other.start ? -1 : 1;
  }

  /**
   * The IPv4 prefix of another netmask length that contains the first address of this one: the block around it, or its
   * first part.
   *
   * @param length 0 to 32
   */
  resized(length: number): Prefix {
    return Prefix.ipv4At(this.start as number, length);
  }

  /** This prefix without `other`, as the fewest aligned blocks, in order. */
  subtract(other: Prefix): Prefix[] {
    if (other.contains(this)) return [];
    if (!this.contains(other)) return [this];
    if (this.family === 4) return this.subtractIpv4(other);
    const left: Prefix[] = [];
    for (let length = this.length + 1; length <= other.length; length++) {
      const bit = 1n << BigInt(BITS[this.family] - length);
      const sibling = ((other.first / bit) ^ 1n) * bit;
      left.push(Prefix.of(this.family, sibling, length));
    }
    return left.sort((a, b) => a.compare(b));
  }

  /** Plain numbers: an allocation subtracts thousands of times. */
  private subtractIpv4(other: Prefix): Prefix[] {
    const [lower, upper]: [Prefix[], Prefix[]] = [[], []];
    const start = other.start as number;
    for (let length = this.length + 1; length <= other.length; length++) {
      const bit = 1 << (BITS[4] - length);
      const sibling = Prefix.ipv4At(start ^ bit, length);
      if ((start & bit) !== 0) lower.push(sibling);
      else upper.push(sibling);
    }
    return [...lower, ...upper.reverse()];
  }

  /**
   * All blocks of the given length, in order.
   *
   * @throws AddressPlanError if `length` is shorter than this prefix or there are more than 65,536 blocks
   */
  split(length: number): Prefix[] {
    const step = Prefix.of(this.family, 0n, length).size;
    if (length < this.length)
      throw new AddressPlanError(
        this.toString(),
        `cannot be split into /${length}, which is larger; use /${this.length} or longer`,
      );
    const count = 2 ** (length - this.length);
    if (count > MAX_LISTED_BLOCKS)
      throw new AddressPlanError(
        this.toString(),
        `has ${formatCount(count)} blocks of /${length}, and at most ${formatCount(MAX_LISTED_BLOCKS)} can be listed; use /${this.length + 16} or shorter`,
      );
    return Array.from({ length: count }, (_, index) =>
      Prefix.of(this.family, this.first + BigInt(index) * step, length),
    );
  }

  /** Canonical form, for example `10.0.0.0/8` or (RFC 5952) `2001:db8::/32`. */
  toString(): string {
    return formatPrefix(this.family, this.start, this.length);
  }
}

function parseCanonicalIpv4(text: string): Prefix | undefined {
  const match = CANONICAL_IPV4.exec(text);
  if (match === null) return undefined;
  const [a, b, c, d, length] = [+match[1]!, +match[2]!, +match[3]!, +match[4]!, +match[5]!];
  if (a > 255 || b > 255 || c > 255 || d > 255 || length > 32) return undefined;
  const address = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const prefix = Prefix.ipv4At(address, length);
  return prefix.startsAt(address) ? prefix : undefined;
}

function parseOrExplain(text: string): Prefix {
  const refuse = (message: string): never => {
    throw new AddressPlanError(JSON.stringify(text), message);
  };
  if (text.trim() === "") return refuse("is empty; write a prefix such as 10.0.0.0/8");
  if (/\s/.test(text)) return refuse(`contains spaces; write ${text.replace(/\s+/g, "")}`);
  const [address = "", lengthText, ...rest] = text.split("/");
  if (rest.length > 0) return refuse("has more than one '/'; write a prefix such as 10.0.0.0/8");
  const family: Family = address.includes(":") ? 6 : 4;
  const parsed = family === 6 ? parseIpv6(address) : parseIpv4(address);
  const intended = "value" in parsed ? parsed.value : parsed.intended;
  const fix = (length: number): string =>
    intended !== undefined && Number.isInteger(length) && length <= BITS[family]
      ? `; write ${canonicalCidr(family, intended, length)}`
      : "";
  if ("problem" in parsed) return refuse(`${parsed.problem}${fix(Number(lengthText ?? BITS[family]))}`);
  if (lengthText === undefined || lengthText === "")
    return refuse(`has no prefix length${fix(BITS[family])} for a single address`);
  if (!/^\d+$/.test(lengthText))
    return refuse(`"${lengthText}" is not a prefix length (0 to ${BITS[family]})`);
  const length = Number(lengthText);
  if (length > BITS[family])
    return refuse(`/${length} is too long for an IPv${family} prefix; use /0 to /${BITS[family]}`);
  if (lengthText !== String(length)) return refuse(`the prefix length has a leading zero${fix(length)}`);
  return Prefix.of(family, parsed.value, length);
}

function canonicalCidr(family: Family, address: bigint, length: number): string {
  const host = BigInt(BITS[family] - length);
  return `${formatAddress(family, (address >> host) << host)}/${length}`;
}
