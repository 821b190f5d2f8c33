import { type Store } from "../../../store/store";
import { clusterOf, putCluster } from "../../documents/cluster";
import { clusterPath, networkPath, subnetworkPath } from "../../documents/resource-path";
import { putSubnetwork, rangesOf, subnetworkOf } from "../../documents/subnetwork";
import { controlPlaneEndpoints } from "../../rules/control-plane";
import { GKE_VERSIONS } from "../../rules/gke-versions";

/** A GKE cluster by its names; its network is `net`. */
export interface GkeClusterName {
  readonly project: string;
  /** Its region. */
  readonly location: string;
  readonly cluster: string;
}

/** Properties of `seedGkeCluster`. */
export interface SeedGkeClusterProps extends GkeClusterName {
  /** Primary range of its subnetwork. */
  readonly nodeRange: string;
  /** Its first pod range. */
  readonly podRange: string;
  readonly autoIpam: boolean;
  /** 8 to 256. */
  readonly maxPodsPerNode: number;
}

/** Puts a GKE cluster without node pools into a cloud, as if it had been deployed long ago: for simulators. */
export function seedGkeCluster(store: Store, props: SeedGkeClusterProps): void {
  const { project, location: region, cluster: name, autoIpam, maxPodsPerNode } = props;
  const id = idOf(props);
  const network = networkPath.format({ project, name: "net" });
  const nodes = `${name}-nodes`;
  const subnetwork = subnetworkPath.format({ project, region, name: nodes });
  store.transact((transaction) => {
    putSubnetwork(transaction, {
      id: subnetwork,
      project,
      region,
      name: nodes,
      network,
      cidr: props.nodeRange,
      secondary: [{ name: "pods", cidr: props.podRange }],
    });
    putCluster(transaction, {
      id,
      project,
      location: region,
      region,
      name,
      network,
      autopilot: false,
      autoIpam,
      maxPodsPerNode,
      version: GKE_VERSIONS[0]!,
      zones: ["a", "b", "c"].map((letter) => `${region}-${letter}`),
      subnets: [{ subnetwork, podRanges: ["pods"] }],
      uid: transaction.hex(40),
      ...controlPlaneEndpoints(transaction, { id, region }, {}),
    });
  });
}

/** Adds a pod range to a cluster, for node pools that are created later. @param cidr free in its network */
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

/** How many addresses the subnetworks of a cluster have, in primary and secondary ranges. */
export function gkeAddresses(store: Store, name: GkeClusterName): number {
  return store.view((transaction) =>
    clusterOf(transaction, idOf(name))!
      .subnets.flatMap(({ subnetwork }) => rangesOf(subnetworkOf(transaction, subnetwork)!))
      .reduce((sum, { prefix }) => sum + Number(prefix.size), 0),
  );
}

const idOf = ({ project, location, cluster: name }: GkeClusterName): string =>
  clusterPath.format({ project, location, name });
