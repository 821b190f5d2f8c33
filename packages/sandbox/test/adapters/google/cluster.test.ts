import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { at, clusterArguments, GoogleProject, secondary } from "./google-project";

const type = "google_container_cluster";
const planned = { cluster_secondary_range_name: "pods" };

describe("a cluster", () => {
  let project: GoogleProject;
  let nodes: ObjectValue;
  beforeEach(async () => {
    project = new GoogleProject();
    await project.network();
    nodes = await project.subnetwork("nodes", "10.0.0.0/24", {
      secondary_ip_range: [secondary("pods", "10.1.0.0/20"), secondary("more", "10.2.0.0/20")],
    });
  });

  it("uses the ranges it names, and GKE's managed range for Services", async () => {
    const made = await project.cluster(planned);
    expect(made).toMatchObject({
      cluster_ipv4_cidr: "10.1.0.0/20",
      services_ipv4_cidr: "34.118.224.0/20",
      master_version: "1.34.1-gke.1000000",
    });
    expect(at(made, "ip_allocation_policy", 0)).toMatchObject({
      cluster_ipv4_cidr_block: "10.1.0.0/20",
      services_secondary_range_name: "",
      auto_ipam_config: [{ enabled: false }],
    });
    expect(await project.again(type, made)).toEqual(made);
  });

  it.each<[ObjectValue, ObjectValue, string]>([
    [
      { cluster_secondary_range_name: "gone" },
      {},
      'Error 400: Pod secondary range "gone" not found in network "https://www.googleapis.com/compute/v1/projects/acme/global/networks/net", subnetwork "nodes"., badRequest',
    ],
    [
      { ...planned, services_secondary_range_name: "pods" },
      {},
      "Pod secondary range name (pods) should not be the same as service secondary range name.",
    ],
    [planned, { network: "gone" }, "The resource 'projects/acme/global/networks/gone' was not found"],
    [planned, { subnetwork: "gone" }, 'subnetworks/gone" is not valid for Network "net".'],
    [planned, { location: "mars-west1" }, 'Location "mars-west1" does not exist.'],
    [planned, { node_locations: ["us-east1-b"] }, 'Zone "us-east1-b" is not in the region "europe-west4"'],
    [planned, { min_master_version: "1.99" }, 'No valid versions with the prefix "1.99" found.'],
    [planned, { min_master_version: "1.34.9-gke.1" }, 'Master version "1.34.9-gke.1" is unsupported.'],
    [
      { auto_ipam_config: [{ enabled: true }] },
      { min_master_version: "1.32" },
      "Auto IPAM requires GKE version 1.33 or later",
    ],
    [
      planned,
      { private_cluster_config: [{ enable_private_nodes: true, master_ipv4_cidr_block: "10.0.0.16/28" }] },
      "10.0.0.16/28 conflicts with existing subnetwork 'nodes'",
    ],
    [
      { ...planned, additional_pod_ranges_config: [{ pod_range_names: ["gone"] }] },
      {},
      'Pod secondary range "gone" not found',
    ],
    [
      { ...planned, additional_ip_ranges_config: [{ subnetwork: "gone", pod_ipv4_range_names: [] }] },
      {},
      'subnetworks/gone" is not valid for Network "net".',
    ],
  ])("%j with %j is refused", (policy, more, words) =>
    expect(project.cluster(policy, more)).rejects.toThrow(words),
  );

  it("prevents the deletion of its subnetwork and of ranges it uses", async () => {
    const made = await project.cluster(planned);
    await expect(project.destroy("google_compute_subnetwork", nodes)).rejects.toThrow(
      "Error 400: The subnetwork resource 'projects/acme/regions/europe-west4/subnetworks/nodes' is already being used by 'projects/acme/locations/europe-west4/clusters/c', resourceInUseByAnotherResource",
    );
    const without = (ranges: ObjectValue[]) =>
      project.update("google_compute_subnetwork", nodes, {
        name: "nodes",
        network: "net",
        ip_cidr_range: "10.0.0.0/24",
        secondary_ip_range: ranges,
      });
    await expect(without([secondary("more", "10.2.0.0/20")])).rejects.toThrow(
      "resourceInUseByAnotherResource",
    );
    await without([secondary("pods", "10.1.0.0/20")]);
    await project.destroy(type, made);
    await project.destroy("google_compute_subnetwork", nodes);
  });

  it("gets a pod range of GKE's choice outside every fence, which is deleted with it", async () => {
    for (const cidr of ["10.128.0.0/9", "10.64.0.0/10", "10.32.0.0/11", "10.16.0.0/12", "10.8.0.0/13"])
      await project.fence(cidr);
    const made = await project.cluster({});
    expect(made["cluster_ipv4_cidr"]).toBe("10.4.0.0/14");
    const ranges = async () =>
      at(await project.again("google_compute_subnetwork", nodes), "secondary_ip_range");
    expect(await ranges()).toMatchObject([
      { range_name: "pods" },
      { range_name: "more" },
      { range_name: expect.stringMatching(/^gke-c-pods-[0-9a-f]{8}$/), ip_cidr_range: "10.4.0.0/14" },
    ]);
    await project.destroy(type, made);
    expect(await ranges()).toHaveLength(2);
  });

  it("has an endpoint of its own", async () => {
    const [first, second] = [await project.cluster(planned), await project.cluster(planned, { name: "d" })];
    expect(first["endpoint"]).not.toBe(second["endpoint"]);
    const config = [
      { enable_private_endpoint: true, enable_private_nodes: true, master_ipv4_cidr_block: "10.3.0.0/28" },
    ];
    const hidden = await project.cluster(planned, { name: "e", private_cluster_config: config });
    expect(hidden["endpoint"]).toBe("10.3.0.2");
  });

  it("is upgraded in place, one minor version at a time", async () => {
    const upgraded = (version: string) => {
      const args = clusterArguments(planned, { min_master_version: version });
      return project.update(type, made, args);
    };
    const made = await project.cluster(planned, { min_master_version: "1.33" });
    expect(made["master_version"]).toBe("1.33.5-gke.1000000");
    await expect(upgraded("1.35")).rejects.toThrow("cannot skip minor versions");
    expect((await upgraded("1.34"))["master_version"]).toBe("1.34.1-gke.1000000");
  });

  it("has no node pools of its own with Autopilot", async () => {
    const auto = { enable_autopilot: true, remove_default_node_pool: null, initial_node_count: null };
    await project.cluster(planned, auto);
    await expect(project.pool("a", 1)).rejects.toThrow(
      "Autopilot clusters do not support mutating node pools.",
    );
  });

  it("needs room for the default pool, even if Terraform removes it", async () => {
    await project.subnetwork("small", "10.9.0.0/28", {
      secondary_ip_range: [secondary("tiny", "10.9.1.0/25")],
    });
    const tiny = project.cluster({ cluster_secondary_range_name: "tiny" }, { subnetwork: "small" });
    await expect(tiny).rejects.toThrow(/^googleapi: Error 400: .*in the IP range '10\.9\.1\.0\/25'/);
  });

  it("is not destroyed while it is protected", async () => {
    const made = await project.cluster(planned, { deletion_protection: true });
    await expect(project.destroy(type, made)).rejects.toThrow(
      /^Cannot destroy cluster because deletion_protection is set to true\. Set it to false/,
    );
  });

  it("is found by data sources in its current state", async () => {
    const { store } = project;
    const look = (name: string) => project.lookup(type, { name, location: "europe-west4" });
    await expect(look("c")).rejects.toThrow("Cannot find google_container_cluster");
    const made = await project.cluster(planned);
    const found = await new GoogleProject({ store }).lookup(type, { name: "c", location: "europe-west4" });
    expect(found).toMatchObject({
      id: made["id"],
      endpoint: made["endpoint"],
      cluster_ipv4_cidr: "10.1.0.0/20",
    });
    expect(await project.import(type, "europe-west4/c")).toMatchObject({
      name: "c",
      endpoint: made["endpoint"],
    });
  });
});
