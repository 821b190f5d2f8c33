/** Environment variable of the Lambda function that contains an {@link AutoscalerConfig} as JSON. */
export const CONFIG_VARIABLE = "SUBNET_AUTOSCALER_CONFIG";
/** Environment variable of a fleet's function: the name of the fleet. */
export const FLEET_VARIABLE = "SUBNET_AUTOSCALER_FLEET";

/**
 * `act` changes the network. `dry-run` only logs what it would change. `approve` publishes each change once, as an
 * event, and makes it when the function is invoked with `{ "approve": ["<change id>"] }`.
 */
export type Mode = "act" | "dry-run" | "approve";

/**
 * Growth space that all clusters of an environment and Region share. The autoscaler draws a cluster's share from it:
 * it associates CIDRs of /26 to /20, as large as the demand, with the VPC. IPAM chooses each CIDR, so two clusters
 * never get the same one.
 */
export interface SharedGrowthPool {
  /** ID of the IPAM pool from which the CIDRs are allocated. */
  readonly ipamPoolId: string;
  /**
   * The pool's literal IPv4 CIDRs, /8 to /26, none of which overlaps another growth CIDR. The address plan fences all
   * of them and puts them into SNAT and firewall ranges, so a CIDR is safe to use from the moment it is attached. Empty
   * only if all of the pool drains.
   */
  readonly cidrs: readonly string[];
  /**
   * CIDRs of the pool that the address plan drains, /8 to /26, or from which the cluster draws no more. Nothing is drawn from
   * them; subnets in what was drawn are closed to new pods and deleted when they are empty, and what was drawn is then
   * detached. @default none
   */
  readonly drainCidrs?: readonly string[];
}

/** The address space of growth subnets, from the address plan. */
export interface GrowthPools {
  /** Id of the IPAM pool that owns `cidrs`. @default no pool is read */
  readonly ipamPoolId?: string;
  /**
   * The cluster's growth space: literal IPv4 CIDRs, /16 to /28. The next subnet is the lowest free block; no subnet
   * is created outside. Empty only if everything drains or the space is `shared`.
   */
  readonly cidrs: readonly string[];
  /**
   * The part of `cidrs` that no network stack attaches. The autoscaler associates them with the VPC ahead of need
   * and disassociates them when they are empty. Requires `ipamPoolId`. @default none
   */
  readonly attachCidrs?: readonly string[];
  /**
   * Growth CIDRs that the address plan drains, none of them in `cidrs`. No subnet is created in them; those that exist are
   * closed to new pods and deleted when they are empty. @default none
   */
  readonly drainCidrs?: readonly string[];
  /** Growth space shared with other clusters, used when `cidrs` has no free block. @default none */
  readonly shared?: SharedGrowthPool;
}

/** An availability zone in which the cluster's pods run. */
export interface ZoneConfig {
  /** Full name, for example `eu-central-1a`. */
  readonly zone: string;
  /**
   * Pod subnet whose route table and network ACL the zone's growth subnets get.
   * @default the zone's subnet with the tags `cluster-ipam/cluster` = the cluster and `cluster-ipam/role` = `pod`
   */
  readonly referenceSubnetId?: string;
  /** The address plan drains the zone: no new subnets, and those that exist are emptied and deleted. @default false */
  readonly draining?: boolean;
}

/** When an empty growth subnet is deleted. */
export interface ReclaimOptions {
  /** Minutes without an interface before the subnet is closed to new pods; 5 to 10,080. */
  readonly emptyMinutes: number;
  /** Minutes closed and empty before the subnet is deleted; 5 to 10,080. */
  readonly quarantineMinutes: number;
}

