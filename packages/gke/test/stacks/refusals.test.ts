import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { Lazy, Token } from "cdktf";
import {
  GkeClusterStack,
  type GkeClusterStackProps,
  type GkeIpam,
  type GkeNetworkContract,
  type GkeNetworkStackProps,
  GkeSystemStack,
  type NodePoolSpec,
} from "../../src";
import { app, clusterStack, networkStack, search } from "../fixture";

const auto = { mode: "auto", acceptPreview: true } as const;
const general: NodePoolSpec = { name: "general", machineType: "n2-standard-8", size: { min: 3, max: 60 } };

const onNetwork = (props: Partial<GkeNetworkStackProps>) => () => networkStack(props);
const withAddresses = (addresses: Partial<GkeClusterAddresses>) =>
  onNetwork({ cluster: { ...search, ...addresses } });
const onCluster = (props: Partial<GkeClusterStackProps>, network?: Partial<GkeNetworkStackProps>) => () =>
  clusterStack(props, network);
const withPool = (pool: Partial<NodePoolSpec>, network?: Partial<GkeNetworkStackProps>) =>
  onCluster({ nodePools: [{ ...general, ...pool }] }, network);
/** A contract that somebody wrote by hand, for a network of their own. */
const withContract =
  (contract: Partial<GkeNetworkContract>, ipam: GkeIpam = { mode: "planned" }) =>
  () =>
    new GkeClusterStack(app(), "prod-search", {
      network: { ...networkStack({ ipam }).contract, ...contract },
    });

const pods = (index: number) => ({ name: `p${index}`, rangeName: `p${index}`, cidr: `10.66.${index}.0/24` });
const podRanges = (count: number) => Array.from({ length: count }, (_, index) => pods(index));

