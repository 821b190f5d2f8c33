import { defaultQuotas, type Store } from "@cluster-ipam/cloud-model";
import {
  clusterOf,
  GKE_VERSIONS,
  putCluster,
  putSubnetwork,
  rangesOf,
  removeNodePool,
  subnetworkOf,
} from "@cluster-ipam/cloud-model/google";
import { dropUnused } from "./gke-ranges";
import { type NodePoolName } from "./growth";
import { clusterPath, networkPath, nodePoolPath, subnetworkPath } from "./resource-path";

/** A GKE cluster by its names; the network's is `net`. */
export interface GkeClusterName {
  readonly project: string;
  /** Its region. */
  readonly location: string;
  readonly cluster: string;
}

export interface SeedGkeClusterProps extends GkeClusterName {
  /** Primary range of its subnet. */
  readonly nodeRange: string;
  /** The pod range it begins with. */
  readonly podRange: string;
  readonly autoIpam: boolean;
  /** 8 to 256. */
  readonly maxPodsPerNode: number;
}

/**
 * Puts a GKE cluster without node pools into a cloud, as one that was deployed long ago: for simulators. Terraform
 * knows nothing of it.
 */
export function seedGkeCluster(store: Store, props: SeedGkeClusterProps): void {
  const { project, location, cluster: name, autoIpam, maxPodsPerNode } = props;
  const network = networkPath.of({ project, name: "net" });
  const subnetwork = subnetworkPath.of({ project, region: location, name: `${name}-nodes` });
  store.transact((transaction) => {
    putSubnetwork(transaction, {
      id: subnetwork,
      project,
      region: location,
      name: `${name}-nodes`,
      network,
      cidr: props.nodeRange,
      secondary: [{ name: "pods", cidr: props.podRange }],
    });
    putCluster(transaction, {
      id: clusterPath.of({ project, location, name }),
      project,
      location,
      region: location,
      name,
      network,
      autopilot: false,
      autoIpam,
      maxPodsPerNode,
      version: GKE_VERSIONS[0]!,
      zones: ["a", "b", "c"].map((letter) => `${location}-${letter}`),
      subnets: [{ subnetwork, podRanges: ["pods"] }],
      endpoint: "203.0.113.1",
    });
  });
}

/** Gives the subnet of a cluster another pod range, for node pools that are made later. @param cidr free in its network */
export function addPodRange(store: Store, name: GkeClusterName, cidr: string): void {
  store.transact((transaction) => {
    const cluster = clusterOf(transaction, idOf(name))!;
    const [own, ...others] = cluster.subnets;
    const subnetwork = subnetworkOf(transaction, own!.subnetwork)!;
    const range = `pods-${subnetwork.secondary.length}`;
    putSubnetwork(transaction, {
      ...subnetwork,
      secondary: [...subnetwork.secondary, { name: range, cidr }],
    });
    putCluster(transaction, {
      ...cluster,
      subnets: [{ ...own!, podRanges: [...own!.podRanges, range] }, ...others],
    });
  });
}

/** What node auto-provisioning does with an empty pool: it goes, and with it what Auto IPAM made for it. */
export function removeProvisionedPool(store: Store, name: NodePoolName): void {
  store.transact((transaction) => {
    removeNodePool(transaction, nodePoolPath.of({ ...name, name: name.nodePool }));
    dropUnused({ transaction, quotas: defaultQuotas }, clusterOf(transaction, idOf(name))!);
  });
}

/** Addresses of the ranges, primary and for pods, that the subnets of a cluster hold. */
export function gkeAddresses(store: Store, name: GkeClusterName): number {
  return store.view((transaction) =>
    clusterOf(transaction, idOf(name))!
      .subnets.flatMap(({ subnetwork }) => rangesOf(subnetworkOf(transaction, subnetwork)!))
      .reduce((sum, { prefix }) => sum + Number(prefix.size), 0),
  );
}

const idOf = ({ project, location, cluster }: GkeClusterName): string =>
  clusterPath.of({ project, location, name: cluster });
