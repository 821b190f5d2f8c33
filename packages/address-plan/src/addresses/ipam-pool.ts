/** One pool of the AWS VPC IPAM hierarchy, as the address plan lays it out. Parents come before children. */
export interface IpamPoolPlan {
  /** Key of the pool, unique, for example `aws/eu-central-1/prod/eks`. */
  readonly key: string;
  /** Key of the pool it takes its CIDRs from; absent for a root pool. */
  readonly parent?: string;
  /** CIDRs provisioned to the pool. */
  readonly cidrs: readonly string[];
  /** AWS Region in which resources allocate from it; absent for a root pool. */
  readonly locale?: string;
  readonly description: string;
  /** Environment the pool belongs to; absent above the environments. */
  readonly environment?: string;
  /** Allocation rules; absent on pools from which only child pools are cut. */
  readonly rules?: {
    /** Shortest netmask (largest block) that may be allocated, 0 to 32. */
    readonly minNetmaskLength: number;
    /** Longest netmask (smallest block) that may be allocated, 0 to 32. */
    readonly maxNetmaskLength: number;
    readonly defaultNetmaskLength: number;
    /** Tags a resource must carry to allocate from the pool. */
    readonly requiredTags: Readonly<Record<string, string>>;
  };
  /** Blocks of the pool that live elsewhere (other cloud, on premises): allocated in IPAM so that nothing takes them. */
  readonly reservations: readonly { readonly cidr: string; readonly owner: string }[];
}
