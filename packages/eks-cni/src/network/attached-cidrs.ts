import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { type EksClusterAddresses, Prefix, type VpcCidr, vpcSizedBlocks } from "@cluster-ipam/address-plan";
import { type Construct } from "constructs";

/** A CIDR that is attached to a VPC in addition to its primary one. */
export interface AttachedCidr {
  readonly cidr: Prefix;
  /** Its associations: one, or one for each /16 of a larger CIDR. */
  readonly associations: readonly VpcIpv4CidrBlockAssociation[];
}

/**
 * The CIDRs of a cluster's VPC besides the primary one: for nodes, for pods, then for growth. A CIDR that the plan drains
 * stays attached. IPv6 pods need no IPv4 space, so a dual-stack VPC has only those for nodes.
 */
export function furtherCidrs(
  { nodeCidrs, podCidrs, growth }: EksClusterAddresses,
  ipFamily: "ipv4" | "ipv6",
): readonly VpcCidr[] {
  return ipFamily === "ipv6" ? nodeCidrs : [...nodeCidrs, ...podCidrs, ...growth];
}

/** Associates CIDRs with a VPC, each allocated by its IPAM pool. @param poolId id of the pool with a key */
export function attachCidrs(
  scope: Construct,
  vpc: Vpc,
  cidrs: readonly VpcCidr[],
  poolId: (key: string) => string,
): readonly AttachedCidr[] {
  return cidrs.map(({ name, cidr, pool }) => ({
    cidr: Prefix.parse(cidr),
    associations: vpcSizedBlocks(cidr).map(
      (block, index) =>
        new VpcIpv4CidrBlockAssociation(scope, `${name.replace(/^pods/, "pod")}-cidr-${index}`, {
          vpcId: vpc.id,
          cidrBlock: block,
          ipv4IpamPoolId: poolId(pool),
        }),
    ),
  }));
}
