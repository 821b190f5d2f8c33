import { Prefix, summarize } from "@cluster-ipam/address-plan/prefix";
import { type Transaction } from "../../../store/transaction";
import { addressesTaken, usedAddresses } from "../documents/network-interface";
import { type Subnet } from "../documents/subnet";
import { reservationsIn } from "../documents/subnet-cidr-reservation";

/** Source: Amazon VPC user guide, subnet sizing: the first four addresses and the last. */
const reservedAddresses = 5;

/** The reserved addresses of a subnet. */
const reservedIn = (cidr: Prefix): readonly Prefix[] => [
  Prefix.of(4, cidr.first, 30),
  Prefix.of(4, cidr.last, 32),
];

/** How many addresses of a subnet are free: not reserved, in no CIDR reservation, on no network interface. */
export function freeAddresses(transaction: Transaction, { SubnetId, CidrBlock }: Subnet): number {
  const cidr = Prefix.parse(CidrBlock, 4);
  const reservations = reservationsIn(transaction, SubnetId);
  if (reservations.length === 0)
    return Number(cidr.size) - reservedAddresses - usedAddresses(transaction, SubnetId).count;
  const set = reservations.map(({ Cidr }) => Prefix.parse(Cidr));
  const taken = [...reservedIn(cidr), ...set, ...addressesTaken(transaction, SubnetId)];
  const left = summarize(taken).reduce((free, { size }) => free - size, cidr.size);
  return Number(left);
}
