import { prefixReservations, SUBNET_RESERVED_ADDRESSES } from "@cluster-ipam/address-plan/cloud";
import { Prefix, summarize } from "@cluster-ipam/address-plan/prefix";

import { type Ec2, type Ec2Subnet } from "../cloud/ec2";
import { type FreePrefixes } from "../network/free-prefixes";
import { type ObservedSubnet } from "./observation";

/** What a subnet's CIDR reservations mean for the autoscaler. */
export type Reservations = Pick<
  ObservedSubnet,
  "reservedAddresses" | "foreignReservations" | "missingReservations"
>;

/** The reservations of a subnet that is not read. */
export const NO_RESERVATIONS: Reservations = {
  reservedAddresses: 0,
  foreignReservations: [],
  missingReservations: [],
};

/**
 * Reads the CIDR reservations of a subnet, and takes explicit ones from its free prefixes. What EC2 counts as available tells
 * whether there are none, or exactly the autoscaler's own, which saves one call per subnet.
 *
 * @param free the subnet's blocks, with what its interfaces use
 */
export async function reservationsOf(
  { id, cidr, availableAddresses }: Ec2Subnet,
  free: FreePrefixes,
  ec2: Ec2,
): Promise<Reservations> {
  const own = prefixReservations(Prefix.parse(cidr));
  if (availableAddresses >= free.unusedAddresses)
    return { ...NO_RESERVATIONS, missingReservations: own.map(String) };
  if (availableAddresses === free.unusedSingleAddresses && own.length > 0)
    return { ...NO_RESERVATIONS, reservedAddresses: free.unusedAddresses - free.unusedSingleAddresses };
  const reservations = await ec2.reservations(id);
  for (const { cidr: reserved, type } of reservations) if (type === "explicit") free.addReservation(reserved);
  const isOwn = (reserved: Prefix): boolean => own.some((block) => block.equals(reserved));
  const all = reservations.map((reservation) => Prefix.parse(reservation.cidr));
  const isFree = (block: Prefix): boolean => !all.some((reserved) => reserved.overlaps(block));
  return {
    reservedAddresses: Math.min(
      reservableAddresses(all, Prefix.parse(cidr)),
      Math.max(0, free.unusedAddresses - availableAddresses),
    ),
    foreignReservations: reservations
      .filter((reservation) => reservation.type === "explicit" || !isOwn(Prefix.parse(reservation.cidr)))
      .map((reservation) => reservation.cidr),
    missingReservations: own.filter(isFree).map(String),
  };
}

/** Addresses in CIDR reservations, without those that AWS reserves in every subnet. */
function reservableAddresses(reservations: readonly Prefix[], subnet: Prefix): number {
  const awsReserved = [
    Prefix.ipv4At(Number(subnet.first), 30),
    Prefix.ipv4At(Number(subnet.last), 32),
  ] as const;
  const inside = (prefixes: readonly Prefix[]) =>
    summarize(prefixes).reduce((sum, { size }) => sum + Number(size), 0);
  return inside([...reservations, ...awsReserved]) - SUBNET_RESERVED_ADDRESSES;
}
