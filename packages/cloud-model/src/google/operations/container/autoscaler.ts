import { defaultQuotas } from "../../../quotas";
import { type RequestContext } from "../../../request-context";
import { type Store } from "../../../store/store";
import { type NodePool } from "../../documents/node-pool";
import { clusterPath, nodePoolPath } from "../../documents/resource-path";
import { existingNodePool } from "../../rules/existing";
import { createNodePool, deleteNodePool, resize } from "./node-pools";

/** A node pool by its names. */
export interface NodePoolName {
  readonly project: string;
  /** Region or zone of the cluster. */
  readonly location: string;
  readonly cluster: string;
  readonly nodePool: string;
}

/**
 * What the cluster autoscaler does: resizes a pool. A pool's ranges never grow, not even with Auto IPAM.
 *
 * @returns the pool with its nodes
 * @throws ServiceError IP_SPACE_EXHAUSTED when the pool's ranges are full, notFound
 */
export const growNodePool = (
  store: Store,
  { nodes, ...name }: NodePoolName & { readonly nodes: number },
): NodePool =>
  store.transact((transaction) => resize(transaction, existingNodePool(transaction, idOf(name)), nodes));

/** The pool that node auto-provisioning requests. */
export interface ProvisionedPool extends NodePoolName {
  readonly nodes: number;
  /** Nodes it may grow to. @default nodes */
  readonly most?: number;
  /** @default the cluster's */
  readonly maxPodsPerNode?: number;
}

/**
 * What node auto-provisioning does: creates a node pool. With Auto IPAM, a pool without room gets a pod range or a
 * subnetwork.
 *
 * @returns the pool with its nodes
 * @throws ServiceError IP_SPACE_EXHAUSTED, alreadyExists, notFound
 */
export function provisionNodePool(store: Store, props: ProvisionedPool): NodePool {
  const { project, location, cluster, nodePool, nodes, most = nodes, maxPodsPerNode } = props;
  return inProject(store, project, (context) =>
    createNodePool(context, clusterPath.format({ project, location, name: cluster }), {
      name: nodePool,
      autoscaling: { totalMinNodeCount: nodes, totalMaxNodeCount: most },
      maxPodsConstraint: maxPodsPerNode === undefined ? undefined : { maxPodsPerNode },
    }),
  );
}

/**
 * What node auto-provisioning does with an empty pool: deletes it, with the ranges that Auto IPAM made for it.
 *
 * @throws ServiceError notFound
 */
export const removeProvisionedPool = (store: Store, name: NodePoolName): void =>
  inProject(store, name.project, (context) => deleteNodePool(context, idOf(name)));

const inProject = <T>(store: Store, owner: string, change: (context: RequestContext) => T): T =>
  store.transact((transaction) =>
    change({ transaction, caller: { owner, region: "" }, quotas: defaultQuotas }),
  );

const idOf = ({ project, location, cluster, nodePool: name }: NodePoolName): string =>
  nodePoolPath.format({ project, location, cluster, name });
