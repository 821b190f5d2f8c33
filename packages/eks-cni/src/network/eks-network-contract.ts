import { type EksClusterAddresses } from "@cluster-ipam/address-plan";

/**
 * A network as cluster stacks see it: plain data, known at synth.
 *
 * It has no ids. The cluster's stack looks up the VPC and the subnets by tag, so it can be planned and deployed on its
 * own, without the network's state.
 */
export interface EksNetworkContract {
  /** The addresses of the cluster, from the address plan. */
  readonly addresses: EksClusterAddresses;
  /** Id of the network's stack. In the same app, it is deployed before the cluster's. */
  readonly stack: string;
  readonly ipFamily: "ipv4" | "ipv6";
  /**
   * Version of the VPC CNI add-on. It belongs to the network because releases interpret the subnets' tags differently.
   */
  readonly cniVersion: string;
  /** Whether the node subnets are closed to pods, so that a node's first ENI has none. */
  readonly nodeSubnetsExcluded: boolean;
  /** Whether the pod subnets are reserved for /28 prefixes, so that pods need prefix delegation. @default true */
  readonly prefixReservations?: boolean;
  /** Growth CIDRs that the subnet autoscaler attaches to the VPC: the network admits their pods. @default none */
  readonly attachCidrs?: readonly string[];
  /** AWS account of the network and the cluster, 12 digits. @default the account of the credentials */
  readonly accountId?: string;
}