/** When the autoscaler grows and shrinks a cluster, and its limits. */
export interface ScalingPolicy {
  /** A zone grows when its free prefixes run out within this many minutes; 1 to 1,440. @default 30 */
  readonly leadTimeMinutes: number;
  /** A zone grows when it has fewer free, aligned /28 prefixes; 1 to 4,096. @default 32 */
  readonly floorPrefixes: number;
  /**
   * Netmask lengths of a zone's growth subnets, 16 to 26, in order of creation; the last repeats. A step too small
   * for the need is skipped. @default [22, 20, 18]
   */
  readonly netmaskLengths: readonly number[];
  /** Maximum number of growth subnets over all zones, each of which is sure of an equal share; 1 to 200. @default 24 */
  readonly maxSubnets: number;
  /**
   * Minutes between new subnets in a zone; 0 to 1,440. A zone whose prefixes run out earlier does not wait.
   * @default 5
   */
  readonly coolDownMinutes: number;
  /** Limits over all zones. Each zone is sure of an equal share, which a burst in another cannot take. */
  readonly budgets: {
    /** Maximum number of existing growth subnets created in the last 24 hours; 1 to 200. @default 12 */
    readonly subnetsPerDay: number;
    /** Maximum number of addresses in all growth subnets, at least 64. @default the growth space */
    readonly addresses?: number;
  };
  /**
   * Lead with which CIDRs of the shared growth pool are attached; 0 to 1,440. What was added in that time is kept
   * free, in subnets and attached CIDRs together, because an EKS control plane can take up to five hours to recognize a new CIDR. 0
   * attaches when a subnet needs it. docs/comparison.md shows its cost. @default 60
   */
  readonly attachLeadMinutes?: number;
  /** Node subnets with fewer free addresses are reported; 0 to 4,096. @default 16 */
  readonly nodeFloorAddresses: number;
  /** When empty subnets are deleted; absent: never. @default { emptyMinutes: 60, quarantineMinutes: 30 } */
  readonly reclaim?: ReclaimOptions;
  /** Id of the IPAM resource planning pool from which growth subnets are allocated. @default none */
  readonly planningPoolId?: string;
}

/** The account's VPC quotas in this Region (Service Quotas). */
export interface QuotaOptions {
  /** Subnets per VPC. @default 200 */
  readonly subnetsPerVpc: number;
  /** IPv4 CIDRs per VPC, including the primary. @default 5 */
  readonly cidrsPerVpc: number;
}

/** Input of a run. The construct writes it as JSON to {@link CONFIG_VARIABLE}. */
export interface AutoscalerConfig {
  /** Name of the EKS cluster. */
  readonly cluster: string;
  readonly region: string;
  readonly vpcId: string;
  readonly growthPools: GrowthPools;
  /** At least one. */
  readonly zones: readonly ZoneConfig[];
  readonly policy: ScalingPolicy;
  readonly mode: Mode;
  readonly quotas: QuotaOptions;
  /** Event bus that receives one event per change. @default no events */
  readonly eventBusName?: string;
  /**
   * Tags that every growth subnet is created with, in addition to the autoscaler's own; for mandatory tags.
   * @default none
   */
  readonly subnetTags?: Readonly<Record<string, string>>;
  /**
   * Tags that a growth subnet has while it is open to pods, in addition to those of the VPC CNI; closed, they have the value
   * `closed`. For node classes that select pod subnets by tags of their own. @default none
   */
  readonly openTags?: Readonly<Record<string, string>>;
  /** CloudWatch namespace of the metrics. */
  readonly metricNamespace: string;
  /**
   * Name of this autoscaler, different from that of every other one: its function's Region and name. The growth subnets that it
   * creates have it as a tag, so that a second autoscaler of the same cluster is noticed.
   * @default no other autoscaler is noticed
   */
  readonly writer?: string;
  /**
   * Release and settings of a self-managed VPC CNI, which EKS does not report.
   * @default read from the managed add-on `vpc-cni`
   */
  readonly selfManagedCni?: {
    /** Release, for example `v1.23.1`. */
    readonly version: string;
    readonly prefixDelegation: boolean;
    readonly customNetworking: boolean;
  };
  /**
   * Interfaces per node and IPv4 addresses per interface, when all nodes have the same shape. Used to tell nodes
   * that cannot hold more prefixes from subnets that have none left. @default not checked
   */
  readonly nodeShape?: { readonly enis: number; readonly addressesPerEni: number };
}

/** Default of {@link ScalingPolicy.attachLeadMinutes}. */
export const DEFAULT_ATTACH_LEAD_MINUTES = 60;

/** The default scaling policy. */
export const DEFAULT_POLICY: ScalingPolicy = {
  leadTimeMinutes: 30,
  floorPrefixes: 32,
  netmaskLengths: [22, 20, 18],
  maxSubnets: 24,
  coolDownMinutes: 5,
  budgets: { subnetsPerDay: 12 },
  nodeFloorAddresses: 16,
  reclaim: { emptyMinutes: 60, quarantineMinutes: 30 },
};

/** The default quotas of an AWS account. */
export const DEFAULT_QUOTAS: QuotaOptions = { subnetsPerVpc: 200, cidrsPerVpc: 5 };
