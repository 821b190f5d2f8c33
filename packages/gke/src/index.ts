export { CloudNat, type CloudNatProps } from "./network/cloud-nat";
export {
  type ControlPlaneEndpoint,
  GkeCluster,
  type GkeClusterContract,
  type GkeClusterProps,
} from "./cluster/gke-cluster";
export { GkeClusterStack, type GkeClusterStackProps } from "./stacks/gke-cluster-stack";
export { GkeNetwork, type GkeNetworkProps } from "./network/gke-network";
export { GkeNetworkStack, type GkeNetworkStackProps } from "./stacks/gke-network-stack";
export { GkeSystemStack, type GkeSystemStackProps } from "./stacks/gke-system-stack";
export { IpMasqAgent, type IpMasqAgentProps } from "./system/ip-masq-agent";
export type { AutoIpam, GkeIpam, PlannedIpam, UnverifiedCombination } from "./network/ipam-mode";
export type { ExtraSubnet, GkeNetworkContract, PodRange } from "./network/gke-network-contract";
export { NodePool, type NodePoolProps, type NodePoolSize, type NodePoolSpec } from "./cluster/node-pool";
export { NodeServiceAccount, type NodeServiceAccountProps } from "./cluster/node-service-account";
