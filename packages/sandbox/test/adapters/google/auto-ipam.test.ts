import fc from "fast-check";
import { Prefix } from "@cluster-ipam/address-plan";
import { growNodePool, provisionNodePool, rangesIn } from "@cluster-ipam/cloud-model/google";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { at, GoogleProject } from "./google-project";

const name = { project: "acme", location: "europe-west4", cluster: "c" };
const NETWORK = "projects/acme/global/networks/net";

interface Scenario {
  readonly project: GoogleProject;
  readonly nodes: ObjectValue;
  readonly cluster: ObjectValue;
}

/** A cluster with Auto IPAM in a network where only the given space is free. */
async function autoCluster(range: string, free: string): Promise<Scenario> {
  const project = new GoogleProject();
  await project.network();
  const space = Prefix.parse("10.0.0.0/8");
  for (const block of space.subtract(Prefix.parse(free))) await project.fence(String(block));
  const nodes = await project.subnetwork("nodes", range);
  const cluster = await project.cluster(
    { auto_ipam_config: [{ enabled: true }] },
    { default_max_pods_per_node: 32, min_master_version: "1.34" },
  );
  return { project, nodes, cluster };
}

const secondaryRanges = async ({ project, nodes }: Scenario) =>
  at(await project.again("google_compute_subnetwork", nodes), "secondary_ip_range") as ObjectValue[];
const policy = async ({ project, cluster }: Scenario) =>
  at(await project.again("google_container_cluster", cluster), "ip_allocation_policy", 0) as ObjectValue;

