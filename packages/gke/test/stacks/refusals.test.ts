import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { Lazy, Token } from "cdktf";
import {
  GkeClusterStack,
  type GkeClusterStackProps,
  type GkeIpamOptions,
  type GkeNetworkContract,
  type GkeNetworkStackProps,
  GkeSystemStack,
  type NodePoolOptions,
} from "../../src";
import { app, clusterStack, divided, networkStack, search } from "../fixture";

const auto = { mode: "auto", acceptPreview: true } as const;
const general: NodePoolOptions = { name: "general", machineType: "n2-standard-8", size: { min: 3, max: 60 } };

/** A cluster whose further blocks are draining or retired. */
const draining: GkeClusterAddresses = {
  ...divided,
  furtherPods: divided.furtherPods.map((block) => ({ ...block, state: "draining" })),
  furtherSubnets: divided.furtherSubnets.map((subnet) => ({ ...subnet, state: "draining" })),
  growth: [{ name: "growth", cidr: "10.66.128.0/18", state: "draining" }],
};

const onNetwork = (props: Partial<GkeNetworkStackProps>) => () => networkStack(props);
const withAddresses = (addresses: Partial<GkeClusterAddresses>) =>
  onNetwork({ addresses: { ...search, ...addresses } });
const onCluster = (props: Partial<GkeClusterStackProps>, network?: Partial<GkeNetworkStackProps>) => () =>
  clusterStack(props, network);
const withPool = (pool: Partial<NodePoolOptions>, network?: Partial<GkeNetworkStackProps>) =>
  onCluster({ nodePools: [{ ...general, ...pool }] }, network);
/** A contract written as a literal, for another network. */
const withContract =
  (contract: Partial<GkeNetworkContract>, ipam: GkeIpamOptions = { mode: "planned" }) =>
  () =>
    new GkeClusterStack(app(), "prod-search", {
      network: { ...networkStack({ ipam }).contract, ...contract },
    });

const pods = (index: number) => ({ name: `p${index}`, rangeName: `p${index}`, cidr: `10.66.${index}.0/24` });
const podRanges = (count: number) => Array.from({ length: count }, (_, index) => pods(index));

