import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { DRAWN_CIDR, usablePrefixes } from "@cluster-ipam/address-plan/cloud";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { DEFAULT_POLICY, type ScalingPolicy } from "../runtime/config/config";
import { type GrowthSpace } from "./growth-space";

/** Netmask length of the smallest subnet with usable /28 prefixes: AWS reserves addresses in the first and the last. */
export const SMALLEST_SUBNET = 26;

/** The scaling policy of a cluster for which nothing is set: the defaults, in proportion to what is planned for it. */
export function plannedPolicy(addresses: EksClusterAddresses, growth: GrowthSpace): ScalingPolicy {
  return {
    ...DEFAULT_POLICY,
    floorPrefixes: plannedFloor(addresses.pods.flatMap(({ subnets }) => subnets)),
    netmaskLengths: plannedLengths(subnetSpace(growth)[0]!, addresses.zones.length),
  };
}

/**
 * What subnets must fit in: the cluster's own growth CIDRs, or else the largest that it draws from the shared pool, or else
 * what drains. At least one prefix.
 */
export function subnetSpace({ inUse, draining, shared }: GrowthSpace): readonly Prefix[] {
  if (inUse.length > 0 || shared === undefined) return [...inUse, ...draining];
  return [...shared.inUse, ...draining, ...shared.draining].map((cidr) =>
    Prefix.ipv4At(Number(cidr.first), Math.max(DRAWN_CIDR.largest, cidr.length)),
  );
}

/** Keeps a small cluster from growing on day 0. */
function plannedFloor(subnets: readonly { readonly cidr: string }[]): number {
  const smallest = Math.max(...subnets.map(({ cidr }) => Prefix.parse(cidr).length));
  return Math.min(DEFAULT_POLICY.floorPrefixes, Math.max(1, Math.floor(usablePrefixes(smallest) / 4)));
}

/** Starts with small steps, so that the addresses reserved for a zone follow its need. */
function plannedLengths(growth: Prefix, zones: number): readonly number[] {
  const share = growth.length + Math.ceil(Math.log2(zones));
  const within = (length: number) => Math.min(SMALLEST_SUBNET, Math.max(16, length));
  return [...new Set([within(share + 3), within(share + 2)])];
}
