import { ServiceError } from "../../service-error";
import { type Transaction } from "../../store/transaction";
import { type Cluster, clusterOf } from "../documents/cluster";
import { type NodePool, nodePoolOf } from "../documents/node-pool";
import { type Subnetwork, subnetworkOf } from "../documents/subnetwork";
import { missing } from "./refusals";

/** The subnetwork. @throws ServiceError notFound */
export function existingSubnetwork(transaction: Transaction, id: string): Subnetwork {
  const found = subnetworkOf(transaction, id);
  if (!found) throw missing(id);
  return found;
}

/** The cluster. @throws ServiceError notFound */
export function existingCluster(transaction: Transaction, id: string): Cluster {
  const found = clusterOf(transaction, id);
  if (!found) throw gkeNotFound(id);
  return found;
}

/** The node pool. @throws ServiceError notFound */
export function existingNodePool(transaction: Transaction, id: string): NodePool {
  const found = nodePoolOf(transaction, id);
  if (!found) throw gkeNotFound(id);
  return found;
}

/** In GKE's words, which differ from Compute Engine's. */
const gkeNotFound = (id: string): ServiceError => new ServiceError("notFound", `Not found: ${id}.`, 404);
