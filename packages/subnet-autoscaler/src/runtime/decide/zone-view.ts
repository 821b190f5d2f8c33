import { type Policy } from "./config";
import { fragmentation, PREFIX_ADDRESSES } from "./free-prefixes";
import { type Observation, type ObservedSubnet, type ObservedZone } from "./observation";
import { ROLE_TAG } from "./tags";

/** What a zone has and needs, in /28 prefixes. */
export interface ZoneView extends ObservedZone {
  /** Subnets from which the CNI takes prefixes. */
  readonly podSubnets: readonly ObservedSubnet[];
  /** Subnets the autoscaler made, in every state. */
  readonly ownSubnets: readonly ObservedSubnet[];
  readonly nodeSubnets: readonly ObservedSubnet[];
  /** What nodes can still take: free aligned /28 blocks; without prefix delegation 16 free addresses count as one. */
  readonly freePrefixes: number;
  /** Free addresses in the pod subnets. */
  readonly availableAddresses: number;
  /** 0 to 1, see {@link fragmentation}. */
  readonly fragmentation: number;
  /** Minutes until the free prefixes are used up at the present rate; Infinity while nothing grows. */
  readonly minutesToExhaustion: number;
  /** Prefixes that should be free: the floor, or what the lead time uses up. */
  readonly wantedPrefixes: number;
}

/** What nodes can still take from a subnet, in /28 prefixes. */
export function usablePrefixesOf(subnet: ObservedSubnet, prefixDelegation: boolean): number {
  return prefixDelegation ? subnet.freePrefixes : Math.floor(subnet.availableAddresses / PREFIX_ADDRESSES);
}

/** Sums a zone up. */
export function zoneView({ subnets, cni }: Observation, zone: ObservedZone, policy: Policy): ZoneView {
  const here = subnets.filter((subnet) => subnet.zone === zone.zone);
  const podSubnets = here.filter((subnet) => subnet.discoverable && subnet.state === "available");
  const free = podSubnets.reduce((sum, subnet) => sum + usablePrefixesOf(subnet, cni.prefixDelegation), 0);
  const available = podSubnets.reduce((sum, subnet) => sum + subnet.availableAddresses, 0);
  const rate = zone.prefixesPerMinute;
  return {
    ...zone,
    podSubnets,
    ownSubnets: here.filter(({ owned }) => owned),
    nodeSubnets: here.filter(({ tags }) => tags[ROLE_TAG] === "node"),
    freePrefixes: free,
    availableAddresses: available,
    fragmentation: cni.prefixDelegation ? fragmentation(free, available) : 0,
    minutesToExhaustion: rate > 0 ? free / rate : Infinity,
    wantedPrefixes: Math.max(policy.floorPrefixes, Math.ceil(rate * policy.leadTimeMinutes)),
  };
}
