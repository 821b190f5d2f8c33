import { type TypeOverlay } from "../../schema/overlay";

/** Data sources of google. */
export const lookups: Readonly<Record<string, TypeOverlay>> = {
  google_client_config: { sensitive: ["access_token"] },
  google_compute_network: { optional: ["name", "self_link"], computed: ["name", "self_link"] },
  google_compute_router: { mirrors: { required: ["name", "network"], optional: ["project", "region"] } },
  google_compute_router_nat: { mirrors: { required: ["name", "router"], optional: ["project", "region"] } },
  google_compute_subnetwork: { optional: ["self_link"], computed: ["self_link"] },
  google_container_cluster: { mirrors: { required: ["name"], optional: ["location", "project"] } },
  google_container_engine_versions: { plain: ["location", "project"] },
  google_project: { plain: ["project_id"], checks: { forms: { project_id: "project-id" } } },
  google_service_account: { plain: ["project"] },
};
