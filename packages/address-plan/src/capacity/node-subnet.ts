import { SUBNET_RESERVED_ADDRESSES } from "../cloud/vpc-cidr";
import { Prefix } from "../prefix/prefix";
import { EKS_SURGE_PER_ZONE, NODE_SUBNET_HEADROOM } from "./pod-address-usage";

/**
 * The nodes that a node subnet of an EKS cluster has room for, with the surge of a rolling update and the addresses that
 * the plan leaves for load balancers and endpoints.
 *
 * @param cidr IPv4 CIDR
 */
export function nodesInSubnet(cidr: string): number {
  const addresses = 2 ** (32 - Prefix.parse(cidr, 4).length);
  return Math.max(0, addresses - SUBNET_RESERVED_ADDRESSES - NODE_SUBNET_HEADROOM - EKS_SURGE_PER_ZONE);
}
