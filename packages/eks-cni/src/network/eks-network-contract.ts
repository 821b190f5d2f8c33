import { type EksClusterAddresses } from "@cluster-ipam/address-plan";

/**
 * What a cluster stack needs to know of its network: plain data, known at synth.
 *
 * Ids are not in it: the cluster stack looks the VPC and the subnets up by tag, so that it can be planned and
 * deployed on its own, without the network's state.
 */
export interface EksNetworkContract {
  /** The addresses of the cluster, from the address plan. */
  readonly cluster: EksClusterAddresses;
  /** Id of the network's stack: deployed before the cluster's, where both are in one app. */
  readonly stack: string;
  readonly ipFamily: "ipv4" | "ipv6";
  /**
   * Version of the VPC CNI add-on. It belongs to the network because the subnets' tags mean something else to
   * an older release.
   */
  readonly cniVersion: string;
  /** True when the node subnets are closed to pods, so that a node's first ENI carries none. */
  readonly nodeSubnetsExcluded: boolean;
  /** AWS account of the network and the cluster, 12 digits; absent for the account of the credentials. */
  readonly accountId?: string;
}
