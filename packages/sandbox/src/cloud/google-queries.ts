import { type Query } from "./queries";

const versions = ["1.34.1-gke.1000000", "1.33.5-gke.1000000", "1.32.9-gke.1000000"];

/** Answers of the Google data sources. */
export const googleQueries: { readonly [type: string]: Query } = {
  google_client_config: (_config, { settings }) => ({
    id: "projects/{project}",
    access_token: "sandbox",
    project: String(settings.owner ?? ""),
    region: String(settings.region ?? ""),
    zone: String(settings.zone ?? ""),
  }),
  google_project: (config) => ({
    id: "projects/{project_id}",
    project_id: String(config["project_id"] ?? "{project}"),
    name: "{project_id}",
    number: "{digits:12}",
  }),
  google_container_engine_versions: () => ({
    id: "2026-01-01",
    default_cluster_version: versions[0]!,
    latest_master_version: versions[0]!,
    latest_node_version: versions[0]!,
    valid_master_versions: versions,
    valid_node_versions: versions,
    release_channel_default_version: { RAPID: versions[0]!, REGULAR: versions[1]!, STABLE: versions[2]! },
    release_channel_latest_version: { RAPID: versions[0]!, REGULAR: versions[1]!, STABLE: versions[2]! },
  }),
  google_container_cluster: () => ({
    id: "projects/{project}/locations/{location}/clusters/{name}",
    project: "{project}",
    endpoint: "203.0.113.10",
    master_version: versions[0]!,
    node_version: versions[0]!,
    master_auth: [{ client_certificate: "", client_key: "", cluster_ca_certificate: "c2FuZGJveA==" }],
  }),
};
