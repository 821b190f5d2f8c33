import { type Transaction } from "../../../store/transaction";
import { type Cluster } from "../../documents/cluster";
import { type NodePool } from "../../documents/node-pool";
import { nodePoolPath } from "../../documents/resource-path";
import { type NodePoolRequest } from "../../requests/container";
import { nodeVersion } from "../../rules/gke-versions";
import { defaultPlacement, type Placement, placementFor, resizedNodes } from "../../rules/node-placement";
import { maxPodsPerNode, poolSize, poolZones } from "../../rules/node-pool-size";

/**
 * A new pool with its nodes, not yet stored.
 *
 * @param placement @default the cluster's range with the most room, or its default range where none has enough
 * @throws ServiceError IP_SPACE_EXHAUSTED, badRequest
 */
export function newPool(
  transaction: Transaction,
  cluster: Cluster,
  request: NodePoolRequest,
  placement?: Placement,
): NodePool {
  const { name, version } = request;
  const { project, location } = cluster;
  const maxPods = maxPodsPerNode(cluster, request);
  const zones = poolZones(cluster, request.locations);
  const { nodes } = poolSize(request, zones.length);
  const { subnetwork, podRange } =
    placement ??
    placementFor(transaction, cluster, { nodes, maxPodsPerNode: maxPods }) ??
    defaultPlacement(transaction, cluster);
  const pool: NodePool = {
    id: nodePoolPath.format({ project, location, cluster: cluster.name, name }),
    cluster: cluster.id,
    name,
    subnetwork: subnetwork.id,
    podRange: podRange?.name,
    maxPodsPerNode: maxPods,
    zones,
    nodes: [],
    version: version ? nodeVersion(cluster, version) : cluster.version,
  };
  return { ...pool, nodes: resizedNodes(transaction, cluster, pool, nodes) };
}
