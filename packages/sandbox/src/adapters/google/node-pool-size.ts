import { type Transaction } from "@cluster-ipam/cloud-model";
import {
  badRequest,
  type Cluster,
  defaultPlace,
  gkeLocation,
  type NodePool,
  placeFor,
  type Placement,
  resized,
} from "@cluster-ipam/cloud-model/google";
import { type ConfigReader } from "../config-reader";
import { nodePoolPath } from "./resource-path";

/** How many nodes a pool has, over all its zones. */
export interface PoolSize {
  /** Nodes that stand once the pool is made. */
  readonly nodes: number;
  /** Nodes it may grow to. */
  readonly most: number;
}

/** Bounds of the pods on a node (GKE: "Configure maximum Pods per node"). */
const MAX_PODS = { least: 8, most: 256 };

/** Reads a pool's size: counts per zone, or totals. */
export function poolSize(asked: ConfigReader, zones: number): PoolSize {
  const count = asked.number("node_count") ?? asked.number("initial_node_count") ?? 0;
  const [scaling] = asked.blocks("autoscaling");
  if (!scaling) return { nodes: count * zones, most: count * zones };
  const total = scaling.number("total_max_node_count") ?? 0;
  const least = scaling.number("total_min_node_count") || (scaling.number("min_node_count") ?? 0) * zones;
  const most = total > 0 ? total : (scaling.number("max_node_count") ?? 0) * zones;
  const nodes = Math.max(count * zones, least);
  return { nodes, most: Math.max(most, nodes) };
}

/** The zones of a pool. @throws ServiceError badRequest */
export const poolZones = (cluster: Cluster, asked: ConfigReader): readonly string[] => {
  const said = asked.texts("node_locations");
  return said.length > 0 ? gkeLocation(cluster.region, said).zones : cluster.zones;
};

/**
 * A new pool with its nodes, where the cluster has room; not yet kept.
 *
 * @param placement where to @default the cluster's roomiest range, or its own where none has room
 * @throws ServiceError IP_SPACE_EXHAUSTED, badRequest
 */
export function newPool(
  transaction: Transaction,
  cluster: Cluster,
  name: string,
  asked: ConfigReader,
  placement?: Placement,
): NodePool {
  const maxPodsPerNode = asked.number("max_pods_per_node") ?? cluster.maxPodsPerNode;
  if (maxPodsPerNode < MAX_PODS.least || maxPodsPerNode > MAX_PODS.most)
    throw badRequest(
      `Invalid value for max_pods_per_node: ${maxPodsPerNode}. It must be between ${MAX_PODS.least} and ${MAX_PODS.most}.`,
    );
  const zones = poolZones(cluster, asked);
  const { nodes } = poolSize(asked, zones.length);
  const { subnetwork, podRange } =
    placement ??
    placeFor(transaction, cluster, { nodes, maxPodsPerNode }) ??
    defaultPlace(transaction, cluster);
  const { project, location } = cluster;
  const pool: NodePool = {
    id: nodePoolPath.of({ project, location, cluster: cluster.name, name }),
    cluster: cluster.id,
    name,
    subnetwork: subnetwork.id,
    podRange: podRange?.name,
    maxPodsPerNode,
    zones,
    nodes: [],
    version: cluster.version,
  };
  return { ...pool, nodes: resized(transaction, cluster, pool, nodes) };
}
