export { type ClusterSecurityOptions } from "./cluster/cluster-security";
export { GkeCluster, type GkeClusterProps } from "./cluster/gke-cluster";
export { type ControlPlaneEndpoint, type GkeClusterContract } from "./cluster/gke-cluster-contract";
export {
  NodePool,
  type NodePoolOptions,
  type NodePoolProps,
  type NodePoolSizeOptions,
} from "./cluster/node-pool";
export type { NodeAutoProvisioningOptions } from "./cluster/node-auto-provisioning";
export type { AcceleratorOptions, NodeTaint, PoolNodeOptions } from "./cluster/pool-nodes";
export type { SurgeUpgrade, UpgradeOptions } from "./cluster/pool-upgrade";
export { CloudNat, type CloudNatProps } from "./network/cloud-nat";
export type { ExtraSubnetOptions, PodRangeOptions } from "./network/composed-contract";
export { type FlowLogOptions, GkeNetwork, type GkeNetworkProps } from "./network/gke-network";
export type { ExtraSubnet, GkeNetworkContract, PodRange } from "./network/gke-network-contract";
export type {
  AutoIpamOptions,
  GkeIpamOptions,
  PlannedIpamOptions,
  UnverifiedCombination,
} from "./network/ipam-mode";
export { GkeClusterStack, type GkeClusterStackProps } from "./stacks/gke-cluster-stack";
export { GkeNetworkStack, type GkeNetworkStackProps } from "./stacks/gke-network-stack";
export { GkeSystemStack, type GkeSystemStackProps } from "./stacks/gke-system-stack";
export { IpMasqAgent, type IpMasqAgentProps } from "./system/ip-masq-agent";
