export { CloudNat, type CloudNatProps } from "./cloud-nat";
export {
  type ControlPlaneEndpoint,
  GkeCluster,
  type GkeClusterContract,
  type GkeClusterProps,
} from "./gke-cluster";
export { GkeClusterStack, type GkeClusterStackProps } from "./gke-cluster-stack";
export { GkeNetwork, type GkeNetworkProps } from "./gke-network";
export { GkeNetworkStack, type GkeNetworkStackProps } from "./gke-network-stack";
export { GkeSystemStack, type GkeSystemStackProps } from "./gke-system-stack";
export { IpMasqAgent, type IpMasqAgentProps } from "./ip-masq-agent";
export type { AutoIpam, GkeIpam, PlannedIpam, UnverifiedCombination } from "./ipam-mode";
export type { ExtraSubnet, GkeNetworkContract, PodRange } from "./network-contract";
export { NodePool, type NodePoolProps, type NodePoolSize, type NodePoolSpec } from "./node-pool";
export { NodeServiceAccount, type NodeServiceAccountProps } from "./node-service-account";
