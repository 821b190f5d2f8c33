import { type NodePoolAutoscaling, type NodePoolRequest } from "@cluster-ipam/cloud-model/google";
import { type ConfigReader } from "../config-reader";

/** The request for a node pool: a resource of its own, or a `node_pool` block of a cluster. */
export function nodePoolRequest(name: string, config: ConfigReader): NodePoolRequest {
  const maxPodsPerNode = config.number("max_pods_per_node");
  const network = config.block("network_config");
  return {
    name,
    initialNodeCount: config.number("node_count") ?? config.number("initial_node_count"),
    locations: config.texts("node_locations"),
    version: config.text("version"),
    autoscaling: autoscalingOf(config),
    maxPodsConstraint: maxPodsPerNode === undefined ? undefined : { maxPodsPerNode },
    networkConfig: {
      createPodRange: network.flag("create_pod_range"),
      podRange: network.text("pod_range"),
      podIpv4CidrBlock: network.text("pod_ipv4_cidr_block"),
      subnetwork: network.text("subnetwork"),
    },
  };
}

/** The bounds of the autoscaler, or undefined without an `autoscaling` block. */
export function autoscalingOf(config: ConfigReader): NodePoolAutoscaling | undefined {
  const [autoscaling] = config.blocks("autoscaling");
  return (
    autoscaling && {
      minNodeCount: autoscaling.number("min_node_count"),
      maxNodeCount: autoscaling.number("max_node_count"),
      totalMinNodeCount: autoscaling.number("total_min_node_count"),
      totalMaxNodeCount: autoscaling.number("total_max_node_count"),
    }
  );
}
