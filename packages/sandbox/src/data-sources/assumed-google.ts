import { CHANNEL_VERSIONS, DEFAULT_VERSION, GKE_VERSIONS } from "@cluster-ipam/cloud-model/google";
import { isObject, type Value } from "@cluster-ipam/terraform-provider";
import { type Query } from "./query";

const channels = (version: (channel: string) => string) =>
  Object.fromEntries(Object.keys(CHANNEL_VERSIONS).map((channel) => [channel, version(channel)]));

const labelsOf = (labels: Value): Record<string, string> =>
  Object.fromEntries(
    isObject(labels) ? Object.entries(labels).map(([key, value]) => [key, String(value)]) : [],
  );

/** Assumed results of Google data sources. */
export const googleQueries: { readonly [type: string]: Query } = {
  google_client_config: (_config, { settings }) => ({
    id: `projects/${String(settings.owner ?? "")}/regions/${String(settings.region ?? "")}/zones/${String(settings.zone ?? "")}`,
    access_token: typeof settings.token === "string" ? settings.token : "sandbox",
    default_labels: labelsOf(settings.defaultTags),
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
    default_cluster_version: DEFAULT_VERSION,
    latest_master_version: GKE_VERSIONS[0]!,
    latest_node_version: GKE_VERSIONS[0]!,
    valid_master_versions: GKE_VERSIONS,
    valid_node_versions: GKE_VERSIONS,
    release_channel_default_version: channels((channel) => CHANNEL_VERSIONS[channel]!),
    release_channel_latest_version: channels(() => GKE_VERSIONS[0]!),
  }),
  google_container_cluster: () => ({
    id: "projects/{project}/locations/{location}/clusters/{name}",
    project: "{project}",
    endpoint: "203.0.113.10",
    master_version: DEFAULT_VERSION,
    node_version: DEFAULT_VERSION,
    master_auth: [{ client_certificate: "", client_key: "", cluster_ca_certificate: "c2FuZGJveA==" }],
  }),
};
