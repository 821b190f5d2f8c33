import { combine, type ProviderOverlay, type TypeOverlay } from "../../schema/overlay";
import { containerCluster } from "./container-cluster";
import { containerNodePool } from "./container-node-pool";
import { lookups } from "./data-sources";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { project } from "./project";
import { provider } from "./provider";
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
  provider,
  resources: Object.fromEntries(
    Object.entries(facts).map(([type, overlay]) => [type, combine(overlay, values[type] ?? {})]),
  ),
  dataSources: lookups,
};
