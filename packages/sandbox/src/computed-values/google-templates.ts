import { type Templates } from "./template";

const compute = "https://www.googleapis.com/compute/v1/";

const regional = (kind: string, more: Templates = {}): Templates => ({
  id: `projects/{project}/regions/{region}/${kind}/{name}`,
  self_link: `${compute}projects/{project}/regions/{region}/${kind}/{name}`,
  creation_timestamp: "2026-01-01T00:00:00.000-00:00",
  project: "{project}",
  region: "{region}",
  ...more,
});

const global = (kind: string, more: Templates = {}): Templates => ({
  id: `projects/{project}/global/${kind}/{name}`,
  self_link: `${compute}projects/{project}/global/${kind}/{name}`,
  creation_timestamp: "2026-01-01T00:00:00.000-00:00",
  project: "{project}",
  ...more,
});

/** Members of Google resources that only the cloud knows. */
export const googleTemplates: Readonly<Record<string, Templates>> = {
  google_compute_address: regional("addresses", { address_id: "{digits:18}", network_tier: "PREMIUM" }),
  google_compute_firewall: global("firewalls", { direction: "INGRESS" }),
  google_compute_network: global("networks", {
    network_id: "{digits:18}",
    numeric_id: "{network_id}",
    mtu: 1460,
    routing_mode: "REGIONAL",
    bgp_best_path_selection_mode: "LEGACY",
  }),
  google_compute_router: regional("routers"),
  google_compute_router_nat: {
    id: "{project}/{region}/{router:name}/{name}",
    project: "{project}",
    region: "{region}",
  },
  google_compute_shared_vpc_service_project: { id: "{host_project}/{service_project}" },
  google_compute_subnetwork: regional("subnetworks", {
    // A number: beyond 2^53 it would not survive the JSON in which it is kept.
    subnetwork_id: "{digits:15}",
    purpose: "PRIVATE",
    stack_type: "IPV4_ONLY",
    private_ipv6_google_access: "DISABLE_GOOGLE_ACCESS",
    fingerprint: "{hex:12}",
  }),
  google_compute_subnetwork_iam_member: {
    id: "projects/{project}/regions/{region}/subnetworks/{subnetwork:name}/{role}/{member}",
    project: "{project}",
    region: "{region}",
    etag: "{hex:12}",
  },
  google_container_cluster: {
    id: "projects/{project}/locations/{location}/clusters/{name}",
    self_link: "https://container.googleapis.com/v1/projects/{project}/locations/{location}/clusters/{name}",
    project: "{project}",
    location: "{region}",
    // An address of the documentation range: it leads nowhere.
    endpoint: "203.0.113.10",
    label_fingerprint: "{hex:8}",
    master_version: "1.34.1-gke.1000000",
    node_version: "{master_version}",
    networking_mode: "VPC_NATIVE",
    datapath_provider: "ADVANCED_DATAPATH",
    default_max_pods_per_node: 110,
    logging_service: "logging.googleapis.com/kubernetes",
    monitoring_service: "monitoring.googleapis.com/kubernetes",
    services_ipv4_cidr: "34.118.224.0/20",
    subnetwork: "default",
    // Without the block the API answers that it is off.
    "ip_allocation_policy.auto_ipam_config": [{ enabled: false }],
    master_auth: [
      {
        client_certificate: "",
        client_key: "",
        cluster_ca_certificate: "c2FuZGJveA==",
        client_certificate_config: [{ issue_client_certificate: false }],
      },
    ],
  },
  google_container_node_pool: {
    id: "projects/{project}/locations/{location}/clusters/{cluster:name}/nodePools/{name}",
    project: "{project}",
    location: "{region}",
    name: "{name_prefix}{hex:26}",
    version: "1.34.1-gke.1000000",
    // What GKE chooses for nodes that say nothing else.
    "node_config.disk_size_gb": 100,
    "node_config.disk_type": "pd-balanced",
    "node_config.image_type": "COS_CONTAINERD",
    "node_config.logging_variant": "DEFAULT",
    "node_config.machine_type": "e2-medium",
    "node_config.service_account": "default",
  },
  google_monitoring_alert_policy: {
    id: "{name}",
    name: "projects/{project}/alertPolicies/{digits:18}",
    project: "{project}",
  },
  google_monitoring_notification_channel: {
    id: "{name}",
    name: "projects/{project}/notificationChannels/{digits:18}",
    project: "{project}",
  },
  google_network_connectivity_internal_range: {
    id: "projects/{project}/locations/global/internalRanges/{name}",
    project: "{project}",
  },
  google_project_iam_member: { id: "{project}/{role}/{member}", etag: "{hex:12}" },
  google_project_service: { id: "{project}/{service}", project: "{project}" },
  google_service_account: {
    id: "projects/{project}/serviceAccounts/{email}",
    name: "{id}",
    email: "{account_id}@{project}.iam.gserviceaccount.com",
    member: "serviceAccount:{email}",
    unique_id: "{digits:21}",
    project: "{project}",
  },
};
