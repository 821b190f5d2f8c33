import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import {
  GkeClusterStack,
  type GkeClusterStackProps,
  type GkeIpamOptions,
  type GkeNetworkContract,
  GkeNetworkStack,
  type GkeNetworkStackProps,
  type NodePoolOptions,
} from "@cluster-ipam/gke";
import { composeDev, devSettings } from "../../../apps/dev/src/dev";
import { readEnvironment } from "../../../apps/dev/src/environment";
import { composeProd, prodSettings } from "../../../apps/prod/src/prod";
import { readEnvironment as readProd } from "../../../apps/prod/src/environment";
import { addresses, app, type Misconfigurations } from "./misconfiguration";

const search = addresses.gke("prod-search");
const auto = { mode: "auto", acceptPreview: true } as const;
const general: NodePoolOptions = {
  name: "general",
  machineType: "n2-standard-8",
  size: { min: 3, max: 60 },
  maxPodsPerNode: 64,
};

/** prod's network with some props replaced. */
export const network = (props: Partial<GkeNetworkStackProps>): GkeNetworkContract =>
  new GkeNetworkStack(app(), "prod-search-network", {
    addresses: search,
    project: "example-prod",
    ipam: { mode: "planned" },
    version: "1.33",
    ...props,
  }).contract;

/** prod's cluster with some props replaced, on a network whose contract may be changed. */
export const cluster = (
  props: Partial<GkeClusterStackProps>,
  contract: Partial<GkeNetworkContract> = {},
  ipam: GkeIpamOptions = { mode: "planned" },
): GkeClusterStack =>
  new GkeClusterStack(app(), "prod-search", {
    network: { ...network({ ipam }), ...contract },
    releaseChannel: "STABLE",
    nodePools: [general],
    ...props,
  });

const pool = (change: Partial<NodePoolOptions>, ipam?: GkeIpamOptions) =>
  cluster({ nodePools: [{ ...general, ...change }] }, {}, ipam);
const planned = (change: Partial<GkeClusterAddresses>) => network({ addresses: { ...search, ...change } });
const draining = { state: "draining" } as const;
const drainingGrowth = search.growth.map((block) => ({ ...block, ...draining }));
const podRange = (index: number) => ({ name: `p${index}`, rangeName: `p${index}`, cidr: search.pods });

