import type { Capacity } from "../capacity/capacity";
import type { Prefix } from "../prefix/prefix";

/** One subnet of a cluster: a literal CIDR in one zone. */
export interface ZoneSubnet {
  /** Full name of the zone, for example `eu-central-1a`. */
  readonly zone: string;
  /** IPv4 CIDR in canonical form, for example `10.16.4.0/22`. */
  readonly cidr: string;
}

/** A part of a cluster's growth space. */
export interface GrowthBlock {
  /** `growth` for the first, `growth-2` and on for what was added later; it stays, whatever happens to the others. */
  readonly name: string;
  /** IPv4 CIDR in canonical form. */
  readonly cidr: string;
}

/** What a cluster is asked to carry. */
export interface Demand {
  /** The most nodes the cluster may have, over all zones. At least 1. */
  readonly nodes: number;
  /** The most pods that run at once, over all nodes. At least 1. */
  readonly pods: number;
  /** The most pods on one node: 8 to 256 on GKE, 1 to 250 on EKS. */
  readonly podsPerNode: number;
  /** Space kept free for growth, in percent of the pods' space. 0 for none. */
  readonly growthPercent: number;
}

interface PlannedCluster {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  /** Full names of the zones, in order. */
  readonly zones: readonly string[];
  readonly demand: Demand;
  readonly capacity: Capacity;
  /**
   * Every private range of the plan (roots and on-premises ranges), summarised: traffic to them keeps the
   * pod's address (the VPC CNI's SNAT exclusions, ip-masq-agent's nonMasqueradeCIDRs, firewall source ranges).
   */
  readonly privateRanges: readonly string[];
}

/** The addresses of one EKS cluster: every CIDR is known at synth and does not move. */
export interface EksClusterAddresses extends PlannedCluster {
  readonly cloud: "aws";
  /** EC2 instance type the demand is reckoned with. */
  readonly instanceType: string;
  /** Primary CIDR of the VPC: holds the public, control-plane and node subnets. */
  readonly vpc: string;
  /** Key of the IPAM pool that owns `vpc`, for example `aws/eu-central-1/prod/eks`. */
  readonly pool: string;
  readonly publicSubnets: readonly ZoneSubnet[];
  readonly controlPlaneSubnets: readonly ZoneSubnet[];
  readonly nodeSubnets: readonly ZoneSubnet[];
  /** Secondary CIDR of the VPC, attached on day 0, split into one pod subnet a zone. */
  readonly pods: { readonly cidr: string; readonly subnets: readonly ZoneSubnet[] };
  /**
   * Secondary CIDRs left empty for the subnet autoscaler: one that is attached on day 0, then one for each time that
   * `growthPercent` was raised. None with `growthPercent` 0.
   */
  readonly growth: readonly GrowthBlock[];
  /** Key of the IPAM pool that owns `pods` and `growth`. */
  readonly podPool: string;
}

/** The addresses of one GKE cluster. */
export interface GkeClusterAddresses extends PlannedCluster {
  readonly cloud: "google";
  /** Primary range of the subnetwork (nodes, internal load balancers). */
  readonly nodes: string;
  /** /28 of the control plane. */
  readonly controlPlane: string;
  /** Planned mode: the cluster's pod range. Auto IPAM: the first space that is left unfenced for GKE. */
  readonly pods: string;
  /** Planned mode: additional pod ranges. Auto IPAM: unfenced. None with `growthPercent` 0. */
  readonly growth: readonly GrowthBlock[];
  /**
   * Everything in the private ranges that this cluster's network must never use: the complement of its own blocks.
   * Reserved as EXTERNAL_TO_VPC internal ranges so that GKE cannot pick it.
   */
  readonly fences: readonly Fence[];
}

/** A range that lives outside a Google network. */
export interface Fence {
  readonly cidr: string;
  /** Who lives there, for people: `on-premises: office`, `aws/eu-central-1`, `unallocated`. */
  readonly owner: string;
}

export type ClusterAddresses = EksClusterAddresses | GkeClusterAddresses;

/** Where a cluster's blocks lie. */
export interface Places {
  /** The block of a key. */
  of(key: string): Prefix;
  readonly growth: readonly GrowthBlock[];
  readonly privateRanges: readonly string[];
}
