import { type Tags } from "./tags";

/** A subnet as EC2 describes it. */
export interface Ec2Subnet {
  readonly id: string;
  readonly cidr: string;
  /** Full name of the zone. */
  readonly zone: string;
  /** `pending`, `available`, … */
  readonly state: string;
  /** Free addresses, aligned or not; without those that are reserved. */
  readonly availableAddresses: number;
  readonly tags: Tags;
}

/** A network interface: only what uses addresses. */
export interface Ec2Interface {
  readonly subnetId: string;
  /** Every private IPv4 address of it. */
  readonly addresses: readonly string[];
  /** Every /28 delegated to it. */
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

/** An IPv4 CIDR of a VPC. */
export interface Ec2VpcCidr {
  readonly associationId: string;
  readonly cidr: string;
  /** `associating`, `associated`, `disassociating`, `failing`, `failed`. */
  readonly state: string;
}

/** A route table and the subnets that are associated with it explicitly. */
export interface Ec2RouteTable {
  readonly id: string;
  /** The VPC's main route table: it serves every subnet without an association. */
  readonly main: boolean;
  readonly associations: readonly { readonly id: string; readonly subnetId: string }[];
}

/** A network ACL and its subnets; every subnet has exactly one. */
export interface Ec2NetworkAcl {
  readonly id: string;
  readonly associations: readonly { readonly id: string; readonly subnetId: string }[];
}

/** An allocation of an IPAM pool. */
export interface Ec2PoolAllocation {
  readonly cidr: string;
  /** `vpc`, `subnet`, `ipam-pool`, `custom`, … */
  readonly resourceType: string;
  readonly resourceId?: string;
}

/**
 * What the autoscaler asks of EC2. Every list is complete (paged inside), every failure is an {@link ApiError}.
 *
 * Reads may be stale: EC2 is eventually consistent.
 */
export interface Ec2 {
  subnets(vpcId: string): Promise<readonly Ec2Subnet[]>;
  /** One subnet; undefined when it does not exist, or is not seen yet. */
  subnet(subnetId: string): Promise<Ec2Subnet | undefined>;
  /** The subnets of every VPC of the Region that have this tag. */
  subnetsByTag(key: string, value: string): Promise<readonly (Ec2Subnet & { readonly vpcId: string })[]>;
  /** Calls `visit` with each interface, a page at a time, so that 10,000 of them never are in memory at once. */
  eachInterface(
    filter: { readonly vpcId: string } | { readonly subnetId: string },
    visit: (networkInterface: Ec2Interface) => void,
  ): Promise<void>;
  reservations(subnetId: string): Promise<readonly Ec2Reservation[]>;
  /** The IPv4 CIDRs of a VPC. */
  vpcCidrs(vpcId: string): Promise<readonly Ec2VpcCidr[]>;
  routeTables(vpcId: string): Promise<readonly Ec2RouteTable[]>;
  networkAcls(vpcId: string): Promise<readonly Ec2NetworkAcl[]>;
  /** The CIDRs that are provisioned to an IPAM pool. */
  poolCidrs(poolId: string): Promise<readonly string[]>;
  poolAllocations(poolId: string): Promise<readonly Ec2PoolAllocation[]>;

  /** Makes a subnet at exactly this CIDR, with its tags from the first moment on. */
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
  associateVpcCidr(vpcId: string, cidr: string, ipamPoolId: string): Promise<void>;
  disassociateVpcCidr(associationId: string): Promise<void>;
}

/** What the autoscaler asks of EKS. */
export interface Eks {
  /** The cluster's VPC; undefined when there is no such cluster. */
  clusterVpc(cluster: string): Promise<string | undefined>;
  /** The managed vpc-cni add-on; undefined when the cluster has none. */
  cniAddon(
    cluster: string,
  ): Promise<{ readonly version: string; readonly configuration?: string } | undefined>;
}

/** The time, and waiting. A test brings its own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
