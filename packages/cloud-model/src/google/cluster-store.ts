import { Kind } from "../store/kind";
import { type Transaction } from "../store/transaction";

/** A subnetwork whose addresses a cluster gives to its nodes. */
export interface NodeSubnet {
  /** Id of the subnetwork. */
  readonly subnetwork: string;
  /** Names of its secondary ranges for pods; the cluster's default range is the first of the first subnet. */
  readonly podRanges: readonly string[];
}

/** A GKE cluster, as far as addresses and versions go. */
export interface Cluster {
  /** `projects/…/locations/…/clusters/…` */
  readonly id: string;
  readonly project: string;
  readonly location: string;
  readonly region: string;
  readonly name: string;
  /** Id of the network. */
  readonly network: string;
  readonly autopilot: boolean;
  /** GKE adds ranges and subnets by itself. */
  readonly autoIpam: boolean;
  /** The most pods on a node of a pool that does not say otherwise. */
  readonly maxPodsPerNode: number;
  /** Of the control plane, `1.34.1-gke.1000000`. */
  readonly version: string;
  /** Zones of its nodes. */
  readonly zones: readonly string[];
  /** The cluster's own subnet, then the additional ones. */
  readonly subnets: readonly NodeSubnet[];
  /** Where the API answers: an IPv4 address. */
  readonly endpoint: string;
}

const kind = new Kind<Cluster>("google/cluster");

/** The cluster, or undefined. @param id its full name */
export const clusterOf = (transaction: Transaction, id: string): Cluster | undefined =>
  transaction.get(kind, id);

/** Every cluster, in any project. */
export const allClusters = (transaction: Transaction): readonly Cluster[] =>
  transaction.filter(kind, () => true);

/** The clusters that use a subnetwork. */
export const clustersOn = (transaction: Transaction, subnetwork: string): readonly Cluster[] =>
  transaction.filter(kind, ({ subnets }) => subnets.some((subnet) => subnet.subnetwork === subnetwork));

export const putCluster = (transaction: Transaction, cluster: Cluster): Cluster =>
  transaction.put(kind, cluster.id, cluster);

export const removeCluster = (transaction: Transaction, id: string): void => transaction.remove(kind, id);
