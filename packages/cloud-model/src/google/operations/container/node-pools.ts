import { type RequestContext } from "../../../request-context";
import { type Transaction } from "../../../store/transaction";
import { clusterOf } from "../../documents/cluster";
import { type NodePool, nodePoolOf, putNodePool, removeNodePool } from "../../documents/node-pool";
import {
  type NodePoolAutoscalingRequest,
  type NodePoolRequest,
  type NodePoolSizeRequest,
  type NodePoolUpdate,
} from "../../requests/container";
import { existingCluster, existingNodePool } from "../../rules/existing";
import { nodeVersion } from "../../rules/gke-versions";
import { resizedNodes } from "../../rules/node-placement";
import { autoscalingBounds, poolZones } from "../../rules/node-pool-size";
import { badRequest, gkeAlreadyExists } from "../../rules/refusals";
import { dropUnused } from "./auto-ipam";
import { newPool } from "./new-pool";
import { poolPlacement } from "./pool-placement";

/**
 * Creates a node pool: each node has an address and a block for its pods. With Auto IPAM, a pool without room gets a
 * pod range of its own.
 *
 * @param cluster full name
 * @throws ServiceError alreadyExists, badRequest, notFound, IP_SPACE_EXHAUSTED
 */
export function createNodePool(context: RequestContext, cluster: string, request: NodePoolRequest): NodePool {
  const { transaction } = context;
  const owner = existingCluster(transaction, cluster);
  if (owner.autopilot) throw badRequest("Autopilot clusters do not support mutating node pools.");
  const id = `${owner.id}/nodePools/${request.name}`;
  if (nodePoolOf(transaction, id)) throw gkeAlreadyExists(id);
  const placement = poolPlacement(context, owner, request);
  return putNodePool(transaction, newPool(transaction, owner, request, placement));
}

/** Changes the version or the zones of a node pool. @throws ServiceError badRequest, notFound */
export function updateNodePool(
  { transaction }: RequestContext,
  id: string,
  { locations, nodeVersion: version }: NodePoolUpdate,
): NodePool {
  const before = existingNodePool(transaction, id);
  const cluster = existingCluster(transaction, before.cluster);
  return putNodePool(transaction, {
    ...before,
    zones: locations ? poolZones(cluster, locations) : before.zones,
    version: version ? nodeVersion(cluster, version) : before.version,
  });
}

/** Resizes a node pool to a number of nodes in each zone. @throws ServiceError IP_SPACE_EXHAUSTED, notFound */
export function setNodePoolSize(
  { transaction }: RequestContext,
  id: string,
  { nodeCount }: NodePoolSizeRequest,
): NodePool {
  const pool = existingNodePool(transaction, id);
  return resize(transaction, pool, nodeCount * pool.zones.length);
}

/** Sets the bounds of the autoscaler: a pool outside of them is resized. @throws ServiceError IP_SPACE_EXHAUSTED, notFound */
export function setNodePoolAutoscaling(
  { transaction }: RequestContext,
  id: string,
  { autoscaling }: NodePoolAutoscalingRequest,
): NodePool {
  const pool = existingNodePool(transaction, id);
  const { least, most } = autoscalingBounds(autoscaling, pool.zones.length);
  return resize(transaction, pool, Math.min(Math.max(pool.nodes.length, least), Math.max(most, least)));
}

/**
 * Gives a pool a number of nodes over all its zones. Its ranges never grow, not even with Auto IPAM.
 *
 * @throws ServiceError IP_SPACE_EXHAUSTED, notFound
 */
export function resize(transaction: Transaction, pool: NodePool, nodes: number): NodePool {
  const cluster = existingCluster(transaction, pool.cluster);
  return putNodePool(transaction, { ...pool, nodes: resizedNodes(transaction, cluster, pool, nodes) });
}

/** Deletes a node pool with the ranges that were made for it. @throws ServiceError notFound */
export function deleteNodePool(context: RequestContext, id: string): void {
  const { transaction } = context;
  const pool = existingNodePool(transaction, id);
  removeNodePool(transaction, id);
  const cluster = clusterOf(transaction, pool.cluster);
  if (cluster) dropUnused(context, cluster);
}
