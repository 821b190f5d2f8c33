// The request bodies of GKE (container v1), restricted to the members that are modeled.

/** The cluster in the body of `clusters.create`. */
export interface ClusterRequest {
  readonly name: string;
  /** Name, resource name or URL. @default default */
  readonly network?: string;
  /** Name, resource name or URL. @default the one of an auto-mode network in the region */
  readonly subnetwork?: string;
  /** Zones of the nodes. @default three of a region, or the cluster's own zone */
  readonly locations?: readonly string[];
  /** A version or an alias such as `1.34` or `latest`. @default the release channel's */
  readonly initialClusterVersion?: string;
  readonly releaseChannel?: { readonly channel?: string };
  readonly autopilot?: { readonly enabled?: boolean };
  /** @default 110, Autopilot 32 */
  readonly defaultMaxPodsConstraint?: MaxPodsConstraint;
  readonly ipAllocationPolicy?: IpAllocationPolicy;
  readonly privateClusterConfig?: PrivateClusterConfig;
  /** Nodes of the default pool in each zone, where `nodePools` is empty. @default 0 */
  readonly initialNodeCount?: number;
  readonly nodePools?: readonly NodePoolRequest[];
}

/** Where the addresses of a cluster come from. */
export interface IpAllocationPolicy {
  /** Whether pods are reached by routes instead of alias IPs. @default false */
  readonly useRoutes?: boolean;
  /** The default pod range, a secondary range of the cluster's subnetwork. @default one that GKE makes */
  readonly clusterSecondaryRangeName?: string;
  /** The Service range. @default one that GKE makes, or its managed range */
  readonly servicesSecondaryRangeName?: string;
  /** The pod range that GKE makes: a CIDR, or a size such as `/17`. @default GKE chooses */
  readonly clusterIpv4CidrBlock?: string;
  /** The Service range that GKE makes: a CIDR, or a size such as `/22`. @default GKE's managed range */
  readonly servicesIpv4CidrBlock?: string;
  /** Pod ranges beyond the default one. @default none */
  readonly additionalPodRangesConfig?: AdditionalPodRanges;
  /** Further subnetworks. @default none */
  readonly additionalIpRangesConfigs?: readonly AdditionalIpRanges[];
  readonly autoIpamConfig?: AutoIpamConfig;
}

/** Secondary ranges of the cluster's own subnetwork. */
export interface AdditionalPodRanges {
  readonly podRangeNames: readonly string[];
}

/** A further subnetwork of a cluster with its pod ranges. */
export interface AdditionalIpRanges {
  /** Name, resource name or URL. */
  readonly subnetwork: string;
  readonly podIpv4RangeNames: readonly string[];
}

/** Whether GKE adds ranges and subnetworks by itself. */
export interface AutoIpamConfig {
  readonly enabled: boolean;
}

/** The private side of a control plane. */
export interface PrivateClusterConfig {
  readonly enablePrivateEndpoint?: boolean;
  /** The /28 of the control plane. @default none */
  readonly masterIpv4CidrBlock?: string;
  /** Subnetwork of the private endpoint. @default the cluster's */
  readonly privateEndpointSubnetwork?: string;
}

/** Bound of the pods on a node. */
export interface MaxPodsConstraint {
  /** 8 to 256. */
  readonly maxPodsPerNode: number;
}

/** Body of `clusters.update`: members that are left out do not change. */
export interface ClusterUpdate {
  /** A version or an alias such as `1.34`. */
  readonly desiredMasterVersion?: string;
  /** Zones of the nodes; none are the defaults of `ClusterRequest.locations`. */
  readonly desiredLocations?: readonly string[];
  readonly desiredAutoIpamConfig?: AutoIpamConfig;
  /** Pod ranges to add to the cluster's own subnetwork; one that it has already stays. */
  readonly additionalPodRangesConfig?: AdditionalPodRanges;
  /** Pod ranges to take from the cluster's own subnetwork. */
  readonly removedAdditionalPodRangesConfig?: AdditionalPodRanges;
  /** All further subnetworks. */
  readonly desiredAdditionalIpRangesConfig?: {
    readonly additionalIpRangesConfigs: readonly AdditionalIpRanges[];
  };
}

/** The node pool in the body of `nodePools.create`. */
export interface NodePoolRequest {
  readonly name: string;
  /** Nodes in each zone. @default 0 */
  readonly initialNodeCount?: number;
  /** Zones of the nodes. @default the cluster's */
  readonly locations?: readonly string[];
  /** A version or an alias. @default the control plane's */
  readonly version?: string;
  /** @default the pool keeps its size */
  readonly autoscaling?: NodePoolAutoscaling;
  /** @default the cluster's */
  readonly maxPodsConstraint?: MaxPodsConstraint;
  readonly networkConfig?: NodeNetworkConfig;
}

/** Bounds of the cluster autoscaler: per zone, or for the whole pool. */
export interface NodePoolAutoscaling {
  readonly minNodeCount?: number;
  readonly maxNodeCount?: number;
  readonly totalMinNodeCount?: number;
  readonly totalMaxNodeCount?: number;
}

/** Where the addresses of a node pool come from. */
export interface NodeNetworkConfig {
  /** Whether the pool gets a pod range of its own. @default false */
  readonly createPodRange?: boolean;
  /** Name of the pod range. @default one of the cluster's */
  readonly podRange?: string;
  /** The range to make: a CIDR, or a size such as `/20`. @default /14 */
  readonly podIpv4CidrBlock?: string;
  /** One of the cluster's subnetworks. @default its own */
  readonly subnetwork?: string;
}

/** Body of `nodePools.update`: members that are left out do not change. */
export interface NodePoolUpdate {
  /** Zones of the nodes; none are the cluster's. */
  readonly locations?: readonly string[];
  readonly nodeVersion?: string;
}

/** Body of `nodePools.setSize`. */
export interface NodePoolSizeRequest {
  /** Nodes in each zone. */
  readonly nodeCount: number;
}

/** Body of `nodePools.setAutoscaling`. */
export interface NodePoolAutoscalingRequest {
  readonly autoscaling: NodePoolAutoscaling;
}
