/** Netmask lengths of a VPC's CIDRs and of its subnets (VPC: "VPC CIDR blocks"). */
export const VPC_CIDR = { largest: 16, smallest: 28 } as const;

/** Reserved addresses of every subnet: the first four and the last (VPC: "Subnet sizing"). */
export const SUBNET_RESERVED_ADDRESSES = 5;

/**
 * Usable /28 prefixes of a subnet: the first and the last contain reserved addresses.
 *
 * @param length netmask length of the subnet, 16 to 28
 */
export function usablePrefixes(length: number): number {
  return Math.max(0, 2 ** (28 - length) - 2);
}
