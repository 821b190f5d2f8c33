import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { cidrSlug } from "@cluster-ipam/blueprint-core";

/** A range in which the subnet autoscaler may make pod subnets. */
export interface GrowthRange {
  /** `growth`, `shared-growth-pods`, `attached-100-65-0-0-18`. It never changes. */
  readonly name: string;
  readonly cidr: string;
}

/**
 * The ranges in which the subnet autoscaler makes pod subnets: the cluster's growth, the growth pool that it shares, and the
 * CIDRs that it attaches. What must know all addresses of pods, such as a security group, knows these before they are used,
 * and as long as the plan drains them.
 */
export function growthRanges(
  { growth, sharedGrowth }: EksClusterAddresses,
  attachCidrs: readonly string[],
): readonly GrowthRange[] {
  const attached = attachCidrs.map((cidr) => ({ name: `attached-${cidrSlug(cidr)}`, cidr }));
  return [...growth, ...sharedGrowth, ...attached].map(({ name, cidr }) => ({ name, cidr }));
}
