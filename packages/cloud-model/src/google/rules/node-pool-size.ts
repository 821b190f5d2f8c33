import { type Cluster } from "../documents/cluster";
import { type NodePoolAutoscaling, type NodePoolRequest } from "../requests/container";
import { gkeLocation } from "./gke-location";
import { badRequest } from "./refusals";

/** How many nodes a pool has, over all its zones. */
export interface PoolSize {
  /** Nodes of the new pool. */
  readonly nodes: number;
  /** Nodes it may grow to. */
  readonly most: number;
}

/** Bounds of the pods on a node (GKE: "Configure maximum Pods per node"). */
const MAX_PODS = { least: 8, most: 256 };

/** The size of a new pool, from counts per zone or totals. */
export function poolSize({ initialNodeCount = 0, autoscaling }: NodePoolRequest, zones: number): PoolSize {
  const initial = initialNodeCount * zones;
  if (!autoscaling) return { nodes: initial, most: initial };
  const { least, most } = autoscalingBounds(autoscaling, zones);
  const nodes = Math.max(initial, least);
  return { nodes, most: Math.max(most, nodes) };
}

/** Bounds of a pool's size over all its zones. */
export function autoscalingBounds(
  autoscaling: NodePoolAutoscaling,
  zones: number,
): { readonly least: number; readonly most: number } {
  const { minNodeCount = 0, maxNodeCount = 0, totalMinNodeCount, totalMaxNodeCount } = autoscaling;
  return {
    least: totalMinNodeCount || minNodeCount * zones,
    most: totalMaxNodeCount || maxNodeCount * zones,
  };
}

/** The zones of a pool. @param locations none are the cluster's @throws ServiceError badRequest */
export const poolZones = (cluster: Cluster, locations: readonly string[] = []): readonly string[] =>
  locations.length > 0 ? gkeLocation(cluster.region, locations).zones : cluster.zones;

/** The most pods on a node of a new pool. @throws ServiceError badRequest */
export function maxPodsPerNode(cluster: Cluster, { maxPodsConstraint }: NodePoolRequest): number {
  const pods = maxPodsConstraint?.maxPodsPerNode ?? cluster.maxPodsPerNode;
  if (pods >= MAX_PODS.least && pods <= MAX_PODS.most) return pods;
  throw badRequest(
    `Invalid value for max_pods_per_node: ${pods}. It must be between ${MAX_PODS.least} and ${MAX_PODS.most}.`,
  );
}
