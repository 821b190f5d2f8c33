import { type IpamPoolPlan } from "@cluster-ipam/address-plan";

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
    description: `lives elsewhere: ${owners.join(", ")}`,
    reservations: [],
  };
}
