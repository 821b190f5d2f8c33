import { defaultQuotas, ServiceError, type Store } from "@cluster-ipam/cloud-model";
import { type NodePool, nodePoolOf, putNodePool, resized } from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { standing } from "./cluster";
import { addPool } from "./node-pool";
import { clusterPath, nodePoolPath } from "./resource-path";

/** A node pool by its names. */
export interface NodePoolName {
  readonly project: string;
  /** Region or zone of the cluster. */
  readonly location: string;
  readonly cluster: string;
  readonly nodePool: string;
}

/**
 * What the cluster autoscaler does: gives a pool another size, without Terraform. A pool's ranges never
 * grow, with Auto IPAM neither.
 *
 * @returns the pool with its nodes
 * @throws ServiceError IP_SPACE_EXHAUSTED when the pool's ranges are full, notFound
 */
export function growNodePool(
  store: Store,
  { nodes, ...name }: NodePoolName & { readonly nodes: number },
): NodePool {
  return store.transact((transaction) => {
    const id = nodePoolPath.of({ ...name, name: name.nodePool });
    const pool = nodePoolOf(transaction, id);
    if (!pool) throw new ServiceError("notFound", `Not found: ${id}.`, 404);
    const cluster = standing(transaction, pool.cluster);
    return putNodePool(transaction, { ...pool, nodes: resized(transaction, cluster, pool, nodes) });
  });
}

/** What node auto-provisioning asks for. */
export interface ProvisionedPool extends NodePoolName {
  readonly nodes: number;
  /** Nodes it may grow to. @default nodes */
  readonly most?: number;
  /** @default the cluster's */
  readonly maxPodsPerNode?: number;
}

/**
 * What node auto-provisioning does: makes a node pool without Terraform. With Auto IPAM, a pool that
 * finds no room gets a pod range or a subnet, which Terraform then sees.
 *
 * @returns the pool with its nodes
 * @throws ServiceError IP_SPACE_EXHAUSTED, alreadyExists, notFound
 */
export function provisionNodePool(store: Store, props: ProvisionedPool): NodePool {
  const { nodes, most = nodes, maxPodsPerNode } = props;
  return store.transact((transaction) => {
    const cluster = standing(transaction, clusterPath.of({ ...props, name: props.cluster }));
    const scaling = { total_min_node_count: nodes, total_max_node_count: most };
    const asked = new ConfigReader({ autoscaling: [scaling], max_pods_per_node: maxPodsPerNode ?? null });
    return addPool({ transaction, quotas: defaultQuotas }, cluster, props.nodePool, asked);
  });
}
