import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { type GkeIpamOptions } from "./ipam-mode";

/**
 * A network as its cluster sees it: plain data without tokens, so the cluster's stack can be planned before the network
 * is deployed. `GkeNetwork` returns it. For a Shared VPC, write a literal.
 */
export interface GkeNetworkContract {
  /** The addresses of the cluster, from the address plan. */
  readonly addresses: GkeClusterAddresses;
  /** Id of the network's stack. In the same app, it is deployed before the cluster's. @default another app's */
  readonly stack?: string;
  /** Project of the cluster. */
  readonly project: string;
  /** Project of the network. If it is not `project`, the network is a Shared VPC. */
  readonly networkProject: string;
  /** The resolved mode: planned after a fallback. */
  readonly ipam: GkeIpamOptions;
  /** Lowest control-plane version. @default the release channel's */
  readonly version?: string;
  /** `projects/<project>/global/networks/<name>` */
  readonly network: string;
  /** `projects/<project>/regions/<region>/subnetworks/<name>` */
  readonly subnetwork: string;
  /**
   * The subnetwork's pod ranges, starting with the cluster's default range. With Auto IPAM, only those that
   * `plannedRanges` names.
   */
  readonly podRanges: readonly PodRange[];
  /** Secondary range of the subnetwork for Services. @default GKE's managed range 34.118.224.0/20 */
  readonly servicesRangeName?: string;
  /** Additional subnets for node pools. With Auto IPAM, only those that `plannedRanges` names. */
  readonly extraSubnets: readonly ExtraSubnet[];
  /** Whether nodes and pods also have IPv6 addresses. */
  readonly dualStack: boolean;
}

/** A named secondary range for pods. */
export interface PodRange {
  /** Name for node pools, for example `pods`, `pods-2` or `growth`. */
  readonly name: string;
  /** Name of the secondary range in Google, unique in its subnetwork. */
  readonly rangeName: string;
  readonly cidr: string;
  /** `draining`: the network keeps the range, but the cluster and its node pools no longer use it. @default in use */
  readonly state?: "draining" | undefined;
}

/** An additional subnet of the cluster, with one pod range. */
export interface ExtraSubnet {
  /** Name for node pools. */
  readonly name: string;
  /** `projects/<project>/regions/<region>/subnetworks/<name>` */
  readonly subnetwork: string;
  /** CIDR of the primary range. */
  readonly nodes: string;
  readonly pods: PodRange;
  /** `draining`: the network keeps the subnet, but the cluster and its node pools no longer use it. @default in use */
  readonly state?: "draining" | undefined;
}