/** What is wrong, how it is composed, and what the sentence must say: the path, the value, the bound and the fix. */
const refusals: readonly [string, () => unknown, string][] = [
  [
    "an ipam mode that does not exist: routes-based clusters",
    onNetwork({ ipam: { mode: "routes" } as unknown as GkeIpam }),
    'prod-search-network/network: ipam mode "routes" is not known, clusters are VPC-native',
  ],
  [
    "Auto IPAM without accepting Preview",
    onNetwork({ ipam: { mode: "auto" } as unknown as GkeIpam }),
    "a Preview feature; say acceptPreview: true",
  ],
  [
    "Auto IPAM on GKE before 1.33",
    onNetwork({ ipam: auto, version: "1.32" }),
    'Auto IPAM needs GKE 1.33 but version is 1.32; use version "1.33" or later',
  ],
  [
    "Auto IPAM on GKE 1.9, which is older than 1.33 though 9 is less than 33",
    onNetwork({ ipam: auto, version: "1.9.7-gke.11" }),
    "needs GKE 1.33 but version is 1.9.7-gke.11",
  ],
  [
    "Auto IPAM with a provider that has no argument for it",
    onNetwork({ ipam: auto, googleVersion: "7.3.0" }),
    "needs the google provider 7.4.0 but 7.3.0 is pinned; pin 7.4.0 or later",
  ],
  [
    "switching Auto IPAM off with a provider that has no argument for it",
    onNetwork({ ipam: { mode: "planned", disableAuto: true }, googleVersion: "6.50.0" }),
    "disableAuto needs the google provider 7.4.0 but 6.50.0 is pinned",
  ],
  [
    "a version that is none",
    onNetwork({ version: "latest" }),
    'version "latest" is not a version; write minor or full, for example "1.33"',
  ],
  [
    "a cluster that is asked for Auto IPAM below 1.33 on a network that is there",
    withContract({ version: "1.31" }, { ...auto, fallback: "planned" }),
    "prod-search/cluster: Auto IPAM needs GKE 1.33 but version is 1.31",
  ],
  [
    "Auto IPAM and a named pod range",
    onNetwork({ ipam: auto, podRanges: [{ name: "batch", cidr: "10.66.0.0/18" }] }),
    'range "prod-search-batch" is named but ipam is "auto"',
  ],
  [
    "Auto IPAM and a secondary range on the subnetwork",
    withContract({ podRanges: [pods(1)] }, auto),
    'range "p1" is named but ipam is "auto"',
  ],
  [
    "Auto IPAM and a named Services range",
    withContract({ servicesRangeName: "services" }, auto),
    'range "services" is named but ipam is "auto"',
  ],
  [
    "Auto IPAM and extra subnets",
    onNetwork({
      ipam: auto,
      extraSubnets: [{ name: "gpu", nodes: "10.66.64.0/24", pods: "10.66.128.0/18" }],
    }),
    'subnet "gpu" is extra but ipam is "auto"',
  ],
  [
    "Auto IPAM and a pool's pod range",
    withPool({ podRange: "growth" }, { ipam: auto }),
    'prod-search/pool-general: the pool names "growth" but ipam is "auto"',
  ],
  [
    "Auto IPAM and a pool's subnet",
    withPool({ subnet: "gpu" }, { ipam: auto }),
    'the pool names "gpu" but ipam is "auto"',
  ],
  [
    "Auto IPAM in a Shared VPC",
    withContract({ networkProject: "acme-host" }, auto),
    'acme-host (Shared VPC) is not verified; use mode: "planned", or take the risk with unverified: ["shared-vpc"]',
  ],
  [
    "Auto IPAM with IPv6",
    onNetwork({ ipam: auto, dualStack: true }),
    'Auto IPAM with dual-stack is not verified; use mode: "planned", or take the risk with unverified: ["dual-stack"]',
  ],
  [
    "Auto IPAM and a pool that its first range cannot hold, for it never grows",
    withPool({ size: { min: 3, max: 128 } }, { ipam: auto }),
    "the pool needs 129 nodes (128 + 1 surge), a /24 each for 110 pods, but the pod range 10.65.0.0/17 holds 128 (2^(24 − 17)); use at most 127 nodes",
  ],
  [
    "a pool that its pod range cannot hold",
    withPool({ size: { min: 3, max: 120 }, surgeNodes: 10 }),
    "needs 130 nodes (120 + 10 surge), a /24 each for 110 pods, but the pod range 10.65.0.0/17 holds 128",
  ],
  [
    "pools that share a pod range and do not fit together",
    onCluster({ nodePools: [general, { ...general, name: "batch", size: { min: 0, max: 70 } }] }),
    "prod-search/pool-batch: the pool needs 71 nodes (70 + 1 surge), a /24 each for 110 pods, but the pod range 10.65.0.0/17 holds 128 (2^(24 − 17)), of which other pools leave 67; use at most 66 nodes",
  ],
  [
    "a pool that the primary range cannot hold",
    withPool({ size: { min: 3, max: 1020 }, maxPodsPerNode: 8 }),
    "needs 1021 nodes (1020 + 1 surge) but the primary range 10.64.0.0/22 holds 1020 (2^(32 − 22) − 4); use at most 1019 nodes",
  ],
  [
    "fewer than 8 pods per node",
    withPool({ maxPodsPerNode: 7 }),
    "maxPodsPerNode is 7 but GKE takes 8 to 256",
  ],
  [
    "more than 256 pods per node",
    onCluster({ defaultMaxPodsPerNode: 257 }),
    "defaultMaxPodsPerNode is 257 but GKE takes 8 to 256",
  ],
  [
    "a demand whose pods per node GKE does not take",
    onCluster({}, { cluster: { ...search, demand: { ...search.demand, podsPerNode: 4 } } }),
    "the demand's podsPerNode is 4 but GKE takes 8 to 256",
  ],
  [
    "two node pools of one name",
    onCluster({ nodePools: [general, general] }),
    'two node pools are called "general"',
  ],
  [
    "pods per node on Autopilot",
    onCluster({ autopilot: true, defaultMaxPodsPerNode: 32 }),
    "defaultMaxPodsPerNode is 32 but Autopilot sets the pods per node itself",
  ],
  [
    "node pools on Autopilot",
    onCluster({ autopilot: true, nodePools: [general] }),
    'node pool "general" is for a Standard cluster but prod-search is Autopilot; leave nodePools out',
  ],
  [
    "ip-masq-agent on Autopilot",
    () =>
      new GkeSystemStack(app(), "prod-search-system", {
        cluster: clusterStack({ autopilot: true }).contract,
      }),
    "prod-search-system: prod-search is Autopilot, which has no ip-masq-agent",
  ],
  [
    "planned, but no range: omitting it does not switch Auto IPAM on",
    withContract({ podRanges: [] }),
    'ipam is "planned" but the network has no pod range',
  ],
  [
    "a CIDR where a name belongs",
    withContract({ podRanges: [{ name: "pods", rangeName: "10.65.0.0/17", cidr: search.pods }] }),
    'range "10.65.0.0/17" is a CIDR where a range\'s name belongs, and Google takes names or CIDRs, never both',
  ],
  [
    "one range for pods and Services",
    withContract({ servicesRangeName: "prod-search-pods" }),
    'pods and Services both use the range "prod-search-pods"',
  ],
  [
    "two pod ranges of one name",
    onNetwork({ podRanges: [{ name: "pods", cidr: "10.66.0.0/18" }] }),
    'two pod ranges are called "pods"',
  ],
  [
    "a range name that Google refuses",
    onNetwork({ podRanges: [{ name: "Batch_1", cidr: "10.66.0.0/18" }] }),
    'range "prod-search-Batch_1" is not a name in Google Cloud',
  ],
  [
    "more than 30 secondary ranges",
    withContract({ podRanges: podRanges(31) }),
    "31 secondary ranges on a subnetwork but Google allows 30; use extraSubnets",
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
    "9 extra subnets but Google allows 8",
  ],
  [
    "blocks of the plan that overlap",
    withAddresses({ pods: "10.64.0.0/17" }),
    "pods 10.64.0.0/17 overlaps nodes 10.64.0.0/22; give pods free space of the plan",
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
    "the control plane takes a /28 but has 10.64.4.0/27; plan a /28",
  ],
  [
    "a pod range outside the cluster's space",
    onNetwork({ podRanges: [{ name: "batch", cidr: "10.67.0.0/18" }] }),
    'pod range "batch" 10.67.0.0/18 lies outside the growth space 10.66.0.0/16 of prod-search',
  ],
  [
    "a pod range on a cluster without growth space",
    onNetwork({
      cluster: { ...search, growth: [] },
      podRanges: [{ name: "batch", cidr: "10.66.0.0/18" }],
    }),
    'pod range "batch" 10.66.0.0/18 has no place: prod-search has no growth space; plan it with growthPercent above 0',
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
    "a CIDR that is known after apply only",
    withAddresses({ nodes: Lazy.stringValue({ produce: () => "10.64.0.0/22" }) }),
    "nodes has a CIDR that is known after apply only",
  ],
  [
    "a pod range that the network does not have",
    withPool({ podRange: "batch" }),
    'pod range "batch" is not one of the network\'s; use "pods", "growth"',
  ],
  [
    "a subnet that the network does not have",
    withPool({ subnet: "gpu" }),
    'subnet "gpu" is not one of the network\'s; it has none',
  ],
  ["a pool that is upside down", withPool({ size: { min: 6, max: 3 } }), "size is 6 to 3 nodes"],
  [
    "a size that is known after apply only",
    withPool({ size: { min: 1, max: Token.asNumber(Lazy.numberValue({ produce: () => 3 })) } }),
    "size is known after apply only but is checked at synth; write a number",
  ],
  ["an upgrade without a surge", withPool({ surgeNodes: 0 }), "surgeNodes is 0 but"],
  ["a pool name that GKE refuses", withPool({ name: "General" }), 'node pool "General" is not a name in GKE'],
  [
    "a cluster name that GKE refuses",
    withAddresses({ name: "a-cluster-whose-name-is-longer-than-40-chars" }),
    'cluster "a-cluster-whose-name-is-longer-than-40-chars" is not a name in GKE; use at most 40',
  ],
];

test.each(refusals)("refuses %s", (_, compose, sentence) => {
  expect(compose).toThrow(
    expect.objectContaining({ name: "ValidationError", message: expect.stringContaining(sentence) }),
  );
});

test("what is not verified is taken where the composition says so", () => {
  const risky = { ...auto, unverified: ["shared-vpc", "dual-stack"] } as const;

  expect(withContract({ networkProject: "acme-host", dualStack: true }, risky)).not.toThrow();
});
