import { type NodePoolOptions } from "@cluster-ipam/gke";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { provisionNodePool, removeProvisionedPool } from "@cluster-ipam/cloud-model/google";
import { GkeDeployment, type GkeComposition, PROJECT, searchAddresses } from "./gke-deployment";

// Each step plans, applies and plans two stacks: minutes where the machine is busy.
jest.setTimeout(600_000);

let life: GkeDeployment;
beforeEach(async () => (life = await GkeDeployment.open()));
afterEach(() => life.close());

const general: NodePoolOptions = {
  name: "general",
  machineType: "n2-standard-8",
  size: { min: 1, max: 9 },
};
const more: NodePoolOptions = { ...general, name: "more", size: { min: 1, max: 3 } };
const draining = { state: "draining" } as const;

/** Changes that are neither the layout nor a fence. */
const beyondFences = (changes: readonly string[]) =>
  changes.filter((change) => !/_fence-|terraform_data\.network_ranges_layout/.test(change));

test("the primary range is widened in place, and only fences are replaced", async () => {
  await life.deploy({ addresses: searchAddresses(), nodePools: [general] });

  const widened = await life.deploy({
    addresses: searchAddresses({ nodes: "10.0.0.0/26" }),
    nodePools: [general],
  });

  expect(beyondFences(widened.network)).toEqual([
    "update google_compute_subnetwork.network_subnetwork",
    "update google_network_connectivity_internal_range.network_ranges_nodes",
  ]);
  expect(widened.cluster).toEqual([]);
  expect(life.cidrs("subnetwork")).toEqual(["10.0.0.0/26"]);
});

describe("a pod range", () => {
  const growth = { name: "growth", cidr: "10.0.32.0/20" };
  const growth2 = { name: "growth-2", cidr: "10.0.64.0/19" };
  const onGrowth2 = [general, { ...more, podRange: "growth-2" }];

  test("drains, retires and is freed, with its node pool removed in the same deployment", async () => {
    await life.deploy({ addresses: searchAddresses({ growth: [growth] }), nodePools: [general] });
    const added = await life.deploy({
      addresses: searchAddresses({ growth: [growth, growth2] }),
      nodePools: onGrowth2,
    });
    expect(beyondFences(added.network)).toEqual([
      "create google_network_connectivity_internal_range.network_ranges_growth-2",
      "update google_compute_subnetwork.network_subnetwork",
    ]);

    // The network keeps what the cluster drops, and the pool goes before its range.
    const drained = await life.deploy({
      addresses: searchAddresses({ growth: [growth, { ...growth2, ...draining }] }),
      nodePools: [general],
    });
    expect(drained).toEqual({
      network: [],
      cluster: [
        "delete google_container_node_pool.pool-more_pool",
        "replace terraform_data.cluster_attachment because of triggers_replace",
        "update google_container_cluster.cluster",
      ],
    });

    const retired = await life.deploy({
      addresses: searchAddresses({ growth: [growth], retired: [growth2] }),
      nodePools: [general],
    });
    expect(retired).toEqual({
      network: ["update google_compute_subnetwork.network_subnetwork"],
      cluster: [],
    });
    expect(life.cidrs("internal range")).toContain(growth2.cidr);

    const freed = await life.deploy({
      addresses: searchAddresses({ growth: [growth] }),
      nodePools: [general],
    });
    expect(beyondFences(freed.network)).toEqual([
      "delete google_network_connectivity_internal_range.network_ranges_growth-2",
    ]);
    expect(freed.network.join("\n")).toContain("create google_network_connectivity_internal_range");
    expect(freed.cluster).toEqual([]);
  });

  test("is freed and given again as another block, in one deployment", async () => {
    const reused = { name: "pods-2", cidr: "10.0.64.0/20" };
    await life.deploy({ addresses: searchAddresses({ retired: [growth2] }), nodePools: [general] });
    await life.deploy({
      addresses: searchAddresses({ furtherPods: [reused] }),
      nodePools: [general, { ...more, podRange: "pods-2" }],
    });
    expect(life.cidrs("secondary range")).toEqual(["10.0.16.0/20", "10.0.64.0/20"]);
  });
});

