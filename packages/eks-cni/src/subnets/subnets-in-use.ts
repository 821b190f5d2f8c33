import { type EksClusterAddresses, type SubnetSet, type ZoneSubnet } from "@cluster-ipam/address-plan";

/** The subnets of all sets that the plan does not drain. */
export function inUse(sets: readonly SubnetSet[]): readonly ZoneSubnet[] {
  return sets.flatMap(({ subnets }) => subnets).filter(({ state }) => state !== "draining");
}

/**
 * The pod subnets that the CNI takes addresses from: with subnet discovery all that are in use, with custom networking one of
 * each zone, because an ENIConfig has one subnet: that of the named set, or else the first.
 */
export function podSubnetsInUse(
  { pods }: EksClusterAddresses,
  { customNetworking = false }: { readonly customNetworking?: boolean | { readonly podSubnets: string } },
): readonly ZoneSubnet[] {
  if (customNetworking === false) return inUse(pods);
  const preferred = customNetworking === true ? undefined : customNetworking.podSubnets;
  const all = inUse([
    ...pods.filter(({ name }) => name === preferred),
    ...pods.filter(({ name }) => name !== preferred),
  ]);
  return all.filter(({ zone }, index) => all.findIndex((subnet) => subnet.zone === zone) === index);
}
