import { SUBNET_RESERVED_ADDRESSES } from "../cloud/vpc-cidr";
import { Prefix } from "../prefix/prefix";
import { NODE_SUBNET_HEADROOM } from "./pod-address-usage";

/**
 * The nodes that a node subnet of an EKS cluster has room for, apart from the addresses that the plan leaves for load
 * balancers and endpoints. The surge of a rolling update, which the plan counts once per zone, is among them.
 *
 * @param cidr IPv4 CIDR
 */
export function nodesInSubnet(cidr: string): number {
  const addresses = 2 ** (32 - Prefix.parse(cidr, 4).length);
  return Math.max(0, addresses - SUBNET_RESERVED_ADDRESSES - NODE_SUBNET_HEADROOM);
}
