import { Prefix, summarise } from "@cluster-ipam/address-plan";
import { type Transaction } from "../../../store/transaction";
import { addressCounts, addressesTaken } from "./network-interface";
import { type Subnet } from "./subnet";
import { reservationsIn } from "./subnet-cidr-reservation";

/** Source: Amazon VPC user guide, subnet sizing: the first four addresses and the last. */
const reservedAddresses = 5;

/** What a subnet never gives away. */
const reservedIn = (cidr: Prefix): readonly Prefix[] => [
  Prefix.of(4, cidr.first, 30),
  Prefix.of(4, cidr.last, 32),
];

/** How many addresses are free in subnets, for one look at them. */
export class FreeAddresses {
  private counts: ReadonlyMap<string, number> | undefined;

  constructor(private readonly transaction: Transaction) {}

  /** The free addresses of a subnet: not reserved, in no CIDR reservation, on no network interface. */
  of({ SubnetId, CidrBlock }: Subnet): number {
    const cidr = Prefix.parse(CidrBlock, 4);
    const reservations = reservationsIn(this.transaction, SubnetId);
    if (reservations.length > 0) {
      const set = reservations.map(({ Cidr }) => Prefix.parse(Cidr));
      const taken = [...reservedIn(cidr), ...set, ...addressesTaken(this.transaction, SubnetId)];
      const left = summarise(taken).reduce((free, { size }) => free - size, cidr.size);
      return Number(left);
    }
    this.counts ??= addressCounts(this.transaction);
    return Number(cidr.size) - reservedAddresses - (this.counts.get(SubnetId) ?? 0);
  }
}
