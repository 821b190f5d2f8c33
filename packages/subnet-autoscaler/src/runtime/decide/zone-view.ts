import { ADDRESSES_PER_PREFIX } from "@cluster-ipam/address-plan/cloud";

import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type AutoscalerConfig } from "../config/config";
import { fragmentation } from "../network/free-prefixes";
import { ROLE_TAG } from "../network/tags";
import { type Observation, type ObservedSubnet, type ObservedZone } from "../observe/observation";
import { mergingCidrs } from "./merging";

/** What a zone has and needs, in /28 prefixes. */
export interface ZoneView extends ObservedZone {
  /** Available subnets that the CNI uses for pods, without those that drain. */
  readonly podSubnets: readonly ObservedSubnet[];
  /** Growth subnets that may be used, in every state. */
  readonly growthSubnets: readonly ObservedSubnet[];
  /** Growth subnets that the address plan drains or that are merged into larger CIDRs, in every state. */
  readonly drainingSubnets: readonly ObservedSubnet[];
  /** The part of `drainingSubnets` that is merged into larger CIDRs. */
  readonly mergingSubnets: readonly ObservedSubnet[];
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
  /** Minutes until the free prefixes run out at the current rate; 0 when there are none, Infinity while nothing grows. */
  readonly minutesToExhaustion: number;
  /** Prefixes that should be free: the floor, or what the lead time uses; and what nodes lack already. */
  readonly targetPrefixes: number;
}

/** Prefixes that nodes can still get from a subnet. */
export function usablePrefixesIn(subnet: ObservedSubnet, prefixDelegation: boolean): number {
  return prefixDelegation
    ? subnet.freePrefixes
    : Math.floor(subnet.availableAddresses / ADDRESSES_PER_PREFIX);
}

/** Summarizes a zone. */
export function zoneView(observation: Observation, zone: ObservedZone, config: AutoscalerConfig): ZoneView {
  const { subnets, cni } = observation;
  const { zones, growthPools, policy } = config;
  const draining = zones.some((configured) => configured.zone === zone.zone && configured.draining === true);
  const parse = (cidrs: readonly string[] = []) => cidrs.map((cidr) => Prefix.parse(cidr));
  const drainCidrs = [...parse(growthPools.drainCidrs), ...parse(growthPools.shared?.drainCidrs)];
  const merging = parse(mergingCidrs(config, observation));
  const isIn = (blocks: readonly Prefix[], { cidr }: ObservedSubnet) =>
    blocks.some((block) => block.contains(Prefix.parse(cidr)));
  const isPlanned = (subnet: ObservedSubnet) => draining || isIn(drainCidrs, subnet);
  const drains = (subnet: ObservedSubnet) => subnet.owned && (isPlanned(subnet) || isIn(merging, subnet));
  const inZone = subnets.filter((subnet) => subnet.zone === zone.zone);
  const podSubnets = inZone.filter(
    (subnet) => subnet.discoverable && subnet.state === "available" && !drains(subnet),
  );
  const free = podSubnets.reduce((sum, subnet) => sum + usablePrefixesIn(subnet, cni.prefixDelegation), 0);
  const available = podSubnets.reduce(
    (sum, { availableAddresses, reservedAddresses }) => sum + availableAddresses + reservedAddresses,
    0,
  );
  const rate = zone.prefixesPerMinute;
  const isExhausted = free === 0 && podSubnets.length > 0;
  return {
    ...zone,
    podSubnets,
    draining,
    growthSubnets: inZone.filter((subnet) => subnet.owned && !drains(subnet)),
    drainingSubnets: inZone.filter(drains),
    mergingSubnets: inZone.filter((subnet) => drains(subnet) && !isPlanned(subnet)),
    nodeSubnets: inZone.filter(({ tags }) => tags[ROLE_TAG] === "node"),
    freePrefixes: free,
    availableAddresses: available,
    fragmentation: cni.prefixDelegation ? fragmentation(free, available) : 0,
    minutesToExhaustion: isExhausted ? 0 : rate > 0 ? free / rate : Infinity,
    targetPrefixes: Math.max(policy.floorPrefixes, Math.ceil(zone.expectedPrefixes)) + zone.lackingPrefixes,
  };
}
