/** A pool of the AWS VPC IPAM hierarchy. */
export interface IpamPoolPlan {
  /** Unique key of the pool, for example `aws/eu-central-1/prod/eks`. */
  readonly key: string;
  /** Key of the source pool. Absent for a root pool. */
  readonly parent?: string;
  /** CIDRs provisioned to the pool. */
  readonly cidrs: readonly string[];
  /** AWS Region in which resources can allocate from the pool. Absent for a root pool. */
  readonly locale?: string;
  readonly description: string;
  /** Environment of the pool. Absent for root and Region pools. */
  readonly environment?: string;
  /** Allocation rules. Absent for pools that only have child pools. */
  readonly rules?: {
    /** Shortest netmask length (largest block) of an allocation, 0 to 32. */
    readonly minNetmaskLength: number;
    /** Longest netmask length (smallest block) of an allocation, 0 to 32. */
    readonly maxNetmaskLength: number;
    readonly defaultNetmaskLength: number;
    /** Tags that a resource must have to allocate from the pool. */
    readonly requiredTags: Readonly<Record<string, string>>;
  };
  /** Blocks in use elsewhere (other cloud, on premises), which custom allocations keep out of use on AWS. */
  readonly reservations: readonly { readonly cidr: string; readonly owner: string }[];
}
