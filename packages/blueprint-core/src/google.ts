export {
  ContainerCluster,
  type ContainerClusterConfig,
  type ContainerClusterIpAllocationPolicy,
} from "./google/container-cluster";
export {
  ContainerNodePool,
  type ContainerNodePoolConfig,
  type ContainerNodePoolNetworkConfig,
} from "./google/container-node-pool";
export { googleProvider, type GoogleProviderOptions } from "./google/google-provider";
