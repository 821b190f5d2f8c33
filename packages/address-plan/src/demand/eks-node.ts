import { type Instance } from "../cloud/instance-types";
import { maxPods } from "../cloud/max-pods";
import { type AwsClusterDefinition } from "./plan-definition";

/** EKS recommends at most 250 pods on a node of any size. */
const MAX_PODS_PER_NODE = 250;

/** The instance of a cluster's nodes: the shape in the plan, or the name of a known type. */
export function instanceOf(cluster: AwsClusterDefinition): Instance {
  return cluster.instanceShape ?? cluster.instanceType;
}

/** Maximum pods per node: the plan's value, or the recommended one with pods off the primary interface. */
export function eksPodsPerNode(cluster: AwsClusterDefinition): number {
  return cluster.podsPerNode ?? maxPods(instanceOf(cluster), "custom-networking-with-prefixes").recommended;
}

/** The highest `podsPerNode` that a cluster's instance type supports. */
export function eksPodsPerNodeLimit(cluster: AwsClusterDefinition): number {
  return Math.min(MAX_PODS_PER_NODE, maxPods(instanceOf(cluster), "custom-networking-with-prefixes").raw);
}