/** The mistake, its composition, and the expected error: path, value, bound and fix. */
const refusals: readonly [string, () => unknown, string][] = [
  [
    "an ipam mode that does not exist: routes-based clusters",
    onNetwork({ ipam: { mode: "routes" } as unknown as GkeIpamOptions }),
    'prod-search-network/network: ipam mode "routes" does not exist: clusters are VPC-native',
  ],
  [
    "Auto IPAM without accepting Preview",
    onNetwork({ ipam: { mode: "auto" } as unknown as GkeIpamOptions }),
    "a Preview feature; set acceptPreview: true",
  ],
  [
    "Auto IPAM on GKE before 1.33",
    onNetwork({ ipam: auto, version: "1.32" }),
    'Auto IPAM needs GKE 1.33, but version is 1.32; use version "1.33" or later',
  ],
  [
    "Auto IPAM on GKE 1.9, which is older than 1.33 though 9 is less than 33",
    onNetwork({ ipam: auto, version: "1.9.7-gke.11" }),
    "needs GKE 1.33, but version is 1.9.7-gke.11",
  ],
  [
    "Auto IPAM with a provider without the argument",
    onNetwork({ ipam: auto, googleVersion: "7.3.0" }),
    "needs the google provider 7.4.0, but 7.3.0 is pinned; pin 7.4.0 or later",
  ],
  [
    "disabling Auto IPAM with a provider without the argument",
    onNetwork({ ipam: { mode: "planned", disableAuto: true }, googleVersion: "6.50.0" }),
    "disableAuto needs the google provider 7.4.0, but 6.50.0 is pinned",
  ],
  [
    "a group of Google Groups for RBAC with another name",
    onCluster({ rbacGroup: "platform@example.com" }),
    "rbacGroup is platform@example.com, which GKE does not accept; use gke-security-groups@ with your",
  ],
  [
    "intranode visibility of Autopilot",
    onCluster({ autopilot: true, intranodeVisibility: false }),
    "intranodeVisibility is set, but Autopilot always has it; remove intranodeVisibility",
  ],
  [
    "flow logs without a connection in them",
    onNetwork({ flowLogs: { sampling: 0 } }),
    "flowLogs.sampling is 0; use a share above 0 and at most 1, or remove flowLogs",
  ],
  [
    "an invalid version",
    onNetwork({ version: "latest" }),
    'version "latest" is not a version; use a minor or full version, for example "1.33"',
  ],
  [
    "a cluster below 1.33 on an existing network with Auto IPAM",
    withContract({ version: "1.31" }, { ...auto, fallback: "planned" }),
    "prod-search/cluster: Auto IPAM needs GKE 1.33, but version is 1.31",
  ],
  [
    "Auto IPAM and a named pod range",
    onNetwork({ ipam: auto, podRanges: [{ name: "batch", cidr: "10.66.0.0/18" }] }),
    'range "prod-search-batch" is set, but ipam is "auto"',
  ],
  [
    "Auto IPAM and a secondary range on the subnetwork",
    withContract({ podRanges: [pods(1)] }, auto),
    'range "p1" is set, but ipam is "auto"',
  ],
  [
    "Auto IPAM and a named Services range",
    withContract({ servicesRangeName: "services" }, auto),
    'range "services" is set, but ipam is "auto"',
  ],
  [
    "Auto IPAM and extra subnets",
    onNetwork({
      ipam: auto,
      extraSubnets: [{ name: "gpu", nodes: "10.66.64.0/24", pods: "10.66.128.0/18" }],
    }),
    'extra subnet "gpu" is set, but ipam is "auto"',
  ],
  [
    "Auto IPAM and a pool's pod range",
    withPool({ podRange: "growth" }, { ipam: auto }),
    'prod-search/pool-general: the pool requests "growth", but ipam is "auto"',
  ],
  [
    "Auto IPAM and a pool's subnet",
    withPool({ subnet: "gpu" }, { ipam: auto }),
    'the pool requests "gpu", but ipam is "auto"',
  ],
  [
    "Auto IPAM in a Shared VPC",
    withContract({ networkProject: "acme-host" }, auto),
    'acme-host (Shared VPC) is not verified; use mode: "planned", or accept the risk with unverified: ["shared-vpc"]',
  ],
  [
    "Auto IPAM with IPv6",
    onNetwork({ ipam: auto, dualStack: true }),
    'Auto IPAM with dual-stack is not verified; use mode: "planned", or accept the risk with unverified: ["dual-stack"]',
  ],
  [
    "Auto IPAM and a pool that does not fit its first range, which never grows",
    withPool({ size: { min: 3, max: 128 } }, { ipam: auto }),
    "the pool needs 129 nodes (128 + 1 surge), a /24 each for 110 pods, but the pod range 10.65.0.0/17 has room for 128 (2^(24 − 17)); use at most 127 nodes",
  ],
  [
    "a pool that does not fit its pod range",
    withPool({ size: { min: 3, max: 120 }, upgrade: { surgeNodes: 10 } }),
    "needs 130 nodes (120 + 10 surge), a /24 each for 110 pods, but the pod range 10.65.0.0/17 has room for 128",
  ],
  [
    "a pool that has room, but not for a blue-green upgrade",
    withPool({ size: { min: 3, max: 120 }, upgrade: "blue-green" }),
    "needs 240 nodes (120 + 120 blue-green), a /24 each for 110 pods, but the pod range 10.65.0.0/17 has room for 128 (2^(24 − 17)); use at most 64 nodes",
  ],
  [
    "pools that share a pod range and do not fit together",
    onCluster({ nodePools: [general, { ...general, name: "batch", size: { min: 0, max: 70 } }] }),
    "prod-search/pool-batch: the pool needs 71 nodes (70 + 1 surge), a /24 each for 110 pods, but the pod range 10.65.0.0/17 has room for 128 (2^(24 − 17)), of which 67 are free; use at most 66 nodes",
  ],
  [
    "a pool that does not fit the primary range",
    withPool({ size: { min: 3, max: 1020 }, maxPodsPerNode: 8 }),
    "needs 1021 nodes (1020 + 1 surge) but the primary range 10.64.0.0/22 has room for 1020 (2^(32 − 22) − 4); use at most 1019 nodes",
  ],
  [
    "fewer than 8 pods per node",
    withPool({ maxPodsPerNode: 7 }),
    "maxPodsPerNode is 7; use a whole number from 8 to 256",
  ],
  [
    "more than 256 pods per node",
    onCluster({ defaultMaxPodsPerNode: 257 }),
    "defaultMaxPodsPerNode is 257; use a whole number from 8 to 256",
  ],
  [
    "a plan with pods per node that GKE does not allow",
    onCluster({}, { addresses: { ...search, defaultPodsPerNode: 4 } }),
    "the plan's defaultPodsPerNode is 4; use a whole number from 8 to 256",
  ],
  [
    "two node pools with the same name",
    onCluster({ nodePools: [general, general] }),
    'two node pools are named "general"',
  ],
  [
    "pods per node on Autopilot",
    onCluster({ autopilot: true, defaultMaxPodsPerNode: 32 }),
    "defaultMaxPodsPerNode is 32, but Autopilot sets the pods per node",
  ],
  [
    "node pools on Autopilot",
    onCluster({ autopilot: true, nodePools: [general] }),
    'node pool "general" needs a Standard cluster, but prod-search is Autopilot; remove nodePools',
  ],
  [
    "ip-masq-agent on Autopilot",
    () =>
      new GkeSystemStack(app(), "prod-search-system", {
        contract: clusterStack({ autopilot: true }).contract,
      }),
    "prod-search-system: prod-search is Autopilot, which has no ip-masq-agent",
  ],
  [
    "planned without a range, which does not enable Auto IPAM",
    withContract({ podRanges: [] }),
    'ipam is "planned", but the network has no pod range',
  ],
  [
    "a CIDR instead of a range name",
    withContract({ podRanges: [{ name: "pods", rangeName: "10.65.0.0/17", cidr: search.pods }] }),
    'rangeName "10.65.0.0/17" is a CIDR, and Google accepts names or CIDRs, but not both',
  ],
  [
    "the same range for pods and Services",
    withContract({ servicesRangeName: "prod-search-pods" }),
    'pods and Services both use the range "prod-search-pods"',
  ],
  [
    "two pod ranges with the same name",
    onNetwork({ podRanges: [{ name: "pods", cidr: "10.66.0.0/18" }] }),
    'two pod ranges are named "pods"',
  ],
  [
    "a range name that Google rejects",
    onNetwork({ podRanges: [{ name: "Batch_1", cidr: "10.66.0.0/18" }] }),
    'the Google Cloud name "prod-search-Batch_1" is not valid',
  ],
  [
    "more than 30 secondary ranges",
    withContract({ podRanges: podRanges(31) }),
    "31 secondary ranges on a subnetwork, but Google allows 30; use extraSubnets",
  ],
  [
    "more than 8 extra subnets",
    onNetwork({
      extraSubnets: Array.from({ length: 9 }, (_, i) => ({
        name: `s${i}`,
        nodes: `10.66.${i}.0/24`,
        pods: `10.66.${16 + i}.0/24`,
      })),
    }),
    "9 extra subnets, but Google allows 8",
  ],
  [
    "blocks of the plan that overlap",
    withAddresses({ pods: "10.64.0.0/17" }),
    "pods 10.64.0.0/17 overlaps nodes 10.64.0.0/22; move pods to free space of the address plan",
  ],
  [
    "pods over the range of GKE's Services",
    withAddresses({ pods: "34.118.0.0/16" }),
    "pods 34.118.0.0/16 overlaps GKE-managed Services 34.118.224.0/20",
  ],
  [
    "the control plane's block inside the nodes'",
    withAddresses({ controlPlane: "10.64.3.240/28" }),
    "control plane 10.64.3.240/28 overlaps nodes 10.64.0.0/22",
  ],
  [
    "a control plane block that is not a /28",
    withAddresses({ controlPlane: "10.64.4.0/27" }),
    "the control plane needs a /28 but has 10.64.4.0/27; plan a /28",
  ],
  [
    "a pod range outside the cluster's space",
    onNetwork({ podRanges: [{ name: "batch", cidr: "10.67.0.0/18" }] }),
    'pod range "batch" 10.67.0.0/18 is outside the growth space 10.66.0.0/16 of prod-search',
  ],
  [
    "a pod range on a cluster without growth space",
    onNetwork({
      addresses: { ...search, growth: [] },
      podRanges: [{ name: "batch", cidr: "10.66.0.0/18" }],
    }),
    'pod range "batch" 10.66.0.0/18 needs growth space, but prod-search has none; set growthPercent above 0 in the address plan',
  ],
  [
    "extra subnets that overlap",
    onNetwork({ extraSubnets: [{ name: "gpu", nodes: "10.66.0.0/24", pods: "10.66.0.0/18" }] }),
    'the pods of subnet "gpu" 10.66.0.0/18 overlaps the nodes of subnet "gpu" 10.66.0.0/24',
  ],
  [
    "a CIDR with host bits",
    onNetwork({ podRanges: [{ name: "batch", cidr: "10.66.0.1/18" }] }),
    "write 10.66.0.0/18",
  ],
  [
    "a CIDR known only after apply",
    withAddresses({ nodes: Lazy.stringValue({ produce: () => "10.64.0.0/22" }) }),
    "nodes: the CIDR is known only after apply",
  ],
  [
    "a pod range that the network does not have",
    withPool({ podRange: "batch" }),
    'the network has no pod range "batch"; use "pods", "growth"',
  ],
  [
    "a subnet that the network does not have",
    withPool({ subnet: "gpu" }),
    'the network has no subnet "gpu"; remove it, the network has none',
  ],
  [
    "a pool on a pod range that is draining",
    withPool({ podRange: "pods-2" }, { addresses: draining }),
    'the pool uses the pod range "pods-2", which is draining; move its workloads to a pool on "pods", and remove this pool',
  ],
  [
    "a pool on a subnet that is draining",
    withPool({ subnet: "nodes-2" }, { addresses: draining }),
    'the pool uses the subnet "nodes-2", which is draining; move its workloads to a pool in the cluster\'s own subnet, and remove this pool',
  ],
  [
    "a pool on a pod range of the composition that is draining",
    withPool(
      { podRange: "batch" },
      { podRanges: [{ name: "batch", cidr: "10.66.0.0/18", state: "draining" }] },
    ),
    'the pool uses the pod range "batch", which is draining; move its workloads to a pool on "pods", and remove this pool',
  ],
  [
    "a pod range in use in growth space that is draining",
    onNetwork({ addresses: draining, podRanges: [{ name: "batch", cidr: "10.66.128.0/20" }] }),
    'pod range "batch" 10.66.128.0/20 is in growth 10.66.128.0/18, which is draining; set state: "draining"',
  ],
  [
    "a pod range in growth space that is retired",
    onNetwork({ addresses: draining, podRanges: [{ name: "batch", cidr: "10.66.192.0/20" }] }),
    'pod range "batch" 10.66.192.0/20 is in growth-2 10.66.192.0/18, which the plan has retired; remove it',
  ],
  [
    "Auto IPAM that keeps a range that does not exist",
    onNetwork({ ipam: { ...auto, plannedRanges: ["pods", "growth-2"] } }),
    'plannedRanges has "growth-2", but the plan has no such range; use "pods", "growth"',
  ],
  [
    "Auto IPAM that keeps every range, which leaves GKE nothing",
    onNetwork({ ipam: { ...auto, plannedRanges: ["pods", "growth"] } }),
    "plannedRanges keeps every block of prod-search, and Auto IPAM has no space; raise growthPercent in the address plan in the same change",
  ],
  [
    "Auto IPAM and a pod range beyond those that it keeps",
    onNetwork({
      ipam: { ...auto, plannedRanges: ["pods"] },
      podRanges: [{ name: "batch", cidr: "10.66.0.0/18" }],
    }),
    'range "prod-search-batch" is set, but ipam is "auto"',
  ],
  ["a pool with min above max", withPool({ size: { min: 6, max: 3 } }), "size is 6 to 3 nodes"],
  [
    "a size known only after apply",
    withPool({ size: { min: 1, max: Token.asNumber(Lazy.numberValue({ produce: () => 3 })) } }),
    "size is known only after apply but is checked at synth; write a number",
  ],
  [
    "an upgrade without a surge",
    withPool({ upgrade: { surgeNodes: 0 } }),
    "upgrade has surgeNodes 0 and unavailableNodes 0, so no node could be replaced; use whole numbers, one of them at least 1",
  ],
  [
    "a boot disk that GKE rejects",
    withPool({ diskGb: 5 }),
    "diskGb is 5; use a whole number from 10 to 65536",
  ],
  [
    "no accelerator",
    withPool({ accelerator: { type: "nvidia-l4", count: 0 } }),
    "accelerator.count is 0; use a whole number from 1 to 16",
  ],
  [
    "a label of GKE's",
    withPool({ labels: { "cloud.google.com/gke-spot": "true" } }),
    "the label cloud.google.com/gke-spot is reserved for Kubernetes and GKE",
  ],
  [
    "a pool name that GKE rejects",
    withPool({ name: "General" }),
    'the GKE node pool name "General" is not valid',
  ],
  [
    "a cluster name that GKE rejects",
    withAddresses({ name: "a-cluster-whose-name-is-longer-than-40-chars" }),
    'the GKE cluster name "a-cluster-whose-name-is-longer-than-40-chars" has 44 characters; use 1 to 40',
  ],
];

test.each(refusals)("rejects %s", (_, compose, sentence) => {
  expect(compose).toThrow(
    expect.objectContaining({ name: "ValidationError", message: expect.stringContaining(sentence) }),
  );
});

test("unverified combinations are allowed on request", () => {
  const risky = { ...auto, unverified: ["shared-vpc", "dual-stack"] } as const;

  expect(withContract({ networkProject: "acme-host", dualStack: true }, risky)).not.toThrow();
});
