import type { Capacity } from "../capacity/capacity";
import type { ZoneSubnet } from "../capacity/zone-subnet";
import type { Demand } from "../demand/cluster-demand";

/** A block of a cluster. */
export interface NamedBlock {
  /** Its role, and from the second block on its number: `pods`, `pods-2`. It never changes. */
  readonly name: string;
  /** IPv4 CIDR in canonical form. */
  readonly cidr: string;
  /**
   * `draining`: the plan no longer needs the block. The network keeps it, and nothing may start to use it.
   * @default in use
   */
  readonly state?: "draining";
}

/** A CIDR of a VPC besides its primary one. */
export interface VpcCidr extends NamedBlock {
  /** Key of the IPAM pool that allocates it, for example `aws/eu-central-1/prod/eks-pods`. */
  readonly pool: string;
}

/** A CIDR of the IPAM pool from which the clusters of an environment and Region draw growth space. */
export interface SharedGrowthCidr extends NamedBlock {
  /** Key of the IPAM pool, for example `aws/eu-central-1/prod/growth-pods`. */
  readonly pool: string;
}

/**
 * Subnets of one purpose that were planned together, at most one per zone. A set never gets another subnet, because a
 * node group keeps the subnets that it was created with.
 */
export interface SubnetSet {
  /** `nodes` or `pods` for the first set, `nodes-2` and so on for later ones. It never changes. */
  readonly name: string;
  /** In the order of the cluster's zones. */
  readonly subnets: readonly ZoneSubnet[];
}

/** What clusters of both clouds have in common. */
interface PlannedCluster {
  /** Name of the cluster in the cloud. A cluster that was renamed in the plan keeps the name it was created with. */
  readonly name: string;
  /** Name of the cluster in `addresses.yaml`. */
  readonly key: string;
  readonly environment: string;
  readonly region: string;
  /** Full names of the zones: those that the cluster was created in, sorted, then later ones in the order they were added. */
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
  /** EC2 instance types that the capacity is based on: any node may be any of them. */
  readonly instanceTypes: readonly string[];
  /** Interfaces of a node that carry no pods, besides its first one. */
  readonly reservedEnis: number;
  /** What adds and replaces the nodes besides managed node groups. */
  readonly provisioner: "node-groups" | "karpenter" | "auto-mode";
  /** Primary CIDR of the VPC. */
  readonly vpc: string;
  /** Key of the IPAM pool of `vpc`, for example `aws/eu-central-1/prod/eks`. */
  readonly pool: string;
  /** `ipam-assigned`: `pool` has exactly the block `vpc`, from which IPAM chooses the VPC's CIDR. */
  readonly vpcCidr: "planned" | "ipam-assigned";
  /** The account's quota of IPv4 CIDRs per VPC, 5 to 50. */
  readonly vpcCidrQuota: number;
  /** Further CIDRs of the VPC with node and public subnets: `vpc-2` and so on. */
  readonly nodeCidrs: readonly VpcCidr[];
  readonly publicSubnets: readonly ZoneSubnet[];
  /** In the zones that the cluster was created in: EKS accepts no others later. */
  readonly controlPlaneSubnets: readonly ZoneSubnet[];
  /** The node subnets: `nodes`, `nodes-2` and so on. */
  readonly nodes: readonly SubnetSet[];
  /** Secondary CIDRs of the VPC with pod subnets: `pods`, `pods-2` and so on. */
  readonly podCidrs: readonly VpcCidr[];
  /** The pod subnets: `pods`, `pods-2` and so on. A set's number is not the number of its CIDR. */
  readonly pods: readonly SubnetSet[];
  /** Empty secondary CIDRs for the subnet autoscaler: `growth`, `growth-2` and so on. None with `growthPercent` 0. */
  readonly growth: readonly VpcCidr[];
  /**
   * The pool that the environment's clusters in the Region share: `shared-growth-pods`, `shared-growth-pods-2` and so on. The
   * subnet autoscaler attaches parts of it to the VPC. None without `eksGrowth`.
   */
  readonly sharedGrowth: readonly SharedGrowthCidr[];
}

/** A further subnetwork of a GKE cluster, for node pools. */
export interface GkeSubnetAddresses {
  /** `nodes-2` and so on. It never changes. */
  readonly name: string;
  /** Primary range. */
  readonly nodes: string;
  /** The pod range of its nodes. */
  readonly pods: NamedBlock;
  /** @default in use */
  readonly state?: "draining";
}

/** The addresses of a GKE cluster. Every CIDR is known at synth and never moves. */
export interface GkeClusterAddresses extends PlannedCluster {
  readonly cloud: "google";
  /** Whether the demand is that of an Autopilot cluster, whose nodes Google adds and removes. */
  readonly autopilot: boolean;
  /** Primary range of the subnetwork: nodes and internal load balancers. It may be widened in place. */
  readonly nodes: string;
  /** /28 of the control plane. */
  readonly controlPlane: string;
  /** Planned mode: the cluster's pod range. Auto IPAM: the first unfenced block for GKE. */
  readonly pods: string;
  /** Further pod ranges of the cluster's own subnetwork: `pods-2` and so on. */
  readonly furtherPods: readonly NamedBlock[];
  /** Further subnetworks of the cluster: `nodes-2` and so on. */
  readonly furtherSubnets: readonly GkeSubnetAddresses[];
  /** Planned mode: additional pod ranges. Auto IPAM: further unfenced blocks. None with `growthPercent` 0. */
  readonly growth: readonly NamedBlock[];
  /** Blocks that nothing uses any more. They stay reserved until the plan frees them. */
  readonly retired: readonly NamedBlock[];
  /** `podsPerNode` that the cluster was created with: its default never changes. */
  readonly defaultPodsPerNode: number;
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
