import { type Tenancy } from "@aws-sdk/client-ec2";
import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./located";

/** An address range of a VPC. */
export interface VpcCidr {
  readonly AssociationId: string;
  readonly CidrBlock: string;
}

/** An Amazon-provided IPv6 address range of a VPC. */
export interface VpcIpv6Cidr {
  readonly AssociationId: string;
  readonly Ipv6CidrBlock: string;
}

/** A VPC. */
export interface Vpc extends Located {
  readonly VpcId: string;
  /** The primary CIDR first. */
  readonly Cidrs: readonly VpcCidr[];
  readonly Ipv6Cidrs: readonly VpcIpv6Cidr[];
  readonly InstanceTenancy: Tenancy;
  readonly DhcpOptionsId: string;
  readonly DefaultSecurityGroupId: string;
  readonly EnableDnsSupport: boolean;
  readonly EnableDnsHostnames: boolean;
  readonly EnableNetworkAddressUsageMetrics: boolean;
}

/** All VPCs. */
export const vpcs = new Ec2Kind<Vpc>("vpc", "vpc", ["InvalidVpcID.NotFound", "vpc ID"]);
