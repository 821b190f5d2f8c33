import fc from "fast-check";
import { podRangePerNode, Prefix } from "@cluster-ipam/address-plan";
import { growNodePool, nodePoolOf, poolsOf } from "@cluster-ipam/cloud-model/google";
import { at, clusterArguments, GoogleProject, secondary } from "./google-project";

const type = "google_container_node_pool";
const name = { project: "acme", location: "europe-west4", cluster: "c" };
const idOf = (pool: string) => `projects/acme/locations/europe-west4/clusters/c/nodePools/${pool}`;

/** A project with a cluster that has the given node and pod ranges. */
async function projectWith(nodes: string, pods: string): Promise<GoogleProject> {
  const project = new GoogleProject();
  await project.network();
  await project.subnetwork("nodes", nodes, {
    secondary_ip_range: [secondary("pods", pods), secondary("batch", "10.3.0.0/22")],
  });
  await project.cluster({ cluster_secondary_range_name: "pods" });
  return project;
}

const nodesOf = ({ store }: GoogleProject, pool: string) =>
  store.view((transaction) => nodePoolOf(transaction, idOf(pool))?.nodes ?? []);

describe("a node pool", () => {
  it("gives each node an address and a block for its pods", async () => {
    const project = await projectWith("10.0.0.0/24", "10.1.0.0/20");
    const made = await project.pool("a", 2, { max_pods_per_node: 32 });
    expect(made).toMatchObject({ node_count: 2, max_pods_per_node: 32, version: "1.34.1-gke.1000000" });
    expect(nodesOf(project, "a")).toMatchObject([
      { address: "10.0.0.2", pods: "10.1.0.0/26" },
      { address: "10.0.0.3", pods: "10.1.0.64/26" },
    ]);
    expect(await project.again(type, made)).toEqual(made);
  });

  // [pods per node, nodes that fit into a /22]
  it.each([
    [8, 64],
    [16, 32],
    [32, 16],
    [64, 8],
    [110, 4],
    [256, 2],
  ])("of %i pods a node fills a /22 with %i nodes", async (pods, nodes) => {
    const project = await projectWith("10.0.0.0/24", "10.1.0.0/22");
    await project.pool("a", nodes, { max_pods_per_node: pods });
    await expect(project.pool("b", 1, { max_pods_per_node: pods })).rejects.toThrow(
      "IP space of 'projects/acme/regions/europe-west4/subnetworks/nodes' is exhausted. Insufficient free IP addresses in the IP range '10.1.0.0/22'.",
    );
  });

  it("is refused without enough node addresses, four of which Google reserves", async () => {
    const project = await projectWith("10.0.0.0/29", "10.1.0.0/16");
    await expect(project.pool("a", 5)).rejects.toThrow(
      /^Error creating NodePool: googleapi: Error 400: Not all instances running in IGM\. Expected 5, running 4, transitioning 1\. .*in the IP range '10\.0\.0\.0\/29'.*, IP_SPACE_EXHAUSTED$/,
    );
    await project.pool("a", 4);
  });

  it("starts with the minimum number of nodes over all zones", async () => {
    const project = await projectWith("10.0.0.0/24", "10.1.0.0/20");
    await project.create(type, {
      name: "scaled",
      cluster: "c",
      location: "europe-west4",
      node_locations: ["europe-west4-a", "europe-west4-b"],
      initial_node_count: 1,
      autoscaling: [{ total_min_node_count: 3, total_max_node_count: 50 }],
    });
    expect(nodesOf(project, "scaled")).toHaveLength(3);
  });

  it("uses the range it names for as long as it exists", async () => {
    const project = await projectWith("10.0.0.0/24", "10.1.0.0/24");
    const made = await project.pool("a", 2, { network_config: [{ pod_range: "batch" }] });
    expect(nodesOf(project, "a").map(({ pods }) => pods)).toEqual(["10.3.0.0/24", "10.3.1.0/24"]);
    await expect(project.pool("b", 1, { network_config: [{ pod_range: "gone" }] })).rejects.toThrow(
      'Pod secondary range "gone" not found',
    );
    expect(growNodePool(project.store, { ...name, nodePool: "a", nodes: 4 }).nodes).toHaveLength(4);
    expect(() => growNodePool(project.store, { ...name, nodePool: "a", nodes: 5 })).toThrow("10.3.0.0/22");
    expect((await project.again(type, made))["node_count"]).toBe(4);
  });

  it("uses an additional subnetwork of the cluster when it names one", async () => {
    const project = await projectWith("10.0.0.0/29", "10.1.0.0/20");
    const batch = await project.subnetwork("batch", "10.0.1.0/28", {
      secondary_ip_range: [secondary("batch-pods", "10.4.0.0/22")],
    });
    const extra = [{ subnetwork: batch["id"]!, pod_ipv4_range_names: ["batch-pods"] }];
    const inBatch = { network_config: [{ subnetwork: batch["id"]! }] };
    await expect(project.pool("b", 1, inBatch)).rejects.toThrow(
      'is not one of the subnetworks of cluster "c"',
    );
    const cluster = await project.again("google_container_cluster", {
      id: idOf("").replace("/nodePools/", ""),
      project: "acme",
    });
    const attached = await project.update(
      "google_container_cluster",
      cluster,
      clusterArguments({ cluster_secondary_range_name: "pods", additional_ip_ranges_config: extra }),
    );
    expect(at(attached, "ip_allocation_policy", 0, "additional_ip_ranges_config")).toMatchObject(extra);
    await project.pool("b", 2, inBatch);
    expect(nodesOf(project, "b")[0]).toMatchObject({ address: "10.0.1.2", pods: "10.4.0.0/24" });
    await expect(
      project.update(
        "google_container_cluster",
        attached,
        clusterArguments({ cluster_secondary_range_name: "pods" }),
      ),
    ).rejects.toThrow('it is in use by node pool "b"');
  });

  it("is resized by Terraform within its range", async () => {
    const project = await projectWith("10.0.0.0/24", "10.1.0.0/22");
    const made = await project.pool("a", 2);
    const resized = (nodes: number) =>
      project.update(type, made, { name: "a", cluster: "c", location: "europe-west4", node_count: nodes });
    await expect(resized(5)).rejects.toThrow("Expected 5, running 4, transitioning 1");
    await resized(4);
    expect(nodesOf(project, "a")).toHaveLength(4);
    await resized(1);
    expect(nodesOf(project, "a")).toMatchObject([{ address: "10.0.0.2", pods: "10.1.0.0/24" }]);
  });

  it("can have a range created for it, which is deleted with it", async () => {
    const project = await projectWith("10.0.0.0/24", "10.1.0.0/24");
    const config = { create_pod_range: true, pod_range: "own", pod_ipv4_cidr_block: "10.7.0.0/24" };
    const made = await project.pool("a", 1, { network_config: [config] });
    expect(nodesOf(project, "a")[0]).toMatchObject({ pods: "10.7.0.0/24" });
    await project.destroy(type, made);
    await project.pool("a", 1, { network_config: [config] });
  });

  it("releases its addresses", async () => {
    const project = await projectWith("10.0.0.0/24", "10.1.0.0/24");
    const made = await project.pool("a", 1);
    await expect(project.pool("b", 1)).rejects.toThrow("IP_SPACE_EXHAUSTED");
    await project.destroy(type, made);
    await project.pool("b", 1);
  });

  it("needs its cluster", async () => {
    const project = new GoogleProject();
    await expect(project.pool("a", 1)).rejects.toThrow(
      "Error 404: Not found: projects/acme/locations/europe-west4/clusters/c., notFound",
    );
  });

  it("never assigns an address or a block twice, however pools are created, resized and deleted", async () => {
    const step = fc.record({
      pool: fc.constantFrom("a", "b", "c"),
      nodes: fc.integer({ min: 0, max: 9 }),
      maxPods: fc.constantFrom(8, 32, 110),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const project = await projectWith("10.0.0.0/28", "10.1.0.0/21");
        for (const { pool, nodes, maxPods } of steps) await attempt(project, pool, nodes, maxPods);
        const pools = project.store.view((transaction) =>
          poolsOf(transaction, idOf("").replace("/nodePools/", "")),
        );
        for (const { nodes, maxPodsPerNode } of pools)
          for (const { pods } of nodes)
            expect(Prefix.parse(pods!).length).toBe(podRangePerNode(maxPodsPerNode));
        const all = pools.flatMap(({ nodes }) => nodes);
        expect(new Set(all.map(({ address }) => address)).size).toBe(all.length);
        const blocks = all.map(({ pods }) => Prefix.parse(pods!)).sort((a, b) => a.compare(b));
        blocks.slice(1).forEach((block, i) => expect(block.overlaps(blocks[i]!)).toBe(false));
        expect(blocks.every((block) => Prefix.parse("10.1.0.0/21").contains(block))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

/** Creates, resizes or (at zero nodes) deletes a pool; a pool that does not fit is refused and changes nothing. */
async function attempt(project: GoogleProject, pool: string, nodes: number, maxPods: number): Promise<void> {
  const exists = project.store.view((transaction) => nodePoolOf(transaction, idOf(pool)));
  const before = nodesOf(project, pool);
  try {
    if (!exists) await project.pool(pool, nodes, { max_pods_per_node: maxPods });
    else if (nodes === 0) await project.destroy(type, { id: idOf(pool), project: "acme" });
    else growNodePool(project.store, { ...name, nodePool: pool, nodes });
  } catch (error) {
    expect(String(error)).toContain("is exhausted");
    expect(nodesOf(project, pool)).toEqual(before);
  }
}
