import { AddressPlanError } from "../message/address-plan-error";
import { BITS, type Family, formatAddress, readIpv4, readIpv6 } from "./address-text";

/** The most blocks that one call lists; more would only fill the memory. */
export const MAX_LISTED_BLOCKS = 65_536;

const CANONICAL_IPV4 =
  /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\/(0|[1-9]\d?)$/;

/** An IPv4 or IPv6 prefix: a block of 2^(bits − length) addresses, aligned to its size. Immutable. */
export class Prefix {
  private constructor(
    /** 4 or 6. */
    readonly family: Family,
    // A plain number for IPv4: a fleet has 100,000 prefixes, and arithmetic on bigint makes garbage.
    private readonly start: number | bigint,
    /** Netmask length: 0 to 32 for IPv4, 0 to 128 for IPv6. */
    readonly length: number,
  ) {}

  /**
   * Reads a prefix strictly: no host bits, no leading zeros, no spaces, always a length.
   *
   * @param family the family the caller can use @default either
   * @throws AddressPlanError that suggests the right spelling
   */
  static parse(text: string, family?: Family): Prefix {
    const prefix = parseCanonicalIpv4(text) ?? parseSlowly(text);
    if (family !== undefined && prefix.family !== family)
      throw new AddressPlanError(
        text,
        `an IPv${prefix.family} prefix where an IPv${family} prefix is needed`,
      );
    return prefix;
  }

  /**
   * The IPv4 prefix at an address, which is rounded down to the prefix's alignment.
   *
   * @param address 0 to 2^32 − 1
   * @param length 0 to 32
   */
  static ipv4At(address: number, length: number): Prefix {
    const size = 2 ** (BITS[4] - length);
    return new Prefix(4, address - (address % size), length);
  }

  /** @throws AddressPlanError if the length is out of bounds or `first` has host bits */
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
        `host bits are set; write ${spelling(family, first, length)}`,
      );
    return new Prefix(family, family === 4 ? Number(first) : first, length);
  }

  /** The first address as a number. */
  get first(): bigint {
    return BigInt(this.start);
  }

  /** How many addresses the prefix holds. */
  get size(): bigint {
    return 1n << BigInt(BITS[this.family] - this.length);
  }

  /** The last address as a number. */
  get last(): bigint {
    return this.first + this.size - 1n;
  }

  /** Whether this IPv4 prefix begins with the address. */
  startsAt(address: number): boolean {
    return this.start === address;
  }

  /** Whether every address of `other` is in this prefix; false across families. */
  contains(other: Prefix): boolean {
    if (this.family !== other.family || this.length > other.length) return false;
    const host = BITS[this.family] - this.length;
    if (typeof this.start === "number" && typeof other.start === "number")
      return host === 32 || this.start >>> host === other.start >>> host;
    return this.first >> BigInt(host) === other.first >> BigInt(host);
  }

  /** Whether the two share an address; false across families. */
  overlaps(other: Prefix): boolean {
    return this.contains(other) || other.contains(this);
  }

  equals(other: Prefix): boolean {
    return this.family === other.family && this.length === other.length && this.start === other.start;
  }

  /** Order: IPv4 before IPv6, then by first address, then the larger block first. */
  compare(other: Prefix): number {
    if (this.family !== other.family) return this.family - other.family;
    if (this.start !== other.start) return this.start < other.start ? -1 : 1;
    return this.length - other.length;
  }

  /** What is left of this prefix without `other`: the fewest aligned blocks, in order. */
  subtract(other: Prefix): Prefix[] {
    if (other.contains(this)) return [];
    if (!this.contains(other)) return [this];
    const left: Prefix[] = [];
    for (let length = this.length + 1; length <= other.length; length++) {
      const bit = 1n << BigInt(BITS[this.family] - length);
      const sibling = ((other.first / bit) ^ 1n) * bit;
      left.push(Prefix.of(this.family, sibling, length));
    }
    return left.sort((a, b) => a.compare(b));
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
        `has ${count.toLocaleString("en-US")} blocks of /${length}; at most ${MAX_LISTED_BLOCKS.toLocaleString("en-US")} are listed: use /${this.length + 16} or shorter`,
      );
    return Array.from({ length: count }, (_, index) =>
      Prefix.of(this.family, this.first + BigInt(index) * step, length),
    );
  }

  /** Canonical form, for example `10.0.0.0/8` or (RFC 5952) `2001:db8::/32`. */
  toString(): string {
    return `${formatAddress(this.family, this.start)}/${this.length}`;
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

function parseSlowly(text: string): Prefix {
  const refuse = (message: string): never => {
    throw new AddressPlanError(JSON.stringify(text), message);
  };
  if (text.trim() === "") return refuse("an empty prefix; write one such as 10.0.0.0/8");
  if (/\s/.test(text)) return refuse(`spaces in a prefix; write ${text.replace(/\s+/g, "")}`);
  const [address = "", lengthText, ...rest] = text.split("/");
  if (rest.length > 0) return refuse("more than one '/'; write one such as 10.0.0.0/8");
  const family: Family = address.includes(":") ? 6 : 4;
  const read = family === 6 ? readIpv6(address) : readIpv4(address);
  const meant = "value" in read ? read.value : read.meant;
  const rightSpelling = (length: number): string =>
    meant !== undefined && Number.isInteger(length) && length <= BITS[family]
      ? `; write ${spelling(family, meant, length)}`
      : "";
  if ("problem" in read) return refuse(`${read.problem}${rightSpelling(Number(lengthText ?? BITS[family]))}`);
  if (lengthText === undefined || lengthText === "")
    return refuse(`no prefix length${rightSpelling(BITS[family])} for a single address`);
  if (!/^\d+$/.test(lengthText))
    return refuse(`"${lengthText}" is not a prefix length (0 to ${BITS[family]})`);
  const length = Number(lengthText);
  if (length > BITS[family])
    return refuse(`/${length} is longer than an IPv${family} prefix can be; use /0 to /${BITS[family]}`);
  if (lengthText !== String(length))
    return refuse(`a leading zero in the prefix length${rightSpelling(length)}`);
  return Prefix.of(family, read.value, length);
}

function spelling(family: Family, address: bigint, length: number): string {
  const host = BigInt(BITS[family] - length);
  return `${formatAddress(family, (address >> host) << host)}/${length}`;
}
