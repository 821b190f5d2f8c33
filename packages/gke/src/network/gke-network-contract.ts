import { type GkeClusterAddresses } from "@cluster-ipam/address-plan";
import { type GkeIpam } from "./ipam-mode";

/**
 * What a cluster needs to know of its network: plain data without tokens, so a cluster's stack can be planned before
 * its network is deployed. `GkeNetwork` makes it; for a Shared VPC, write one by hand.
 */
export interface GkeNetworkContract {
  readonly cluster: GkeClusterAddresses;
  /** Id of the stack that makes the network: the cluster's is deployed after it. @default deployed elsewhere */
  readonly stack?: string;
  /** Project of the cluster. */
  readonly project: string;
  /** Project of the network; another than `project` means Shared VPC. */
  readonly networkProject: string;
  /** The mode that was settled: after a fallback it is planned. */
  readonly ipam: GkeIpam;
  /** Lowest control-plane version. @default the release channel's */
  readonly version?: string;
  /** `projects/<project>/global/networks/<name>` */
  readonly network: string;
  /** `projects/<project>/regions/<region>/subnetworks/<name>` */
  readonly subnetwork: string;
  /** The subnetwork's pod ranges, the cluster's default range first; none with Auto IPAM. */
  readonly podRanges: readonly PodRange[];
  /** Secondary range of the subnetwork for Services. @default GKE's own 34.118.224.0/20 */
  readonly servicesRangeName?: string;
  /** Further subnets for node pools; none with Auto IPAM. */
  readonly extraSubnets: readonly ExtraSubnet[];
  /** Nodes and pods have IPv6 addresses too. */
  readonly dualStack: boolean;
}

/** A named secondary range for pods. */
export interface PodRange {
  /** What node pools call it, for example `pods`, `growth`. */
  readonly name: string;
  /** Name of the secondary range in Google, unique in its subnetwork. */
  readonly rangeName: string;
  readonly cidr: string;
}

/** A subnet beside the cluster's first one, with one pod range. */
export interface ExtraSubnet {
  /** What node pools call it. */
  readonly name: string;
  /** `projects/<project>/regions/<region>/subnetworks/<name>` */
  readonly subnetwork: string;
  /** CIDR of the primary range. */
  readonly nodes: string;
  readonly pods: PodRange;
}
