import { rmSync } from "node:fs";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { provisionNodePool } from "@cluster-ipam/cloud-model/google";
import { type Sandbox, startSandbox } from "../../../src";
import { newFolder, providers, type ResourceChange, Workspace } from "../../workspace";

const ignored = (list: string) => `lifecycle {\n ignore_changes = [${list}]\n }`;
const POLICY = "ip_allocation_policy[0]";
const exact = {
  subnetwork: ignored("secondary_ip_range"),
  cluster: ignored(
    `${POLICY}.additional_ip_ranges_config, ${POLICY}.additional_pod_ranges_config, initial_node_count, node_pool`,
  ),
};
const none = { subnetwork: "", cluster: ignored("initial_node_count, node_pool") };

const configuration = (rules: typeof exact): string => `${providers}
resource "google_compute_network" "net" {
  name                    = "search"
  auto_create_subnetworks = false
}
resource "google_network_connectivity_internal_range" "nodes" {
  name          = "search-nodes"
  network       = google_compute_network.net.id
  usage         = "FOR_VPC"
  peering       = "FOR_SELF"
  ip_cidr_range = "10.144.8.0/28"
  immutable     = true
}
resource "google_network_connectivity_internal_range" "fence" {
  for_each      = toset(["10.0.0.0/9", "10.128.0.0/12", "10.192.0.0/10", "10.160.0.0/11"])
  name          = "search-fence-\${replace(replace(each.key, ".", "-"), "/", "-")}"
  network       = google_compute_network.net.id
  usage         = "EXTERNAL_TO_VPC"
  peering       = "FOR_SELF"
  ip_cidr_range = each.key
  overlaps      = ["OVERLAP_ROUTE_RANGE"]
}
resource "google_compute_subnetwork" "nodes" {
  name                    = "search"
  region                  = "europe-west1"
  network                 = google_compute_network.net.id
  ip_cidr_range           = "10.144.8.0/28"
  reserved_internal_range = "networkconnectivity.googleapis.com/\${google_network_connectivity_internal_range.nodes.id}"
  ${rules.subnetwork}
}
resource "google_compute_router" "router" {
  name    = "search"
  region  = "europe-west1"
  network = google_compute_network.net.id
}
resource "google_compute_router_nat" "nat" {
  name                               = "search"
  region                             = "europe-west1"
  router                             = google_compute_router.router.name
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
resource "google_service_account" "nodes" {
  account_id = "search-nodes"
}
resource "google_project_iam_member" "nodes" {
  project = "acme-prod"
  role    = "roles/container.defaultNodeServiceAccount"
  member  = google_service_account.nodes.member
}
resource "google_container_cluster" "search" {
  name                      = "search"
  location                  = "europe-west1"
  node_locations            = ["europe-west1-b"]
  network                   = google_compute_network.net.id
  subnetwork                = google_compute_subnetwork.nodes.id
  networking_mode           = "VPC_NATIVE"
  min_master_version        = "1.34"
  remove_default_node_pool  = true
  initial_node_count        = 1
  default_max_pods_per_node = 32
  deletion_protection       = false
  ip_allocation_policy {
    auto_ipam_config {
      enabled = true
    }
  }
  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = true
    master_ipv4_cidr_block  = "10.144.8.32/28"
  }
  ${rules.cluster}
  depends_on = [google_network_connectivity_internal_range.fence]
}
resource "google_container_node_pool" "general" {
  name               = "general"
  cluster            = google_container_cluster.search.name
  location           = "europe-west1"
  initial_node_count = 1
  max_pods_per_node  = 32
  autoscaling {
    total_min_node_count = 1
    total_max_node_count = 4
  }
  network_config {
    enable_private_nodes = true
  }
  ${ignored("initial_node_count")}
}
`;

const changed = (plan: ReadonlyMap<string, ResourceChange["change"]>): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...plan]
      .filter(([, { actions }]) => actions[0] !== "no-op")
      .map(([address, { actions }]) => [address, actions]),
  );

/** Kinds and ids of the documents in a journal. */
function documentsIn(folder: string): readonly string[] {
  const documents = new Set<string>();
  for (const entry of new Journal(folder).after(0))
    for (const { kind, id, document } of entry)
      if (document) documents.add(`${kind} ${id}`);
      else documents.delete(`${kind} ${id}`);
  return [...documents];
}

describe("a GKE cluster with Auto IPAM, deployed by Terraform", () => {
  const state = newFolder();
  const lookout = newFolder();
  let sandbox: Sandbox;
  let workspace: Workspace;

  beforeAll(async () => {
    sandbox = await startSandbox({ folders: [lookout], state });
    workspace = new Workspace(sandbox).write(configuration(exact));
    await workspace.apply();
  }, 60_000);

  afterAll(async () => {
    await sandbox.stop();
    workspace.remove();
    for (const folder of [state, lookout]) rmSync(folder, { recursive: true });
  });

  it("has no changes after the apply", async () => {
    expect(changed(await workspace.plan())).toEqual({});
  });

  it("is found by data sources, with its network", async () => {
    const looking = new Workspace(sandbox, lookout).write(`${providers}
data "google_compute_network" "net" {
  name = "search"
}
data "google_compute_subnetwork" "nodes" {
  name = "search"
}
data "google_container_cluster" "search" {
  name     = "search"
  location = "europe-west1"
}
output "found" {
  value = {
    network  = data.google_compute_network.net.id
    nodes    = data.google_compute_subnetwork.nodes.ip_cidr_range
    pods     = data.google_compute_subnetwork.nodes.secondary_ip_range[0].ip_cidr_range
    endpoint = data.google_container_cluster.search.endpoint
    policy   = data.google_container_cluster.search.ip_allocation_policy[0].cluster_ipv4_cidr_block
  }
}
`);
    await looking.apply();
    const { found } = (await looking.outputs()) as { found: Record<string, string> };
    expect(found).toMatchObject({
      network: "projects/acme-prod/global/networks/search",
      nodes: "10.144.8.0/28",
      endpoint: "10.144.8.34",
    });
    expect(found["pods"]).toBe(found["policy"]);
  });

  it("has no changes after GKE added ranges and a subnetwork, if exactly those are ignored", async () => {
    const store = new Store({ journal: new Journal(state) });
    const caller = { project: "acme-prod", location: "europe-west1", cluster: "search" };
    provisionNodePool(store, { ...caller, nodePool: "nap-1", nodes: 10, maxPodsPerNode: 110 });
    provisionNodePool(store, { ...caller, nodePool: "nap-2", nodes: 4 });
    expect(changed(await workspace.plan())).toEqual({});
    expect(changed(await workspace.write(configuration(none)).plan())).toEqual({
      "google_container_cluster.search": ["update"],
    });
    await expect(workspace.apply()).rejects.toThrow(/it is in use by node pool "nap-1"/);
  });

  it("is destroyed with everything that GKE added", async () => {
    expect((await workspace.terraform("destroy", "-auto-approve")).stderr).toBe("");
    expect(documentsIn(state)).toEqual([]);
  });
});
