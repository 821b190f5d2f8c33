export { type CniVariables } from "./cni/cni-environment";
export {
  type CniOptions,
  type CustomNetworkingOptions,
  type PrefixDelegationOptions,
} from "./cni/cni-options";
export { SelfManagedVpcCni, type SelfManagedVpcCniProps } from "./cni/self-managed-vpc-cni";
export { VpcCni, type VpcCniProps } from "./cni/vpc-cni";
export { type AccessEntryOptions } from "./cluster/access-entry";
export { type ApiEndpointOptions } from "./cluster/api-endpoint";
export { type AddonOptions } from "./cluster/cluster-addon";
export { type ControlPlaneLog, EksCluster, type EksClusterProps } from "./cluster/eks-cluster";
export { type EksClusterContract } from "./cluster/eks-cluster-contract";
export { AutoMode, type AutoModeOptions, type AutoModeProps } from "./provisioner/auto-mode";
export { type AutoModeNetworkOptions } from "./provisioner/auto-node-class";
export {
  FargateProfile,
  type FargateProfileOptions,
  type FargateProfileProps,
  FargateRole,
  type FargateRoleProps,
  type FargateSelector,
} from "./cluster/fargate-profile";
export { Karpenter, type KarpenterOptions, type KarpenterProps } from "./provisioner/karpenter";
export { InterruptionQueue, type InterruptionQueueProps } from "./provisioner/interruption-queue";
export {
  type KarpenterNodePoolOptions,
  type NodePoolOptions,
  type KubeletOptions,
  type NodeRequirement,
  type ReservedResources,
} from "./provisioner/node-pool-options";
export { EksNetwork } from "./network/eks-network";
export { type RouteTarget } from "./network/network-routing";
export { type EksNetworkContract } from "./network/eks-network-contract";
export { EksNetworkLookup, type EksNetworkLookupProps } from "./network/eks-network-lookup";
export { type FlowLogOptions } from "./network/flow-logs";
export { type EksNetworkProps, type NatGateways } from "./network/eks-network-props";
export { CLUSTER_TAG, ROLE_TAG, type SubnetRole } from "./subnets/network-tags";
export { type ExistingVpcOptions } from "./network/existing-vpc";
export { type NodePlacementOptions } from "./cluster/node-placement";
export {
  NodeGroup,
  type NodeGroupOptions,
  type NodeGroupProps,
  type SshOptions,
  type Taint,
} from "./nodes/node-group";
export { type CustomImage, type NodeImage } from "./nodes/node-image";
export { type InstanceOptions } from "./nodes/node-instances";
export { NodeRole, type NodeRoleProps } from "./nodes/node-role";
export {
  type ClusterCniOptions,
  EksClusterStack,
  type EksClusterStackProps,
} from "./stacks/eks-cluster-stack";
export { EksNetworkStack, type EksNetworkStackProps } from "./stacks/eks-network-stack";
export {
  AdoptedEksNetwork,
  type AdoptedEksNetworkProps,
  type AdoptedNetworkIds,
} from "./network/adopted-eks-network";
export { AdoptedEksNetworkStack, type AdoptedEksNetworkStackProps } from "./stacks/adopted-eks-network-stack";
