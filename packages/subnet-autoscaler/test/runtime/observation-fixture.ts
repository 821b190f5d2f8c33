import {
  type AutoscalerConfig,
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type Observation,
  type ObservedSubnet,
} from "../../src/runtime";
import { cniFromRelease } from "../../src/runtime/network/cni";

/** Time of the observation, epoch milliseconds. */
export const NOW = Date.parse("2026-11-23T12:00:00Z");
/** A time before {@link NOW} as a tag value. */
export const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

/** The configuration of a cluster in two zones with a /18 of growth space. */
export function configOf(change: Partial<AutoscalerConfig> = {}): AutoscalerConfig {
  return {
    cluster: "prod",
    region: "eu-central-1",
    vpcId: "vpc-1",
    growthPools: { cidrs: ["100.64.64.0/18"] },
    zones: [{ zone: "a" }, { zone: "b" }],
    policy: { ...DEFAULT_POLICY, netmaskLengths: [22, 20] },
    quotas: DEFAULT_QUOTAS,
    mode: "act",
    metricNamespace: "SubnetAutoscaler",
    ...change,
  };
}

/** A current VPC CNI with prefix delegation. */
export const CNI = cniFromRelease("v1.23.1-eksbuild.1", {
  prefixDelegation: true,
  subnetDiscovery: true,
  customNetworking: false,
});

/** The planned pod subnet of a zone. */
export function podSubnet(
  zone: string,
  freePrefixes: number,
  change: Partial<ObservedSubnet> = {},
): ObservedSubnet {
  return {
    id: `subnet-pod-${zone}`,
    cidr: zone === "a" ? "100.64.0.0/22" : "100.64.4.0/22",
    zone,
    state: "available",
    tags: {
      "cluster-ipam/cluster": "prod",
      "cluster-ipam/role": "pod",
      "kubernetes.io/role/cni": "1",
    },
    availableAddresses: freePrefixes * 16,
    reservedAddresses: 0,
    foreignReservations: [],
    missingReservations: [],
    freePrefixes,
    interfaces: 10,
    owned: false,
    discoverable: true,
    wired: true,
    recorded: { state: "created" },
    ...change,
  };
}

/** A growth subnet that has been active and empty for a long time. */
export function growthSubnet(cidr: string, change: Partial<ObservedSubnet> = {}): ObservedSubnet {
  return podSubnet("a", 62, {
    id: `subnet-${cidr}`,
    cidr,
    availableAddresses: 1019,
    interfaces: 0,
    owned: true,
    tags: { "cluster-ipam/created-at": minutesAgo(9999), "cluster-ipam/empty-since": minutesAgo(9999) },
    recorded: { state: "active", since: NOW - 9999 * 60_000 },
    ...change,
  });
}

/** An observation of two zones. */
export function observationOf(
  subnets: readonly ObservedSubnet[],
  change: Partial<Observation> = {},
): Observation {
  const zone = (name: string) => ({
    zone: name,
    referenceSubnetId: `subnet-pod-${name}`,
    nodes: 3,
    fullNodes: 0,
    strandedNodes: [],
    lackingPrefixes: 0,
    usedPrefixes: 30,
    prefixesPerMinute: 0,
    expectedPrefixes: 0,
  });
  return {
    now: NOW,
    cni: CNI,
    subnets,
    zones: [zone("a"), zone("b")],
    vpcCidrs: [
      { associationId: "assoc-0", cidr: "10.0.0.0/20", state: "associated" },
      { associationId: "assoc-1", cidr: "100.64.0.0/18", state: "associated" },
      { associationId: "assoc-2", cidr: "100.64.64.0/18", state: "associated" },
    ],
    foreignCidrs: [],
    ...change,
  };
}
