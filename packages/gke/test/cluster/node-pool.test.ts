import { type NodePoolOptions } from "../../src";
import { clusterStack, divided, resource, resources } from "../fixture";

const auto = { mode: "auto", acceptPreview: true } as const;
const general: NodePoolOptions = { name: "general", machineType: "n2-standard-8", size: { min: 3, max: 60 } };

describe("NodePool", () => {
  test("scales across all zones, in the cluster's default pod range", () => {
    const pool = resource(clusterStack({ nodePools: [general] }), "google_container_node_pool");

    expect(pool).toMatchObject({
      name: "general",
      location: "europe-west3",
      initial_node_count: 1,
      autoscaling: { total_min_node_count: 3, total_max_node_count: 60 },
      max_pods_per_node: 110,
      network_config: { enable_private_nodes: true, pod_range: "prod-search-pods" },
      upgrade_settings: { max_surge: 1, max_unavailable: 0 },
      node_config: { machine_type: "n2-standard-8", workload_metadata_config: { mode: "GKE_METADATA" } },
      lifecycle: { ignore_changes: ["initial_node_count"] },
    });
    expect(pool["cluster"]).toMatch(/^\$\{google_container_cluster\..*\.name\}$/);
    expect(pool).not.toHaveProperty("node_count");
  });

  test("auto: sets no range", () => {
    const pool = resource(
      clusterStack({ nodePools: [general] }, { ipam: auto }),
      "google_container_node_pool",
    );

    expect(pool["network_config"]).toEqual({ enable_private_nodes: true });
  });

  test("uses another pod range or an extra subnet by name", () => {
    const network = {
      podRanges: [{ name: "batch", cidr: "10.66.0.0/18" }],
      extraSubnets: [{ name: "gpu", nodes: "10.66.64.0/24", pods: "10.66.128.0/18" }],
    };
    const stack = clusterStack(
      {
        nodePools: [
          { ...general, name: "batch", podRange: "batch", maxPodsPerNode: 32 },
          { ...general, name: "gpu", subnet: "gpu" },
        ],
      },
      network,
    );

    const pools = resources(stack, "google_container_node_pool");
    expect(pools["batch"]).toMatchObject({
      max_pods_per_node: 32,
      network_config: { pod_range: "prod-search-batch" },
    });
    expect(pools["gpu"].network_config).toEqual({
      enable_private_nodes: true,
      pod_range: "prod-search-gpu-pods",
      subnetwork: "projects/acme-prod/regions/europe-west3/subnetworks/prod-search-gpu",
    });
  });

  test("uses further blocks of the plan by name, after the cluster attached them", () => {
    const stack = clusterStack(
      {
        nodePools: [
          { ...general, name: "more", podRange: "pods-2" },
          { ...general, name: "second", subnet: "nodes-2", size: { min: 0, max: 31 } },
        ],
      },
      { addresses: divided },
    );

    const pools = resources(stack, "google_container_node_pool");
    expect(pools["more"].network_config).toMatchObject({ pod_range: "prod-search-pods-2" });
    expect(pools["second"].network_config).toMatchObject({
      pod_range: "prod-search-pods-3",
      subnetwork: "projects/acme-prod/regions/europe-west3/subnetworks/prod-search-nodes-2",
    });
    expect(pools["more"].depends_on).toEqual([expect.stringMatching(/^terraform_data\./)]);
    expect(() =>
      clusterStack(
        { nodePools: [{ ...general, subnet: "nodes-2", size: { min: 0, max: 32 } }] },
        { addresses: divided },
      ),
    ).toThrow("the pod range 10.66.96.0/19 has room for 32");
  });

  test("starts with its minimum, spread across the zones, but not above its maximum", () => {
    const initial = (min: number, max: number) => {
      const stack = clusterStack({ nodePools: [{ ...general, size: { min, max } }] });
      return resource(stack, "google_container_node_pool")["initial_node_count"];
    };

    expect(initial(7, 60)).toBe(3);
    expect(initial(4, 4)).toBe(1);
    expect(initial(0, 60)).toBe(0);
  });

  test("has nodes with GPUs, taints, labels and disks of its own", () => {
    const gpu: NodePoolOptions = {
      ...general,
      accelerator: { type: "nvidia-l4", count: 2, driver: "LATEST" },
      ...{ diskGb: 200, diskType: "pd-balanced", imageType: "UBUNTU_CONTAINERD" },
      labels: { team: "search" },
      taints: [{ key: "team", value: "search", effect: "NO_SCHEDULE" }],
      upgrade: { surgeNodes: 0, unavailableNodes: 1 },
    };
    const pool = resource(clusterStack({ nodePools: [gpu] }), "google_container_node_pool");

    expect(pool["upgrade_settings"]).toEqual({ strategy: "SURGE", max_surge: 0, max_unavailable: 1 });
    expect(pool["node_config"]).toMatchObject({
      ...{ disk_size_gb: 200, disk_type: "pd-balanced", image_type: "UBUNTU_CONTAINERD" },
      guest_accelerator: [
        { type: "nvidia-l4", count: 2, gpu_driver_installation_config: { gpu_driver_version: "LATEST" } },
      ],
      labels: { team: "search" },
      taint: [{ key: "team", value: "search", effect: "NO_SCHEDULE" }],
    });
  });

  test("has addresses for twice its nodes, if an upgrade creates them all at once", () => {
    const half: NodePoolOptions = { ...general, size: { min: 3, max: 64 }, upgrade: "blue-green" };
    const pool = resource(clusterStack({ nodePools: [half] }), "google_container_node_pool");

    expect(pool["upgrade_settings"]).toMatchObject({
      strategy: "BLUE_GREEN",
      blue_green_settings: { node_pool_soak_duration: "3600s" },
    });
    expect(() => clusterStack({ nodePools: [{ ...half, size: { min: 3, max: 65 } }] })).toThrow(
      "use at most 64 nodes",
    );
  });

  test("can use its pod range up to the last node", () => {
    const full = { ...general, size: { min: 3, max: 127 } };

    expect(() => clusterStack({ nodePools: [full] })).not.toThrow();
    expect(() =>
      clusterStack({ nodePools: [full, { ...general, name: "one-more", size: { min: 0, max: 1 } }] }),
    ).toThrow(/has room for 128 .*of which 0 are free/);
  });
});