test("a further subnet grows the cluster, drains, retires and is freed", async () => {
  const subnet = { name: "nodes-2", nodes: "10.0.2.0/26", pods: { name: "pods-2", cidr: "10.0.32.0/20" } };
  await life.deploy({ addresses: searchAddresses(), nodePools: [general] });
  const onSubnet = [general, { ...more, subnet: "nodes-2" }];
  const added = await life.deploy({
    addresses: searchAddresses({ furtherSubnets: [subnet] }),
    nodePools: onSubnet,
  });
  expect(added.cluster).toEqual([
    "create google_container_node_pool.pool-more_pool",
    "create terraform_data.cluster_attachment",
    "update google_container_cluster.cluster",
  ]);

  const drained = await life.deploy({
    addresses: searchAddresses({ furtherSubnets: [{ ...subnet, ...draining }] }),
    nodePools: [general],
  });
  expect(drained.network).toEqual([]);
  const blocks = [
    { name: "nodes-2", cidr: subnet.nodes },
    { name: "pods-2", cidr: subnet.pods.cidr },
  ];
  const retired = await life.deploy({
    addresses: searchAddresses({ retired: blocks }),
    nodePools: [general],
  });
  expect(retired.network).toEqual(["delete google_compute_subnetwork.network_subnetwork-nodes-2"]);
  expect(retired.cluster).toEqual(["delete terraform_data.cluster_attachment"]);
  const freed = await life.deploy({ addresses: searchAddresses(), nodePools: [general] });
  expect(beyondFences(freed.network)).toEqual([
    "delete google_network_connectivity_internal_range.network_ranges_nodes-2",
    "delete google_network_connectivity_internal_range.network_ranges_pods-2",
  ]);
});

test("extraSubnets and podRanges of the composition leave by way of draining", async () => {
  const addresses = searchAddresses({ growth: [{ name: "growth", cidr: "10.0.32.0/19" }] });
  const gpu = { name: "gpu", nodes: "10.0.32.0/24", pods: "10.0.48.0/21" };
  const batch = { name: "batch", cidr: "10.0.40.0/21" };
  const whole = { name: "growth", cidr: "10.0.32.0/19" };
  const step = (network: GkeComposition["network"], ...pools: readonly NodePoolOptions[]) =>
    life.deploy({ addresses, network: network ?? {}, nodePools: [general, ...pools] });

  // The whole growth space was one pod range. The subnet is created once the range is gone.
  await step({});
  await expect(step({ podRanges: [] })).rejects.toThrow("resourceInUseByAnotherResource");
  await step({ podRanges: [{ ...whole, ...draining }] });
  await expect(step({ podRanges: [batch] })).rejects.toThrow("Cannot add and remove secondary IP ranges");
  await step({ extraSubnets: [gpu] }, { ...more, name: "gpu", subnet: "gpu" });
  const divided = { podRanges: [batch], extraSubnets: [gpu] };
  await step(divided, { ...more, name: "gpu", subnet: "gpu" }, { ...more, podRange: "batch" });

  await step({ podRanges: [{ ...batch, ...draining }], extraSubnets: [{ ...gpu, ...draining }] });
  const removed = await step({ podRanges: [] });
  expect(removed.network).toEqual([
    "delete google_compute_subnetwork.network_subnetwork-gpu",
    "update google_compute_subnetwork.network_subnetwork",
  ]);
  expect(life.cidrs("internal range")).toContain(whole.cidr);
});

test("planned to auto: what is attached stays, and growth of the same change is open to GKE", async () => {
  const growth = [{ name: "growth", cidr: "10.0.32.0/20" }];
  const open = { name: "growth-2", cidr: "10.0.48.0/20" };
  await life.deploy({ addresses: searchAddresses({ growth }), nodePools: [general] });
  const moved = await life.deploy({
    addresses: searchAddresses({ growth: [...growth, open] }),
    network: { ipam: { mode: "auto", acceptPreview: true, plannedRanges: ["pods", "growth"] } },
    nodePools: [general, more],
  });

  expect(beyondFences(moved.network)).toEqual([]);
  expect(moved.cluster).toEqual([
    "create google_container_node_pool.pool-more_pool",
    "update google_container_cluster.cluster",
  ]);
  expect(life.cidrs("internal range")).not.toContain(open.cidr);
});

