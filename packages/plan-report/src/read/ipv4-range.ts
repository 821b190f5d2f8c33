/** An IPv4 range as numbers, both ends inclusive. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
}

/** Parses an IPv4 CIDR; undefined for anything else, such as an IPv6 CIDR or an unknown value. */
export function ipv4Range(cidr: unknown): Ipv4Range | undefined {
  if (typeof cidr !== "string") return undefined;
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || length > 32) return undefined;
  const size = 2 ** (32 - length);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

/** Number of addresses in a range. */
export const sizeOf = ({ first, last }: Ipv4Range) => last - first + 1;

/** Number of addresses in an IPv4 CIDR; 0 for anything else. */
export function addressCount(cidr: string): number {
  const range = ipv4Range(cidr);
  return range === undefined ? 0 : sizeOf(range);
}

/** An address in dotted decimal: `10.0.0.1`. */
export const ipv4Text = (address: number) =>
  [16777216, 65536, 256, 1].map((unit) => Math.floor(address / unit) % 256).join(".");

/** Whether `outer` contains all of `inner`. */
export const contains = (outer: Ipv4Range, inner: Ipv4Range) =>
  outer.first <= inner.first && inner.last <= outer.last;

/** Sort order by first address, then larger ranges first. */
export const byAddress = (a: Ipv4Range, b: Ipv4Range) => a.first - b.first || b.last - a.last;
