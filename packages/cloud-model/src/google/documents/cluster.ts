import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";

/** A subnetwork of a cluster: its nodes have addresses in it. */
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
  /** Auto IPAM: GKE adds ranges and subnetworks by itself. */
  readonly autoIpam: boolean;
  /** The most pods on a node, unless the pool has its own bound. */
  readonly maxPodsPerNode: number;
  /** Of the control plane, `1.34.1-gke.1000000`. */
  readonly version: string;
  /** Zones of its nodes. */
  readonly zones: readonly string[];
  /** The cluster's own subnetwork, then the additional ones. */
  readonly subnets: readonly NodeSubnet[];
  /** Name of the Services' secondary range on the own subnetwork; absent for GKE's managed range. */
  readonly servicesRange?: string;
  /** The /28 of a private control plane. */
  readonly masterCidr?: string;
  /** Unique among all clusters, also among those of the same name in succession. */
  readonly uid: string;
  /** IPv4 address of the API. */
  readonly endpoint: string;
  /** Address of the API in the private control plane's range. */
  readonly privateEndpoint?: string;
  /** DNS name of the API. */
  readonly dnsEndpoint: string;
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

/** The cluster whose API has an address: an IPv4 address or a DNS name, in any project. */
export const clusterAt = (transaction: Transaction, host: string): Cluster | undefined =>
  transaction.find(kind, ({ endpoint, privateEndpoint, dnsEndpoint }) =>
    [endpoint, privateEndpoint, dnsEndpoint].includes(host),
  );

/** Makes or changes a cluster. */
export const putCluster = (transaction: Transaction, cluster: Cluster): Cluster =>
  transaction.put(kind, cluster.id, cluster);

/** Removes a cluster. */
export const removeCluster = (transaction: Transaction, id: string): void => transaction.remove(kind, id);
