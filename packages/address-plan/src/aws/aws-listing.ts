/** A CIDR that a pool of IPAM has allocated. */
export interface IpamAllocation {
  readonly id: string;
  readonly cidr: string;
  /** As AWS names it: `vpc`, `subnet`, `ipam-pool`, or `custom` for a manual allocation. */
  readonly resourceType: string;
  /** @default none; a manual allocation */
  readonly resourceId?: string;
  /** Account of the resource, 12 digits. */
  readonly owner: string;
  /** What a manual allocation is for. @default none */
  readonly description?: string;
}

/** A subnet that exists in a VPC. */
export interface ListedSubnet {
  readonly id: string;
  readonly cidr: string;
}

/** A list that was not read. */
export interface Unlisted {
  /** The reason, a clause such as `no AWS credentials`. */
  readonly unlisted: string;
}

/** What AWS lists where blocks leave the plan. */
export interface AwsListing {
  /** The allocations of pools, by the pool's id. */
  readonly allocations: ReadonlyMap<string, readonly IpamAllocation[] | Unlisted>;
  /** The subnets of VPCs, by the VPC's id. */
  readonly subnets: ReadonlyMap<string, readonly ListedSubnet[] | Unlisted>;
}
