import { type IpamPoolPlan } from "@cluster-ipam/address-plan";

/**
 * The child pool that takes a pool's reservations out of it, where IPAM cannot hold them as allocations.
 *
 * EC2 takes AllocateIpamPoolCidr in the pool's locale only, so a pool without locale takes no allocation; but
 * provisioning a block to a child pool takes it out of the parent just as well. The child has no locale and is not
 * shared, so nothing can allocate from it.
 *
 * @returns undefined where the pool has no reservation or has a locale
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
