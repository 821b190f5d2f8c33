import { Testing } from "cdktf";
import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { clusterStack, divided, googleVersions, resource, resources, search } from "../fixture";

const auto = { mode: "auto", acceptPreview: true } as const;
const cluster = (...args: Parameters<typeof clusterStack>) =>
  resource(clusterStack(...args), "google_container_cluster");

describe("GkeCluster", () => {
  test("is VPC-native, private and regional, without its own nodes", () => {
    expect(cluster({}, { version: "1.33" })).toMatchObject({
      name: "prod-search",
      location: "europe-west3",
      node_locations: ["europe-west3-a", "europe-west3-b", "europe-west3-c"],
      networking_mode: "VPC_NATIVE",
      network: "projects/acme-prod/global/networks/prod-search",
      subnetwork: "projects/acme-prod/regions/europe-west3/subnetworks/prod-search",
      min_master_version: "1.33",
      remove_default_node_pool: true,
      initial_node_count: 1,
      default_max_pods_per_node: 110,
      datapath_provider: "ADVANCED_DATAPATH",
      workload_identity_config: { workload_pool: "acme-prod.svc.id.goog" },
      private_cluster_config: {
        enable_private_nodes: true,
        enable_private_endpoint: true,
        master_ipv4_cidr_block: "10.64.4.0/28",
      },
      deletion_protection: true,
    });
  });

  test("hardens what it is told to, and nothing by default", () => {
    const plain = cluster();
    const hardened = ["authenticator_groups_config", "binary_authorization", "database_encryption"];
    expect(Object.keys(plain).filter((name) => hardened.includes(name))).toEqual([]);

    const rbacGroup = "gke-security-groups@example.com";
    const name = "projects/p/locations/l/keyRings/r/cryptoKeys/k";
    const given = { binaryAuthorization: true, intranodeVisibility: true, rbacGroup, secretsKey: { name } };
    expect(cluster(given)).toMatchObject({
      authenticator_groups_config: { security_group: rbacGroup },
      binary_authorization: { evaluation_mode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
      database_encryption: { state: "ENCRYPTED", key_name: name },
      enable_intranode_visibility: true,
    });
  });

  test("makes a key for secrets, which GKE's agent may use before the cluster exists", () => {
    const stack = clusterStack({ secretsKey: "create" });
    const { database_encryption, depends_on } = resource(stack, "google_container_cluster");
    expect(database_encryption).toEqual({
      state: "ENCRYPTED",
      key_name: expect.stringMatching(/^\$\{google_kms_crypto_key\.\w+\.id\}$/) as string,
    });
    expect(depends_on).toContainEqual(expect.stringContaining("google_kms_crypto_key_iam_member"));
  });

  test("planned: sets the plan's ranges, omits Services and Auto IPAM", () => {
    const { ip_allocation_policy, lifecycle } = cluster();

    expect(ip_allocation_policy).toEqual({
      cluster_secondary_range_name: "prod-search-pods",
      additional_pod_ranges_config: { pod_range_names: ["prod-search-growth"] },
    });
    expect(lifecycle).toEqual({ ignore_changes: ["initial_node_count", "node_pool"] });
  });

  test("auto: enables Auto IPAM, sets no ranges, and ignores exactly what GKE adds", () => {
    const { ip_allocation_policy, lifecycle } = cluster({}, { ipam: auto });

    expect(ip_allocation_policy).toEqual({ auto_ipam_config: { enabled: true } });
    expect(lifecycle).toEqual({
      ignore_changes: [
        "ip_allocation_policy[0].additional_ip_ranges_config",
        "ip_allocation_policy[0].additional_pod_ranges_config",
        "initial_node_count",
        "node_pool",
      ],
    });
  });

  test("stopping Auto IPAM is an explicit false, on clusters created with it and on others", () => {
    expect(cluster({}, { ipam: { ...auto, enabled: false } })["ip_allocation_policy"]).toEqual({
      auto_ipam_config: { enabled: false },
    });
    expect(
      cluster({}, { ipam: { mode: "planned", disableAuto: true } })["ip_allocation_policy"],
    ).toMatchObject({
      cluster_secondary_range_name: "prod-search-pods",
      auto_ipam_config: { enabled: false },
    });
  });

  test("requires a newer provider only if an argument needs it", () => {
    const pool = { name: "gpu", machineType: "n2-standard-8", size: { min: 0, max: 9 }, subnet: "gpu" };
    const extraSubnets = [{ name: "gpu", nodes: "10.66.64.0/24", pods: "10.66.128.0/18" }];

    expect(googleVersions(clusterStack())).toBe(">= 6.50.0, < 8.0.0");
    expect(googleVersions(clusterStack({}, { ipam: auto }))).toBe(">= 7.4.0, < 8.0.0");
    expect(googleVersions(clusterStack({ nodePools: [pool] }, { extraSubnets }))).toBe(">= 7.24.0, < 8.0.0");
  });

  test("extra subnets: each with its pod range", () => {
    const extraSubnets = [{ name: "gpu", nodes: "10.66.64.0/24", pods: "10.66.128.0/18" }];

    expect(cluster({}, { extraSubnets })["ip_allocation_policy"]).toEqual({
      cluster_secondary_range_name: "prod-search-pods",
      additional_ip_ranges_config: [
        {
          subnetwork: "projects/acme-prod/regions/europe-west3/subnetworks/prod-search-gpu",
          pod_ipv4_range_names: ["prod-search-gpu-pods"],
        },
      ],
    });
  });

  test("further blocks of the plan are attached, until they drain", () => {
    const policy = (addresses: GkeClusterAddresses) => cluster({}, { addresses })["ip_allocation_policy"];

    expect(policy(divided)).toEqual({
      cluster_secondary_range_name: "prod-search-pods",
      additional_pod_ranges_config: { pod_range_names: ["prod-search-pods-2", "prod-search-growth"] },
      additional_ip_ranges_config: [
        {
          subnetwork: "projects/acme-prod/regions/europe-west3/subnetworks/prod-search-nodes-2",
          pod_ipv4_range_names: ["prod-search-pods-3"],
        },
      ],
    });
    const state = "draining" as const;
    expect(
      policy({
        ...divided,
        furtherPods: divided.furtherPods.map((block) => ({ ...block, state })),
        furtherSubnets: divided.furtherSubnets.map((subnet) => ({ ...subnet, state })),
        growth: divided.growth.map((block) => ({ ...block, state })),
      }),
    ).toEqual({ cluster_secondary_range_name: "prod-search-pods" });
  });

  test("keeps the pods per node that it was created with, when the plan's change", () => {
    const addresses = { ...search, demand: { ...search.demand, podsPerNode: 64 } };

    expect(cluster({}, { addresses })["default_max_pods_per_node"]).toBe(110);
  });

  test.each([
    ["10.65.0.0/17", false],
    ["100.65.0.0/17", false],
    ["240.0.0.0/17", false],
    ["198.18.0.0/17", false],
    ["21.65.0.0/17", true],
    ["100.128.0.0/17", true],
  ])("pods in %s: default SNAT is disabled: %s", (pods, disabled) => {
    const snat = cluster({}, { addresses: { ...search, pods } })["default_snat_status"];

    expect(snat).toEqual(disabled ? { disabled: true } : undefined);
  });

  test("Autopilot: no pool, no maximum pods, and the node account for Google's nodes", () => {
    const stack = clusterStack({ autopilot: true }, { ipam: auto });
    const autopilot = resource(stack, "google_container_cluster");

    expect(autopilot["enable_autopilot"]).toBe(true);
    for (const absent of [
      "default_max_pods_per_node",
      "initial_node_count",
      "remove_default_node_pool",
      "datapath_provider",
    ]) {
      expect(autopilot).not.toHaveProperty(absent);
    }
    expect(autopilot["lifecycle"]).toEqual({
      ignore_changes: [
        "ip_allocation_policy[0].additional_ip_ranges_config",
        "ip_allocation_policy[0].additional_pod_ranges_config",
      ],
    });
    expect(autopilot["cluster_autoscaling"].auto_provisioning_defaults.service_account).toMatch(
      /google_service_account\..*\.email/,
    );
  });

  test("the control plane allows the plan's private ranges; its DNS endpoint is opt-in", () => {
    const closed = cluster();
    expect(closed["master_authorized_networks_config"]).toMatchObject({
      private_endpoint_enforcement_enabled: true,
      cidr_blocks: [{ cidr_block: "10.64.0.0/14" }, { cidr_block: "192.168.0.0/16" }],
    });
    expect(closed["control_plane_endpoints_config"].dns_endpoint_config.allow_external_traffic).toBe(false);

    const open = cluster({ endpoint: "dns" });
    expect(open["control_plane_endpoints_config"].dns_endpoint_config.allow_external_traffic).toBe(true);
  });

  test("the nodes' service account has the node role and may pull images", () => {
    const stack = clusterStack();

    expect(resource(stack, "google_service_account")["account_id"]).toBe("gke-prod-search");
    const roles = Object.values(resources(stack, "google_project_iam_member")).map((member) => member.role);
    expect(roles.sort()).toEqual([
      "roles/artifactregistry.reader",
      "roles/container.defaultNodeServiceAccount",
    ]);
  });

  test("reads nothing from another stack", () => {
    expect(Testing.synth(clusterStack())).not.toContain("terraform_remote_state");
  });
});