describe("Auto IPAM", () => {
  it("starts with a small pod range in free space", async () => {
    const ground = await autoCluster("192.168.0.0/24", "10.144.0.0/20");
    expect(await secondaryRanges(ground)).toMatchObject([
      {
        range_name: expect.stringMatching(/^gke-c-pods-/),
        ip_cidr_range: expect.stringMatching(/^10\.144\..*\/22$/),
      },
    ]);
  });

  it("adds a pod range for a new pool whose pods do not fit", async () => {
    const ground = await autoCluster("192.168.0.0/24", "10.144.0.0/20");
    provisionNodePool(ground.project.store, { ...name, nodePool: "full", nodes: 16 });
    expect(await policy(ground)).toMatchObject({ additional_pod_ranges_config: [] });
    provisionNodePool(ground.project.store, { ...name, nodePool: "next", nodes: 3, most: 8 });
    const [, added] = await secondaryRanges(ground);
    expect(added!["ip_cidr_range"]).toMatch(/\/23$/);
    expect(await policy(ground)).toMatchObject({
      additional_pod_ranges_config: [{ pod_range_names: [added!["range_name"]] }],
      additional_ip_ranges_config: [],
    });
  });

  it("adds a subnetwork for a new pool whose nodes do not fit, and deletes it with the last pool", async () => {
    const ground = await autoCluster("192.168.0.0/29", "10.144.0.0/20");
    const { project } = ground;
    provisionNodePool(project.store, { ...name, nodePool: "full", nodes: 4 });
    const pool = await project.pool("next", 5);
    const subnetwork = at(pool, "network_config", 0, "subnetwork");
    expect(await policy(ground)).toMatchObject({
      additional_pod_ranges_config: [],
      additional_ip_ranges_config: [
        { subnetwork, pod_ipv4_range_names: [at(pool, "network_config", 0, "pod_range")], status: null },
      ],
    });
    await project.destroy("google_container_node_pool", pool);
    expect(await policy(ground)).toMatchObject({ additional_ip_ranges_config: [] });
  });

  it("makes pools and subnetworks that can be imported", async () => {
    const { project } = await autoCluster("192.168.0.0/29", "10.144.0.0/20");
    provisionNodePool(project.store, { ...name, nodePool: "full", nodes: 4 });
    const { id, subnetwork } = provisionNodePool(project.store, { ...name, nodePool: "next", nodes: 5 });
    const pool = (await project.import("google_container_node_pool", "europe-west4/c/next")) as ObjectValue;
    expect(pool).toMatchObject({ id, name: "next", cluster: "c", node_count: 5 });
    expect(await project.again("google_container_node_pool", pool)).toEqual(pool);
    const found = await project.import("google_compute_subnetwork", subnetwork);
    expect(found).toMatchObject({
      id: subnetwork,
      ip_cidr_range: expect.stringMatching(/^10\.144\..*\/28$/),
    });
  });

  it("never adds ranges to an existing pool", async () => {
    const { project } = await autoCluster("192.168.0.0/24", "10.144.0.0/20");
    await project.pool("a", 1);
    expect(growNodePool(project.store, { ...name, nodePool: "a", nodes: 16 }).nodes).toHaveLength(16);
    expect(() => growNodePool(project.store, { ...name, nodePool: "a", nodes: 17 })).toThrow("is exhausted");
  });

  it("adds a range for a pool that starts empty", async () => {
    const { project } = await autoCluster("192.168.0.0/24", "10.144.0.0/20");
    await project.pool("full", 16);
    provisionNodePool(project.store, { ...name, nodePool: "idle", nodes: 0, most: 8 });
    expect(growNodePool(project.store, { ...name, nodePool: "idle", nodes: 8 }).nodes).toHaveLength(8);
  });

  it("stays out of the fences", async () => {
    const { project } = await autoCluster("192.168.0.0/24", "10.144.0.0/22");
    await project.pool("a", 16);
    await expect(project.pool("b", 1)).rejects.toThrow("IP_SPACE_EXHAUSTED");
  });

  it("adds nothing to a cluster without it", async () => {
    const project = new GoogleProject();
    await project.network();
    await project.subnetwork("nodes", "192.168.0.0/24");
    await project.cluster({ cluster_ipv4_cidr_block: "/24" });
    await project.pool("a", 1);
    await expect(project.pool("b", 1)).rejects.toThrow("IP_SPACE_EXHAUSTED");
  });

  it("does not detach a range that has nodes", async () => {
    const ground = await autoCluster("192.168.0.0/24", "10.144.0.0/20");
    const { project } = ground;
    provisionNodePool(project.store, { ...name, nodePool: "full", nodes: 16 });
    provisionNodePool(project.store, { ...name, nodePool: "next", nodes: 1 });
    const seen = await project.again("google_container_cluster", ground.cluster);
    const planned = {
      ...seen,
      ip_allocation_policy: [{ ...(await policy(ground)), additional_pod_ranges_config: [] }],
    };
    await expect(project.update("google_container_cluster", seen, planned)).rejects.toThrow(
      /cannot be removed: it is in use by node pool "next"/,
    );
  });

  it("keeps all ranges of the network disjoint and within the free space", async () => {
    const pools = fc.array(
      fc.record({ nodes: fc.integer({ min: 1, max: 12 }), maxPodsPerNode: fc.constantFrom(8, 32, 110) }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(pools, async (wanted) => {
        const { project } = await autoCluster("192.168.0.0/28", "10.144.0.0/18");
        wanted.forEach((pool, i) => provisioned(project, { ...pool, nodePool: `p${i}` }));
        const ranges = project.store.view((transaction) => rangesIn(transaction, NETWORK));
        const prefixes = ranges.map(({ prefix }) => prefix).sort((a, b) => a.compare(b));
        prefixes.slice(1).forEach((prefix, i) => expect(prefix.overlaps(prefixes[i]!)).toBe(false));
        const spaces = ["192.168.0.0/28", "10.144.0.0/18"].map((cidr) => Prefix.parse(cidr));
        expect(prefixes.every((prefix) => spaces.some((space) => space.contains(prefix)))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

function provisioned(
  { store }: GoogleProject,
  pool: { readonly nodePool: string; readonly nodes: number; readonly maxPodsPerNode: number },
): void {
  try {
    expect(provisionNodePool(store, { ...name, ...pool }).nodes).toHaveLength(pool.nodes);
  } catch (error) {
    expect(String(error)).toContain("is exhausted");
  }
}
