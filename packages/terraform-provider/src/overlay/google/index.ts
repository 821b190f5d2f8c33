import { combine, type ProviderOverlay, type TypeOverlay } from "../../schema/overlay";
import { containerCluster } from "./container-cluster";
import { containerNodePool } from "./container-node-pool";
import { lookups } from "./data-sources";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { project } from "./project";
import { clusterValues } from "./values/cluster";
import { monitoringValues } from "./values/monitoring";
import { networkValues } from "./values/network";
import { nodePoolValues } from "./values/node-pool";
import { projectValues } from "./values/project";

const facts: Readonly<Record<string, TypeOverlay>> = {
  ...containerCluster,
  ...containerNodePool,
  ...monitoring,
  ...network,
  ...project,
};

const values: Readonly<Record<string, TypeOverlay>> = {
  google_container_cluster: clusterValues,
  google_container_node_pool: nodePoolValues,
  ...monitoringValues,
  ...networkValues,
  ...projectValues,
};

/** hashicorp/google 7.45. */
export const google: ProviderOverlay = {
  wholeNumbers: true,
  provider: {
    items: { batching: [0, 1], external_credentials: [0, 1] },
    required: [
      "external_credentials.audience",
      "external_credentials.identity_token",
      "external_credentials.service_account_email",
    ],
    added: {
      deletion_policy: { type: "string", optional: true, since: "7.33.0" },
      poll_interval: { type: "string", optional: true, since: "7.19.0" },
      prefer_global_endpoints: { type: "bool", optional: true, since: "7.30.0" },
      prefer_regional_endpoints: { type: "bool", optional: true, since: "7.30.0" },
    },
    checks: {
      conflicts: {
        access_token: ["credentials", "external_credentials"],
        credentials: ["access_token", "external_credentials"],
      },
    },
  },
  resources: Object.fromEntries(
    Object.entries(facts).map(([type, overlay]) => [type, combine(overlay, values[type] ?? {})]),
  ),
  dataSources: lookups,
};
