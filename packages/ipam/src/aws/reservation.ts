import { type IpamPoolPlan, Prefix } from "@cluster-ipam/address-plan";

/** A block of a pool that something outside AWS uses. */
export interface Reservation {
  readonly cidr: Prefix;
  readonly owner: string;
}

/**
 * The custom allocations that keep reservations out of use. IPAM applies a pool's rules to them too: a block that is too
 * large becomes several, and one that is too small becomes the block around it, which no resource could get either.
 *
 * @param reservations blocks that do not overlap
 */
export function customAllocations(
  reservations: readonly Reservation[],
  rules: IpamPoolPlan["rules"],
): readonly Reservation[] {
  const { minNetmaskLength: min, maxNetmaskLength: max } = rules ?? {
    minNetmaskLength: 0,
    maxNetmaskLength: 32,
  };
  const allowed = reservations.flatMap(({ cidr, owner }) => {
    const blocks =
      cidr.length < min ? cidr.split(min) : [Prefix.ipv4At(Number(cidr.first), Math.min(cidr.length, max))];
    return blocks.map((block) => ({ cidr: block, owner }));
  });
  // Two blocks that are too small can be in one block that is large enough.
  return allowed.filter(
    ({ cidr }, index) => allowed.findIndex((other) => other.cidr.overlaps(cidr)) === index,
  );
}
