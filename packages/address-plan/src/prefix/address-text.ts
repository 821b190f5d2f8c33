/** Address family: IPv4 or IPv6. */
export type Family = 4 | 6;

/** Bits in an address. */
export const BITS: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };

/** A parsed address, or why it does not parse. */
export type ParsedAddress =
  | { readonly value: bigint }
  | { readonly problem: string; /** The address that was probably intended. */ readonly intended?: bigint };

/** Parses a dotted IPv4 address: four decimal octets without leading zeros. */
export function parseIpv4(text: string): ParsedAddress {
  const octets = text.split(".");
  const malformed = octets.find((octet) => !/^\d+$/.test(octet));
  if (malformed !== undefined) return { problem: `"${malformed}" is not an octet (0 to 255)` };
  const large = octets.find((octet) => Number(octet) > 255);
  if (large !== undefined) return { problem: `"${large}" is not an octet (0 to 255)` };
  if (octets.length > 4) return { problem: "an IPv4 address has 4 octets" };
  const value = octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  if (octets.length < 4)
    return { problem: "an IPv4 address has 4 octets", intended: value << BigInt(8 * (4 - octets.length)) };
  if (octets.some((octet) => octet.length > 1 && octet.startsWith("0")))
    return { problem: "octets have no leading zeros (some programs read them as octal)", intended: value };
  return { value };
}

/** Parses an IPv6 address in any form of RFC 4291 except those with a dotted part or a zone index. */
export function parseIpv6(text: string): ParsedAddress {
  if (text.includes("%")) return { problem: "a prefix has no zone index" };
  const dotted = /^(.*:)(\d+(?:\.\d+){3})$/.exec(text);
  if (dotted) {
    const tail = parseIpv4(dotted[2]!);
    const head = "value" in tail ? parseIpv6(`${dotted[1]}${hexGroups(tail.value, 2).join(":")}`) : tail;
    return {
      problem: "dotted IPv6 notation is not supported",
      ...("value" in head && { intended: head.value }),
    };
  }
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const groups = halves.flat();
  const malformed = groups.find((group) => !/^[0-9a-fA-F]{1,4}$/.test(group));
  if (malformed !== undefined) return { problem: `"${malformed}" is not a group of up to 4 hex digits` };
  if (halves.length > 2) return { problem: "'::' may appear only once" };
  if (halves.length === 1 && groups.length !== 8)
    return { problem: `an IPv6 address has 8 groups, not ${groups.length}` };
  if (halves.length === 2 && groups.length > 7)
    return { problem: "'::' replaces at least one group, so at most 7 others may appear" };
  const [head = [], tail = []] = halves;
  const all = [...head, ...Array<string>(8 - groups.length).fill("0"), ...tail];
  return { value: BigInt(`0x${all.map((group) => group.padStart(4, "0")).join("")}`) };
}

function hexGroups(value: bigint, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    ((value >> BigInt(16 * (count - 1 - index))) & 0xffffn).toString(16),
  );
}

/** The canonical text of an address: dotted for IPv4, RFC 5952 for IPv6. */
export function formatAddress(family: Family, value: bigint | number): string {
  if (family === 4) {
    const bits = Number(value);
    return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
  }
  const groups = hexGroups(BigInt(value), 8);
  let longest = { start: 0, count: 0 };
  for (let start = 0; start < 8; start++) {
    let count = 0;
    while (groups[start + count] === "0") count++;
    if (count > longest.count) longest = { start, count };
  }
  if (longest.count < 2) return groups.join(":");
  const head = groups.slice(0, longest.start).join(":");
  const tail = groups.slice(longest.start + longest.count).join(":");
  return `${head}::${tail}`;
}

/** The octets with the dot after them. */
const OCTETS = Array.from({ length: 256 }, (_, octet) => `${octet}.`);

/** The canonical text of a prefix. */
export function formatPrefix(family: Family, start: bigint | number, length: number): string {
  if (family === 6) return `${formatAddress(family, start)}/${length}`;
  // In few pieces, the short ones first: a fleet has 100,000 prefixes, and each piece of a text is garbage.
  const bits = Number(start);
  const network = OCTETS[bits >>> 24]! + OCTETS[(bits >>> 16) & 255]! + OCTETS[(bits >>> 8) & 255]!;
  return network + `${bits & 255}/${length}`;
}
