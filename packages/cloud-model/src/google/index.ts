export { allClusters, type Cluster, clusterOf, type NodeSubnet } from "./documents/cluster";
export { podRangeOf, servicesRangeOf } from "./documents/cluster-ranges";
export { firewallOf } from "./documents/firewall";
export { allInternalRanges, type InternalRange, internalRangeOf } from "./documents/internal-range";
export { networkOf } from "./documents/network";
export { type NodePool, nodePoolOf, poolsOf } from "./documents/node-pool";
export {
  clusterPath,
  firewallPath,
  internalRangePath,
  networkPath,
  nodePoolPath,
  ResourcePath,
  routerPath,
  subnetworkPath,
} from "./documents/resource-path";
export { routerOf } from "./documents/router";
export {
  rangesFrom,
  rangesIn,
  type Subnetwork,
  subnetworkOf,
  subnetworksOf,
  subnetworksWhere,
} from "./documents/subnetwork";
export { deleteFirewall, insertFirewall, patchFirewall } from "./operations/compute/firewalls";
export { deleteNetwork, findNetwork, insertNetwork } from "./operations/compute/networks";
export { deleteRouter, getRouter, insertRouter, patchRouter } from "./operations/compute/routers";
export { getIamPolicy, setIamPolicy } from "./operations/compute/subnetwork-policies";
export {
  deleteSubnetwork,
  expandIpCidrRange,
  insertSubnetwork,
  patchSubnetwork,
} from "./operations/compute/subnetworks";
export {
  growNodePool,
  type NodePoolName,
  type ProvisionedPool,
  provisionNodePool,
  removeProvisionedPool,
} from "./operations/container/autoscaler";
export { createCluster, deleteCluster, updateCluster } from "./operations/container/clusters";
export {
  createNodePool,
  deleteNodePool,
  setNodePoolAutoscaling,
  setNodePoolSize,
  updateNodePool,
} from "./operations/container/node-pools";
export {
  addPodRange,
  gkeAddresses,
  type GkeClusterName,
  seedGkeCluster,
  type SeedGkeClusterProps,
} from "./operations/container/seed-cluster";
export {
  createInternalRange,
  deleteInternalRange,
  patchInternalRange,
} from "./operations/networkconnectivity/internal-ranges";
export type { IamBinding, SecondaryRangeRequest } from "./requests/compute";
export type {
  AdditionalIpRanges,
  ClusterRequest,
  ClusterUpdate,
  IpAllocationPolicy,
  NodePoolAutoscaling,
  NodePoolRequest,
} from "./requests/container";
export type { InternalRangeRequest } from "./requests/networkconnectivity";
export { existingCluster, existingNodePool, existingSubnetwork } from "./rules/existing";
export { type Choice, chooseFree } from "./rules/free-range";
export { CHANNEL_VERSIONS, DEFAULT_VERSION, GKE_VERSIONS } from "./rules/gke-versions";
