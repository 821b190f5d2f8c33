// The request bodies of Network Connectivity (networkconnectivity v1), restricted to the members that are modeled.

/** Body of `internalRanges.create`, and the members of `internalRanges.patch` that its update mask names. */
export interface InternalRangeRequest {
  /** Resource name, URL or short name of the network. */
  readonly network: string;
  /** `FOR_VPC`, `EXTERNAL_TO_VPC` or `FOR_MIGRATION`. */
  readonly usage: string;
  /** `FOR_SELF`, `FOR_PEER` or `NOT_SHARED`. */
  readonly peering: string;
  /** @default a free block of `prefixLength` */
  readonly ipCidrRange?: string;
  /** Netmask length of the block that Google chooses. */
  readonly prefixLength?: number;
  /** Where Google chooses the block, in order of preference. @default 10.0.0.0/8 */
  readonly targetCidrRange?: readonly string[];
  /** What the chosen block stays out of. @default nothing */
  readonly excludeCidrRanges?: readonly string[];
  /** `OVERLAP_EXISTING_SUBNET_RANGE`, `OVERLAP_ROUTE_RANGE`. @default no overlap */
  readonly overlaps?: readonly string[];
  /** Whether the block can never change. @default false */
  readonly immutable?: boolean;
  readonly allocationOptions?: AllocationOptions;
}

/** How Google chooses among the free blocks. */
export interface AllocationOptions {
  /** `RANDOM`, `FIRST_AVAILABLE`, `RANDOM_FIRST_N_AVAILABLE` or `FIRST_SMALLEST_FITTING`. @default RANDOM */
  readonly allocationStrategy?: string;
  /** Among how many of the lowest blocks `RANDOM_FIRST_N_AVAILABLE` chooses. @default 100 */
  readonly firstAvailableRangesLookupSize?: number;
}