test("planned to auto: growth that was deployed is opened to GKE, once it has drained", async () => {
  const [growth] = [{ name: "growth", cidr: "10.0.32.0/20" }] as const;
  const addresses = searchAddresses({ growth: [growth] });
  const step = (network: GkeComposition["network"]) =>
    life.deploy({ addresses, network: network ?? {}, nodePools: [general] });
  const auto = { mode: "auto", acceptPreview: true, plannedRanges: ["pods"] } as const;

  await step({});
  await expect(step({ ipam: auto })).rejects.toThrow("resourceInUseByAnotherResource");
  await step({ podRanges: [{ ...growth, ...draining }] });
  await step({ podRanges: [] });
  expect((await step({ ipam: auto })).network).toEqual([
    "delete google_network_connectivity_internal_range.network_ranges_growth",
  ]);
});

test("Auto IPAM: growth that drains is closed around what GKE took, and freed once GKE has given it back", async () => {
  // The cloud model puts the cluster's first range into the higher block, so the pool's is in the lower one.
  const [pods, growth] = ["10.0.32.0/20", { name: "growth", cidr: "10.0.16.0/20" }];
  const auto = { network: { ipam: { mode: "auto", acceptPreview: true } }, nodePools: [general] } as const;
  await life.deploy({ addresses: searchAddresses({ pods, growth: [growth] }), ...auto });
  const store = () => new Store({ journal: new Journal(life.cloud) });
  const pool = { project: PROJECT, location: "europe-west3", cluster: "search", nodePool: "batch" };
  provisionNodePool(store(), { ...pool, nodes: 16 });
  expect(life.cidrs("secondary range")).toHaveLength(2);

  const drained = await life.deploy({
    addresses: searchAddresses({ pods, growth: [{ ...growth, ...draining }] }),
    ...auto,
  });
  expect(drained.network).toEqual([
    "create google_network_connectivity_internal_range.network_ranges_growth",
  ]);
  expect(() => provisionNodePool(store(), { ...pool, nodePool: "more", nodes: 16 })).toThrow(
    "IP_SPACE_EXHAUSTED",
  );
  await life.deploy({ addresses: searchAddresses({ pods, retired: [growth] }), ...auto });
  await expect(life.deploy({ addresses: searchAddresses({ pods }), ...auto })).rejects.toThrow(
    "overlaps with",
  );
  removeProvisionedPool(store(), pool);
  await life.deploy({ addresses: searchAddresses({ pods }), ...auto });
});

test("pods have addresses outside of RFC 1918: shared, class E, and public ones", async () => {
  const addresses = searchAddresses({
    pods: "100.64.0.0/20",
    furtherPods: [{ name: "pods-2", cidr: "240.0.0.0/20" }],
    growth: [{ name: "growth", cidr: "21.0.0.0/20" }],
    privateRanges: ["10.0.0.0/8", "21.0.0.0/20", "100.64.0.0/10", "240.0.0.0/4"],
  });
  await life.deploy({ addresses, nodePools: [general, { ...more, podRange: "pods-2" }] });

  expect(life.cidrs("secondary range")).toEqual(["100.64.0.0/20", "21.0.0.0/20", "240.0.0.0/20"]);
});

test("a zone and its node pool are removed in place", async () => {
  const addresses = searchAddresses();
  await life.deploy({ addresses, nodePools: [general, more] });
  const fewer = await life.deploy({
    addresses: { ...addresses, zones: addresses.zones.slice(0, 2) },
    nodePools: [general],
  });

  expect(fewer).toEqual({
    network: [],
    cluster: ["delete google_container_node_pool.pool-more_pool", "update google_container_cluster.cluster"],
  });
});