/** Mistakes in a GKE network. */
export const wrongGkeNetworks: Misconfigurations = {
  "a routes-based cluster": {
    trap: "gke",
    wrong: () => network({ ipam: { mode: "routes" } as unknown as GkeIpamOptions }),
    error: { path: "prod-search-network/network", value: '"routes"', fix: 'use "auto" or "planned"' },
  },
  "Auto IPAM without accepting Preview": {
    trap: "gke",
    wrong: () => network({ ipam: { mode: "auto" } as unknown as GkeIpamOptions }),
    error: { path: "prod-search-network/network", value: '"auto"', fix: "set acceptPreview: true" },
  },
  "Auto IPAM before GKE 1.33": {
    trap: "gke",
    wrong: () => composeDev(app(), addresses, readEnvironment({}), { ...devSettings, gkeVersion: "1.32" }),
    error: {
      path: "dev-search-network/network",
      value: "version is 1.32",
      fix: 'use version "1.33" or later',
    },
  },
  "Auto IPAM with a provider that does not support it": {
    trap: "gke",
    wrong: () => network({ ipam: auto, googleVersion: "7.3.0" }),
    error: { path: "prod-search-network/network", value: "7.3.0 is pinned", fix: "pin 7.4.0 or later" },
  },
  "Auto IPAM and a named pod range": {
    trap: "gke",
    wrong: () => network({ ipam: auto, podRanges: [{ name: "batch", cidr: "10.128.0.0/18" }] }),
    error: { path: "prod-search-network/network", value: '"prod-search-batch"', fix: 'use mode: "planned"' },
  },
  "Auto IPAM and an extra subnet": {
    trap: "gke",
    wrong: () =>
      network({
        ipam: auto,
        extraSubnets: [{ name: "gpu", nodes: "10.128.0.0/24", pods: "10.128.64.0/18" }],
      }),
    error: { path: "prod-search-network/network", value: '"gpu"', fix: 'use mode: "planned"' },
  },
  "Auto IPAM with IPv6": {
    trap: "gke",
    wrong: () => network({ ipam: auto, dualStack: true }),
    error: { path: "prod-search-network/network", value: "dual-stack", fix: 'unverified: ["dual-stack"]' },
  },
  "a pod range in another cluster's space": {
    trap: "gke",
    wrong: () => network({ podRanges: [{ name: "batch", cidr: "10.144.4.0/22" }] }),
    error: {
      path: "prod-search-network/network",
      value: '"batch" 10.144.4.0/22',
      fix: "use a block inside it",
    },
  },
  "nine extra subnets": {
    trap: "gke",
    wrong: () =>
      network({
        extraSubnets: Array.from({ length: 9 }, (_, i) => ({
          name: `s${i}`,
          nodes: `10.128.${i}.0/24`,
          pods: `10.128.${16 + i}.0/24`,
        })),
      }),
    error: { path: "prod-search-network/network", value: "9 extra subnets", fix: "use larger subnets" },
  },
  "a pod range in growth space that is draining": {
    trap: "gke",
    wrong: () =>
      network({
        addresses: { ...search, growth: drainingGrowth },
        podRanges: [{ name: "batch", cidr: "10.128.0.0/18" }],
      }),
    error: {
      path: "prod-search-network/network",
      value: '"batch" 10.128.0.0/18 is in growth 10.128.0.0/17',
      fix: 'set state: "draining"',
    },
  },
  "a pod range in growth space that is retired": {
    trap: "gke",
    wrong: () =>
      network({
        addresses: { ...search, growth: [], retired: search.growth },
        podRanges: [{ name: "batch", cidr: "10.128.0.0/18" }],
      }),
    error: {
      path: "prod-search-network/network",
      value: '"batch" 10.128.0.0/18 is in growth 10.128.0.0/17',
      fix: "remove it",
    },
  },
  "Auto IPAM that keeps a range of planned mode that does not exist": {
    trap: "gke",
    wrong: () => network({ ipam: { ...auto, plannedRanges: ["pods", "growth-2"] } }),
    error: { path: "prod-search-network/network", value: '"growth-2"', fix: 'use "pods", "growth"' },
  },
  "Auto IPAM that keeps every range of planned mode": {
    trap: "gke",
    wrong: () => network({ ipam: { ...auto, plannedRanges: ["pods", "growth"] } }),
    error: {
      path: "prod-search-network/network",
      value: "every block of prod-search",
      fix: "raise growthPercent in the address plan in the same change",
    },
  },
  "pods that overlap GKE's Services range": {
    trap: "gke",
    wrong: () => planned({ pods: "34.118.128.0/17" }),
    error: {
      path: "prod-search-network/network",
      value: "34.118.128.0/17 overlaps GKE-managed Services 34.118.224.0/20",
      fix: "move pods to free space of the address plan",
    },
  },
  "a control plane inside the nodes' range": {
    trap: "gke",
    wrong: () => planned({ controlPlane: "10.129.0.112/28" }),
    error: {
      path: "prod-search-network/network",
      value: "10.129.0.112/28 overlaps nodes 10.129.0.0/25",
      fix: "move control plane to free space of the address plan",
    },
  },
};

