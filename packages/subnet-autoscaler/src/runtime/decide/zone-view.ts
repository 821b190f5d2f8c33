import { ADDRESSES_PER_PREFIX } from "@cluster-ipam/address-plan/cloud";

import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type AutoscalerConfig } from "../config/config";
import { fragmentation } from "../network/free-prefixes";
import { ROLE_TAG } from "../network/tags";
import { type Observation, type ObservedSubnet, type ObservedZone } from "../observe/observation";

/** What a zone has and needs, in /28 prefixes. */
export interface ZoneView extends ObservedZone {
  /** Available subnets that the CNI uses for pods, without those that drain. */
  readonly podSubnets: readonly ObservedSubnet[];
  /** Growth subnets that may be used, in every state. */
  readonly growthSubnets: readonly ObservedSubnet[];
  /** Growth subnets that the address plan drains, in every state. */
  readonly drainingSubnets: readonly ObservedSubnet[];
  /** Whether the address plan drains the zone: it gets no subnets. */
  readonly draining: boolean;
  readonly nodeSubnets: readonly ObservedSubnet[];
  /**
   * Prefixes that nodes can still get: free, aligned /28 blocks. Without prefix delegation, 16 free addresses count
   * as one.
   */
  readonly freePrefixes: number;
  /** Free addresses in the pod subnets. */
  readonly availableAddresses: number;
  /** 0 to 1, see {@link fragmentation}. */
  readonly fragmentation: number;
  /** Minutes until the free prefixes run out at the current rate; Infinity while nothing grows. */
  readonly minutesToExhaustion: number;
  /** Prefixes that should be free: the floor, or what the lead time uses. */
  readonly targetPrefixes: number;
}

/** Prefixes that nodes can still get from a subnet. */
export function usablePrefixesIn(subnet: ObservedSubnet, prefixDelegation: boolean): number {
  return prefixDelegation
    ? subnet.freePrefixes
    : Math.floor(subnet.availableAddresses / ADDRESSES_PER_PREFIX);
}

/** Summarizes a zone. */
export function zoneView(
  { subnets, cni }: Observation,
  zone: ObservedZone,
  { zones, growthPools, policy }: AutoscalerConfig,
): ZoneView {
  const draining = zones.some((configured) => configured.zone === zone.zone && configured.draining);
  const drainCidrs = [...(growthPools.drainCidrs ?? []), ...(growthPools.shared?.drainCidrs ?? [])].map(
    (cidr) => Prefix.parse(cidr),
  );
  const drains = ({ owned, cidr }: ObservedSubnet) =>
    owned && (draining || drainCidrs.some((block) => block.contains(Prefix.parse(cidr))));
  const inZone = subnets.filter((subnet) => subnet.zone === zone.zone);
  const podSubnets = inZone.filter(
    (subnet) => subnet.discoverable && subnet.state === "available" && !drains(subnet),
  );
  const free = podSubnets.reduce((sum, subnet) => sum + usablePrefixesIn(subnet, cni.prefixDelegation), 0);
  const available = podSubnets.reduce((sum, subnet) => sum + subnet.availableAddresses, 0);
  const rate = zone.prefixesPerMinute;
  return {
    ...zone,
    podSubnets,
    draining,
    growthSubnets: inZone.filter((subnet) => subnet.owned && !drains(subnet)),
    drainingSubnets: inZone.filter(drains),
    nodeSubnets: inZone.filter(({ tags }) => tags[ROLE_TAG] === "node"),
    freePrefixes: free,
    availableAddresses: available,
    fragmentation: cni.prefixDelegation ? fragmentation(free, available) : 0,
    minutesToExhaustion: rate > 0 ? free / rate : Infinity,
    targetPrefixes: Math.max(policy.floorPrefixes, Math.ceil(rate * policy.leadTimeMinutes)),
  };
}
