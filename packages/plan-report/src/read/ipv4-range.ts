/** The addresses of an IPv4 CIDR as numbers, both ends included. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
}

/** Reads an IPv4 CIDR; undefined for anything else: an IPv6 CIDR, a value that is not known yet. */
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

/** How many addresses a range holds. */
export const sizeOf = ({ first, last }: Ipv4Range) => last - first + 1;

/** How many addresses an IPv4 CIDR holds; 0 for anything else. */
export function addressesIn(cidr: string): number {
  const range = ipv4Range(cidr);
  return range === undefined ? 0 : sizeOf(range);
}

/** The address as text: `10.0.0.1`. */
export const ipv4Text = (address: number) =>
  [16777216, 65536, 256, 1].map((unit) => Math.floor(address / unit) % 256).join(".");

/** Whether all of `inner` is in `outer`. */
export const holds = (outer: Ipv4Range, inner: Ipv4Range) =>
  outer.first <= inner.first && inner.last <= outer.last;

/** Sorts ranges by their first address, the larger one first. */
export const byAddress = (a: Ipv4Range, b: Ipv4Range) => a.first - b.first || b.last - a.last;
