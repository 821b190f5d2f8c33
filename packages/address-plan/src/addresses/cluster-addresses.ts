import type { Capacity } from "../capacity/capacity";
import type { ZoneSubnet } from "../capacity/zone-subnet";
import type { Demand } from "../demand/cluster-demand";

/** One block of a cluster's growth space. */
export interface GrowthBlock {
  /** `growth` for the first block, `growth-2` and so on for later ones. It never changes. */
  readonly name: string;
  /** IPv4 CIDR in canonical form. */
  readonly cidr: string;
}

/** What clusters of both clouds have in common. */
interface PlannedCluster {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  /** Full names of the zones, sorted. */
  readonly zones: readonly string[];
  readonly demand: Demand;
  readonly capacity: Capacity;
  /**
   * All private ranges of the plan (spaces and routed reserved ranges), summarized. Traffic to them keeps the pod's
   * address (SNAT exclusions of the VPC CNI, nonMasqueradeCIDRs of ip-masq-agent, firewall source ranges).
   */
  readonly privateRanges: readonly string[];
}

/** The addresses of an EKS cluster. Every CIDR is known at synth and never moves. */
export interface EksClusterAddresses extends PlannedCluster {
  readonly cloud: "aws";
  /** EC2 instance type that the capacity is based on. */
  readonly instanceType: string;
  /** Primary CIDR of the VPC, with the public, control-plane and node subnets. */
  readonly vpc: string;
  /** Key of the IPAM pool of `vpc`, for example `aws/eu-central-1/prod/eks`. */
  readonly pool: string;
  readonly publicSubnets: readonly ZoneSubnet[];
  readonly controlPlaneSubnets: readonly ZoneSubnet[];
  readonly nodeSubnets: readonly ZoneSubnet[];
  /** Secondary CIDR of the VPC, attached on day 0, with one pod subnet per zone. */
  readonly pods: { readonly cidr: string; readonly subnets: readonly ZoneSubnet[] };
  /**
   * Empty secondary CIDRs for the subnet autoscaler: one that is attached on day 0, and one for each later increase of
   * `growthPercent`. None with `growthPercent` 0.
   */
  readonly growth: readonly GrowthBlock[];
  /** Key of the IPAM pool of `pods` and `growth`. */
  readonly podPool: string;
}

/** The addresses of a GKE cluster. Every CIDR is known at synth and never moves. */
export interface GkeClusterAddresses extends PlannedCluster {
  readonly cloud: "google";
  /** Primary range of the subnetwork: nodes and internal load balancers. */
  readonly nodes: string;
  /** /28 of the control plane. */
  readonly controlPlane: string;
  /** Planned mode: the cluster's pod range. Auto IPAM: the first unfenced block for GKE. */
  readonly pods: string;
  /** Planned mode: additional pod ranges. Auto IPAM: further unfenced blocks. None with `growthPercent` 0. */
  readonly growth: readonly GrowthBlock[];
  /**
   * The private ranges without the cluster's own blocks, which its network must never use. They become EXTERNAL_TO_VPC
   * internal ranges, so that GKE cannot allocate from them.
   */
  readonly fences: readonly Fence[];
}

/** A range that a Google network must not use. */
export interface Fence {
  readonly cidr: string;
  /** Owner of the range, for display: `on-premises: office`, `aws/eu-central-1`, `unallocated`. */
  readonly owner: string;
}

/** The addresses of a cluster on either cloud. */
export type ClusterAddresses = EksClusterAddresses | GkeClusterAddresses;