/** Mistakes in a GKE cluster. */
export const wrongGkeClusters: Misconfigurations = {
  "Auto IPAM and a pool's own pod range": {
    trap: "gke",
    wrong: () => pool({ podRange: "growth" }, auto),
    error: { path: "prod-search/pool-general", value: '"growth"', fix: 'use mode: "planned"' },
  },
  "a pool on a pod range that is draining": {
    trap: "gke",
    wrong: () =>
      cluster(
        { nodePools: [{ ...general, podRange: "growth" }] },
        network({ addresses: { ...search, growth: drainingGrowth } }),
      ),
    error: {
      path: "prod-search/pool-general",
      value: '"growth", which is draining',
      fix: 'move its workloads to a pool on "pods", and remove this pool',
    },
  },
  "a pool on a subnet that is draining": {
    trap: "gke",
    wrong: () =>
      cluster(
        { nodePools: [{ ...general, subnet: "gpu" }] },
        network({
          extraSubnets: [{ name: "gpu", nodes: "10.128.0.0/24", pods: "10.128.64.0/18", ...draining }],
        }),
      ),
    error: {
      path: "prod-search/pool-general",
      value: '"gpu", which is draining',
      fix: "move its workloads to a pool in the cluster's own subnet, and remove this pool",
    },
  },
  "Auto IPAM in a Shared VPC": {
    trap: "gke",
    wrong: () => cluster({}, { networkProject: "example-host" }, auto),
    error: { path: "prod-search/cluster", value: "example-host", fix: 'unverified: ["shared-vpc"]' },
  },
  "Auto IPAM and a pool that does not fit its first range": {
    trap: "gke",
    wrong: () => pool({ maxPodsPerNode: 110, size: { min: 3, max: 128 } }, auto),
    error: {
      path: "prod-search/pool-general",
      value:
        "129 nodes (128 + 1 surge), a /24 each for 110 pods, but the pod range 10.128.128.0/17 has room for 128 (2^(24 − 17))",
      fix: "use at most 127 nodes",
    },
  },
  "a pool that does not fit the nodes' range": {
    trap: "gke",
    wrong: () => pool({ size: { min: 3, max: 124 } }),
    error: {
      path: "prod-search/pool-general",
      value:
        "125 nodes (124 + 1 surge) but the primary range 10.129.0.0/25 has room for 124 (2^(32 − 25) − 4)",
      fix: "use at most 123 nodes",
    },
  },
  "257 pods per node": {
    trap: "gke",
    wrong: () => composeProd(app(), addresses, readProd({}), { ...prodSettings, gkePodsPerNode: 257 }),
    error: { path: "prod-search/pool-general", value: "maxPodsPerNode is 257", fix: "8 to 256" },
  },
  "pods per node on Autopilot": {
    trap: "gke",
    wrong: () => cluster({ autopilot: true, nodePools: [], defaultMaxPodsPerNode: 32 }),
    error: {
      path: "prod-search/cluster",
      value: "defaultMaxPodsPerNode is 32",
      fix: "remove one of them",
    },
  },
  "planned ranges, but none on the network": {
    trap: "gke",
    wrong: () => cluster({}, { podRanges: [] }),
    error: { path: "prod-search/cluster", value: '"planned"', fix: "add the secondary range of the pods" },
  },
  "the same range for pods and Services": {
    trap: "gke",
    wrong: () => cluster({}, { servicesRangeName: "prod-search-pods" }),
    error: { path: "prod-search/cluster", value: '"prod-search-pods"', fix: "remove servicesRangeName" },
  },
  "a CIDR instead of a range name": {
    trap: "gke",
    wrong: () => cluster({}, { podRanges: [{ ...podRange(0), rangeName: search.pods }] }),
    error: {
      path: "prod-search/cluster",
      value: "10.128.128.0/17",
      fix: "use the name of the secondary range",
    },
  },
  "31 secondary ranges": {
    trap: "gke",
    wrong: () => cluster({}, { podRanges: Array.from({ length: 31 }, (_, index) => podRange(index)) }),
    error: { path: "prod-search/cluster", value: "31 secondary ranges", fix: "use extraSubnets" },
  },
};
