import { addressesOf, Prefix } from "../prefix/prefix";

/** Netmask lengths of a VPC's CIDRs and of its subnets (VPC: "VPC CIDR blocks"). */
export const VPC_CIDR = { largest: 16, smallest: 28 } as const;

/** Reserved addresses of every subnet: the first four and the last (VPC: "Subnet sizing"). */
export const SUBNET_RESERVED_ADDRESSES = 5;

/** Splits a CIDR larger than /16 into /16s, because a VPC takes CIDRs of /16 to /28. */
export function vpcSizedBlocks(cidr: string): readonly string[] {
  const prefix = Prefix.parse(cidr);
  return prefix.length >= VPC_CIDR.largest ? [cidr] : Array.from(prefix.split(VPC_CIDR.largest), String);
}

/**
 * Usable /28 prefixes of a subnet: the first and the last contain reserved addresses.
 *
 * @param length netmask length of the subnet, 16 to 28
 */
export function usablePrefixes(length: number): number {
  return Math.max(0, addressesOf(length) / addressesOf(28) - 2);
}

/**
 * Netmask lengths of a CIDR that a cluster draws from a shared growth pool: a smaller one has no room for a subnet with usable
 * /28 prefixes, and one cluster must not take all the space at once.
 */
export const DRAWN_CIDR = { largest: 20, smallest: 26 } as const;

/** Share of a pod subnet, at its start, that is left for single addresses: those of the interfaces themselves. */
const SINGLE_ADDRESSES = 1 / 16;

/**
 * The CIDR reservations, of type `prefix`, of a pod subnet with prefix delegation. EC2 puts single addresses anywhere, and one
 * is enough to break a /28; reservations keep them in the first sixteenth of the subnet, which has room for an interface
 * per /28. Four CIDRs reserve the rest, whatever the size; fewer in a subnet of less than sixteen blocks.
 *
 * What the plan promises stays true. Of a subnet with b blocks it promises p prefixes, at least 2, and i interfaces, with
 * p + i ≤ b − 2, because an interface costs a block at most ({@link usablePrefixes}). The interfaces fit: the first sixteenth
 * has b − 4 free addresses. So do the prefixes: the reservations hold b − b/16 − 1, and EC2 takes the rest, at most
 * b/16 − 1 − i, from the blocks of the first sixteenth that the interfaces leave whole. That holds for every number of nodes,
 * so a change of demand changes no reservation. EC2 accepts a reservation over addresses in use, and does not assign them
 * again once they are released (EKS user guide, "Increase the available IP addresses for your Amazon EKS node").
 *
 * @param subnet CIDR of the subnet, /16 to /28
 */
export function prefixReservations(subnet: Prefix): readonly Prefix[] {
  const blocks = 2 ** (28 - subnet.length);
  const reservations: Prefix[] = [];
  for (let block = singleAddressBlocks(subnet.length); block < blocks; block *= 2)
    reservations.push(Prefix.ipv4At(Number(subnet.first) + block * 16, 28 - Math.log2(block)));
  return reservations;
}

/**
 * Usable /28 prefixes of a subnet with {@link prefixReservations}.
 *
 * @param length netmask length of the subnet, 16 to 28
 */
export function reservedPrefixes(length: number): number {
  return Math.max(0, 2 ** (28 - length) - singleAddressBlocks(length) - 1);
}

/** The /28 blocks at the start of a subnet that no reservation covers. */
function singleAddressBlocks(length: number): number {
  return Math.max(1, 2 ** (28 - length) * SINGLE_ADDRESSES);
}

const [TEN, SIXTEEN, HOME, BENCHMARK, LINK_LOCAL] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.19.0.0/16",
  "169.254.0.0/16",
].map((cidr) => Prefix.parse(cidr)) as [Prefix, Prefix, Prefix, Prefix, Prefix];

/** Ranges that a VPC accepts only if its primary CIDR is of the same range. */
const OWN_RANGE_ONLY = [TEN, SIXTEEN, HOME, BENCHMARK];

/** Part of a range that a VPC does not accept, if its primary CIDR is in `primary`. */
const CARVED_OUT = [
  { primary: Prefix.parse("10.0.0.0/15"), additional: Prefix.parse("10.0.0.0/16") },
  { primary: SIXTEEN, additional: Prefix.parse("172.31.0.0/16") },
];

/**
 * Says why AWS rejects an additional CIDR of a VPC (Amazon VPC user guide, "IPv4 CIDR block association restrictions").
 *
 * @param primary the VPC's primary CIDR, /16 or longer
 * @param additional a CIDR that does not overlap it, /16 or longer
 * @returns the rule in words, or undefined if AWS accepts the CIDR
 */
export function vpcCidrConflict(primary: Prefix, additional: Prefix): string | undefined {
  if (LINK_LOCAL.overlaps(additional)) return `AWS reserves ${LINK_LOCAL}, so a VPC cannot have CIDRs in it`;
  const own = ownRange(primary);
  const other = ownRange(additional);
  if (other !== undefined && other !== own)
    return `a VPC with a primary CIDR ${own === undefined ? "outside the private ranges" : `in ${own}`} accepts no CIDR in ${other}`;
  for (const rule of CARVED_OUT)
    if (rule.primary.overlaps(primary) && rule.additional.overlaps(additional))
      return `a VPC with a primary CIDR in ${rule.primary} accepts no CIDR in ${rule.additional}`;
  return undefined;
}

function ownRange(cidr: Prefix): Prefix | undefined {
  for (const range of OWN_RANGE_ONLY) if (range.overlaps(cidr)) return range;
  return undefined;
}
