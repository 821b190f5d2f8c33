import { type ObjectValue, unknown } from "@cluster-ipam/terraform-provider";
import {
  clusterPath,
  createNodePool,
  deleteNodePool,
  existingNodePool,
  type NodePool,
  nodePoolOf,
  nodePoolPath,
  setNodePoolAutoscaling,
  setNodePoolSize,
  updateNodePool,
} from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { autoscalingOf, nodePoolRequest } from "./node-pool-request";
import { pathDefaults } from "./path-defaults";

/** `google_container_node_pool`. */
export const nodePool: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    const name = config.text("name") || `${config.text("name_prefix")}${context.transaction.hex(26)}`;
    const pool = createNodePool(context, clusterOf(context, config), nodePoolRequest(name, config));
    return { name, ...nodePoolState(pool, planned) };
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    const before = existingNodePool(context.transaction, id);
    const config = new ConfigReader(planned);
    const moved = updateNodePool(context, id, {
      locations: config.texts("node_locations"),
      nodeVersion: config.text("version"),
    });
    const zonesChanged = moved.zones.length !== before.zones.length;
    return nodePoolState(sized(context, moved, new ConfigReader(prior), config, zonesChanged), planned);
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (nodePoolOf(context.transaction, id)) deleteNodePool(context, id);
  },
  read({ transaction }, state) {
    const found = nodePoolOf(transaction, String(state["id"]));
    return found ? nodePoolState(found, state) : null;
  },
  find({ transaction, terraformType, caller }, text) {
    const values = nodePoolPath.parse(text, pathDefaults(terraformType, caller));
    const found = values && nodePoolOf(transaction, nodePoolPath.format(values));
    if (!found) return undefined;
    const { project, location, cluster, name } = values;
    return { id: found.id, project, location, cluster, name, ...nodePoolState(found, {}) };
  },
};

/** The full name of a pool's cluster. */
function clusterOf({ caller, terraformType }: ResourceContext, config: ConfigReader): string {
  const { project, location: region } = pathDefaults(terraformType, caller);
  const location = config.text("location") || region;
  return clusterPath.expand(config.text("cluster"), { project, location }) ?? config.text("cluster");
}

/** A pool keeps the size that the autoscaler gave it, within the bounds that Terraform sets. */
function sized(
  context: ResourceContext,
  pool: NodePool,
  prior: ConfigReader,
  config: ConfigReader,
  zonesChanged: boolean,
): NodePool {
  const autoscaling = autoscalingOf(config);
  if (autoscaling) return setNodePoolAutoscaling(context, pool.id, { autoscaling });
  const nodeCount = config.number("node_count");
  if (nodeCount === undefined || (nodeCount === prior.number("node_count") && !zonesChanged)) return pool;
  return setNodePoolSize(context, pool.id, { nodeCount });
}

function nodePoolState(pool: NodePool, known: ObjectValue): ObjectValue {
  const config = new ConfigReader(known);
  const perZone = Math.ceil(pool.nodes.length / Math.max(1, pool.zones.length));
  const block: ObjectValue = config.objects("network_config")[0] ?? emptyNetworkConfig;
  const network = new ConfigReader(block);
  return {
    max_pods_per_node: pool.maxPodsPerNode,
    node_count: perZone,
    initial_node_count: config.number("initial_node_count") ?? perZone,
    node_locations: pool.zones,
    version: pool.version,
    network_config: [
      {
        ...block,
        pod_range: network.text("pod_range") || (pool.podRange ?? ""),
        subnetwork: network.text("subnetwork") || pool.subnetwork,
      },
    ],
  };
}

const emptyNetworkConfig: ObjectValue = {
  enable_private_nodes: false,
  pod_ipv4_cidr_block: unknown,
  additional_node_network_configs: [],
  additional_pod_network_configs: [],
  network_performance_config: [],
  pod_cidr_overprovision_config: [],
};
