/** The Lambda's environment variable that holds an {@link AutoscalerConfig} as JSON. */
export const CONFIG_VARIABLE = "SUBNET_AUTOSCALER_CONFIG";

/**
 * `act` changes the network; `dry-run` only logs what it would do; `approve` announces each change once, as an
 * event, and makes it when the function is invoked with `{ "approve": ["<id of the change>"] }`.
 */
export type Mode = "act" | "dry-run" | "approve";

/** The address space from which growth subnets are cut, from the address plan. */
export interface GrowthPools {
  /** Id of the IPAM pool that owns `cidrs`. @default no pool is looked at */
  readonly ipamPoolId?: string;
  /**
   * The cluster's growth space: literal IPv4 CIDRs, /16 to /28. The lowest free block in it is the next subnet;
   * no subnet is ever made outside.
   */
  readonly cidrs: readonly string[];
  /**
   * The part of `cidrs` that no network stack attaches: the autoscaler associates these with the VPC ahead of need
   * and disassociates them when they are empty. Needs `ipamPoolId`. @default none
   */
  readonly attachCidrs?: readonly string[];
}

/** One availability zone in which the cluster's pods run. */
export interface ZoneConfig {
  /** Full name, for example `eu-central-1a`. */
  readonly zone: string;
  /**
   * Pod subnet whose route table and network ACL the zone's new subnets share.
   * @default the zone's subnet with the tags `cluster-ipam/cluster` = the cluster and `cluster-ipam/role` = `pod`
   */
  readonly referenceSubnetId?: string;
}

/** When growth subnets are given back. */
export interface ReclaimPolicy {
  /** Minutes a subnet is seen without an interface before pods are kept out of it; 5 to 10,080. */
  readonly emptyMinutes: number;
  /** Minutes it then stays closed and unused before it is deleted; 5 to 10,080. */
  readonly quarantineMinutes: number;
}

/** What the autoscaler aims at, and what it may spend. */
export interface Policy {
  /** A zone grows when its free prefixes would be used up in fewer minutes than this; 1 to 1,440. @default 30 */
  readonly leadTimeMinutes: number;
  /** A zone grows when it has fewer free, aligned /28 prefixes than this; 1 to 4,096. @default 32 */
  readonly floorPrefixes: number;
  /**
   * Netmask lengths of a zone's growth subnets, 16 to 26, in the order in which they are made; the last repeats. A
   * step that would not cover the need is skipped. @default [22, 20, 18]
   */
  readonly netmaskLengths: readonly number[];
  /** Growth subnets at most, over all zones; 1 to 200. @default 24 */
  readonly maxSubnets: number;
  /** Minutes between two new subnets of one zone; 0 to 1,440. @default 5 */
  readonly coolDownMinutes: number;
  readonly budgets: {
    /** New subnets in 24 hours, over all zones, of those that still exist; 1 to 200. @default 12 */
    readonly subnetsPerDay: number;
    /** Addresses in all growth subnets together, at least 64. @default the growth space */
    readonly addresses?: number;
  };
  /** A node subnet with fewer free addresses is reported; 0 to 4,096. @default 16 */
  readonly nodeFloorAddresses: number;
  /** Giving back; absent keeps every subnet. @default { emptyMinutes: 60, quarantineMinutes: 30 } */
  readonly reclaim?: ReclaimPolicy;
  /** Id of the resource-planning pool through which IPAM records the subnets. @default none */
  readonly planningPoolId?: string;
}

/** Quotas of the account in this Region (Service Quotas, VPC). */
export interface Quotas {
  /** Subnets per VPC. @default 200 */
  readonly subnetsPerVpc: number;
  /** IPv4 CIDRs per VPC, the primary included. @default 5 */
  readonly cidrsPerVpc: number;
}

/** What one run needs to know; the construct writes it, as JSON, into {@link CONFIG_VARIABLE}. */
export interface AutoscalerConfig {
  /** Name of the EKS cluster. */
  readonly cluster: string;
  readonly region: string;
  readonly vpcId: string;
  readonly growthPools: GrowthPools;
  /** At least one. */
  readonly zones: readonly ZoneConfig[];
  readonly policy: Policy;
  readonly mode: Mode;
  readonly quotas: Quotas;
  /** Bus that gets an event a change. @default no events */
  readonly eventBusName?: string;
  /** CloudWatch namespace of the metrics. */
  readonly metricNamespace: string;
  /**
   * What a self-managed VPC CNI runs with, where there is no add-on to ask.
   * @default the managed add-on `vpc-cni` is asked
   */
  readonly selfManagedCni?: {
    /** Release, for example `v1.23.1`. */
    readonly version: string;
    readonly prefixDelegation: boolean;
    readonly customNetworking: boolean;
  };
  /**
   * Interfaces of a node and IPv4 addresses of each, when all nodes are alike: with it, nodes that can take no more
   * prefixes are told from subnets that have none. @default not judged
   */
  readonly nodeShape?: { readonly enis: number; readonly addressesPerEni: number };
}

/** The policy of a cluster that asks for nothing else. */
export const DEFAULT_POLICY: Policy = {
  leadTimeMinutes: 30,
  floorPrefixes: 32,
  netmaskLengths: [22, 20, 18],
  maxSubnets: 24,
  coolDownMinutes: 5,
  budgets: { subnetsPerDay: 12 },
  nodeFloorAddresses: 16,
  reclaim: { emptyMinutes: 60, quarantineMinutes: 30 },
};

/** Quotas of a new account. */
export const DEFAULT_QUOTAS: Quotas = { subnetsPerVpc: 200, cidrsPerVpc: 5 };
