import { ADDRESSES_PER_PREFIX, SUBNET_RESERVED_ADDRESSES } from "@cluster-ipam/address-plan/cloud";
import { type Ec2Subnet } from "./ec2";

/** The largest page of the EC2 Describe calls: a group should need one. */
const PAGE = 1000;
/** Maximum number of values of a filter. Source: EC2 API reference, "Filter". */
const FILTER_VALUES = 200;

/**
 * Divides subnets into groups whose interfaces fit in a page each, as far as that is known.
 *
 * @param known number of a subnet's interfaces when they were last read; undefined: estimated from its used addresses
 */
export function readingGroups(
  subnets: readonly Ec2Subnet[],
  known: (subnetId: string) => number | undefined,
): readonly (readonly Ec2Subnet[])[] {
  const groups: Ec2Subnet[][] = [];
  let interfaces = Infinity;
  for (const subnet of subnets) {
    const expected = known(subnet.id) ?? estimate(subnet);
    if (interfaces + expected > PAGE || groups.at(-1)!.length === FILTER_VALUES) {
      groups.push([]);
      interfaces = 0;
    }
    groups.at(-1)!.push(subnet);
    interfaces += expected;
  }
  return groups;
}

/** An interface of a pod subnet has an address of its own and at least one prefix. */
function estimate({ cidr, availableAddresses }: Ec2Subnet): number {
  return Math.ceil((addressesIn(cidr) - availableAddresses) / (ADDRESSES_PER_PREFIX + 1));
}

/** Addresses of a subnet that interfaces can have. */
export function addressesIn(cidr: string): number {
  return 2 ** (32 - Number(cidr.split("/")[1])) - SUBNET_RESERVED_ADDRESSES;
}
