/** Tags of an EC2 resource, by key. */
export type Tags = Readonly<Record<string, string>>;

/** A subnet as EC2 describes it. */
export interface Ec2Subnet {
  readonly id: string;
  readonly cidr: string;
  /** Full name of the availability zone. */
  readonly zone: string;
  /** `pending`, `available`, … */
  readonly state: string;
  /** Free addresses, aligned or not, without those in CIDR reservations. */
  readonly availableAddresses: number;
  readonly tags: Tags;
}

/** The parts of a network interface that use addresses. */
export interface Ec2Interface {
  readonly subnetId: string;
  /** All of its private IPv4 addresses. */
  readonly addresses: readonly string[];
  /** All /28 prefixes delegated to it. */
  readonly prefixes: readonly string[];
  /** Instance it is attached to. */
  readonly instanceId?: string;
  /** When it was attached, epoch milliseconds. */
  readonly attachedAt?: number;
}

/** A CIDR reservation in a subnet. */
export interface Ec2Reservation {
  readonly cidr: string;
  readonly type: "prefix" | "explicit";
}

/** Which CIDR a pool allocates to a VPC: this one, or any of this netmask length. */
export type Ec2CidrRequest = { readonly cidr: string } | { readonly netmaskLength: number };

/** An IPv4 CIDR of a VPC. */
export interface Ec2VpcCidr {
  readonly associationId: string;
  readonly cidr: string;
  /** `associating`, `associated`, `disassociating`, `failing`, `failed`. */
  readonly state: string;
}

/** A route table and its explicit subnet associations. */
export interface Ec2RouteTable {
  readonly id: string;
  /** Whether it is the VPC's main route table, which serves every subnet without an association. */
  readonly main: boolean;
  readonly associations: readonly { readonly id: string; readonly subnetId: string }[];
}

/** A network ACL and its subnet associations; every subnet has exactly one. */
export interface Ec2NetworkAcl {
  readonly id: string;
  readonly associations: readonly { readonly id: string; readonly subnetId: string }[];
}

/** An allocation from an IPAM pool. */
export interface Ec2PoolAllocation {
  readonly cidr: string;
  /** `vpc`, `subnet`, `ipam-pool`, `custom`, … */
  readonly resourceType: string;
  readonly resourceId?: string;
}

/**
 * The EC2 calls the autoscaler makes. Lists are complete: every page is read. Every failure is an {@link ApiError}.
 *
 * Reads may be stale: EC2 is eventually consistent.
 */
export interface Ec2 {
  subnets(vpcId: string): Promise<readonly Ec2Subnet[]>;
  /** One subnet; undefined when it does not exist or is not visible yet. */
  subnet(subnetId: string): Promise<Ec2Subnet | undefined>;
  /** The subnets with this tag, in every VPC of the Region. */
  subnetsByTag(key: string, value: string): Promise<readonly (Ec2Subnet & { readonly vpcId: string })[]>;
  /** Calls `visit` with each interface of a VPC, or of up to 200 subnets, one page at a time. */
  forEachInterface(
    filter: { readonly vpcId: string } | { readonly subnetId: string | readonly string[] },
    visit: (networkInterface: Ec2Interface) => void,
  ): Promise<void>;
  reservations(subnetId: string): Promise<readonly Ec2Reservation[]>;
  /** The IPv4 CIDRs of a VPC. */
  vpcCidrs(vpcId: string): Promise<readonly Ec2VpcCidr[]>;
  routeTables(vpcId: string): Promise<readonly Ec2RouteTable[]>;
  networkAcls(vpcId: string): Promise<readonly Ec2NetworkAcl[]>;
  /** The CIDRs provisioned to an IPAM pool. */
  poolCidrs(poolId: string): Promise<readonly string[]>;
  poolAllocations(poolId: string): Promise<readonly Ec2PoolAllocation[]>;

  /** Creates a subnet at exactly this CIDR, tagged in the same call. */
  createSubnet(request: {
    readonly vpcId: string;
    readonly cidr: string;
    readonly zone: string;
    readonly tags: Tags;
    readonly planningPoolId?: string;
  }): Promise<Ec2Subnet>;
  deleteSubnet(subnetId: string): Promise<void>;
  createTags(subnetId: string, tags: Tags): Promise<void>;
  deleteTag(subnetId: string, key: string): Promise<void>;
  associateRouteTable(routeTableId: string, subnetId: string): Promise<void>;
  replaceRouteTableAssociation(associationId: string, routeTableId: string): Promise<void>;
  replaceNetworkAclAssociation(associationId: string, networkAclId: string): Promise<void>;
  /** Reserves a part of a subnet for prefixes. */
  reservePrefixes(subnetId: string, cidr: string): Promise<void>;
  /** @returns the CIDR's association */
  associateVpcCidr(vpcId: string, request: Ec2CidrRequest, ipamPoolId: string): Promise<string>;
  disassociateVpcCidr(associationId: string): Promise<void>;
}
