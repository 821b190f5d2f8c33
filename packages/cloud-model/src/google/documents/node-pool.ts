import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";

/** A node with its addresses. */
export interface Node {
  readonly name: string;
  /** In the primary range of the pool's subnetwork. */
  readonly address: string;
  /** The block of its pods, in the pool's pod range; absent in routes-based clusters. */
  readonly pods?: string | undefined;
}

/** A node pool, as far as addresses go. */
export interface NodePool {
  /** `projects/…/locations/…/clusters/…/nodePools/…` */
  readonly id: string;
  /** Id of the cluster. */
  readonly cluster: string;
  readonly name: string;
  /** Id of the subnetwork of its nodes. */
  readonly subnetwork: string;
  /** Name of the secondary range of its pods; it never changes. Absent in routes-based clusters. */
  readonly podRange?: string | undefined;
  readonly maxPodsPerNode: number;
  readonly zones: readonly string[];
  readonly nodes: readonly Node[];
  readonly version: string;
}

const kind = new Kind<NodePool>("google/node-pool");

/** The node pool, or undefined. @param id its full name */
export const nodePoolOf = (transaction: Transaction, id: string): NodePool | undefined =>
  transaction.get(kind, id);

/** The node pools of a cluster. */
export const poolsOf = (transaction: Transaction, cluster: string): readonly NodePool[] =>
  transaction.filter(kind, (pool) => pool.cluster === cluster);

/** The node pools, of any cluster, whose nodes are in a subnetwork. */
export const poolsOn = (transaction: Transaction, subnetwork: string): readonly NodePool[] =>
  transaction.filter(kind, (pool) => pool.subnetwork === subnetwork);

/** Makes or changes a node pool. */
export const putNodePool = (transaction: Transaction, pool: NodePool): NodePool =>
  transaction.put(kind, pool.id, pool);

/** Removes a node pool with its nodes. */
export const removeNodePool = (transaction: Transaction, id: string): void => transaction.remove(kind, id);
