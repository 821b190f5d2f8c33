import { type IpamPoolPlan } from "@cluster-ipam/address-plan";

/** Characters for owners in a description: a plan can have hundreds. */
const MOST_CHARACTERS = 160;

/**
 * Returns the child pool that has the reservations of a pool without a locale.
 *
 * AllocateIpamPoolCidr works only in a pool's locale, so a pool without one cannot have allocations. Provisioning a
 * block to a child pool also removes it from the parent's free space. The child has no locale and is not shared, so
 * nothing can allocate from it.
 *
 * @returns undefined if the pool has a locale or no reservation
 */
export function reservedPool(plan: IpamPoolPlan): IpamPoolPlan | undefined {
  if (plan.locale !== undefined || plan.reservations.length === 0) return undefined;
  const owners = [...new Set(plan.reservations.map(({ owner }) => owner))];
  return {
    key: `${plan.key}/reserved`,
    parent: plan.key,
    cidrs: plan.reservations.map(({ cidr }) => cidr),
    description: `lives elsewhere: ${listed(owners)}`,
    reservations: [],
  };
}

/** Names as many owners as fit into a description. */
function listed(owners: readonly string[]): string {
  const fitting = owners.filter(
    (_, index) => owners.slice(0, index + 1).join(", ").length <= MOST_CHARACTERS,
  );
  const others = owners.length - fitting.length;
  return [...fitting, ...(others > 0 ? [`${others} more`] : [])].join(", ");
}
