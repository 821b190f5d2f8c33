export {
  allClusters,
  type Cluster,
  clusterOf,
  clustersOn,
  type NodeSubnet,
  putCluster,
  removeCluster,
} from "./cluster-store";
export { type Choice, chooseFree } from "./free-range";
export { gkeLocation } from "./gke-location";
export {
  CHANNEL_VERSIONS,
  checkAutoIpam,
  DEFAULT_VERSION,
  GKE_VERSIONS,
  initialVersion,
  minorOf,
  upgradedVersion,
  versionFor,
} from "./gke-versions";
export {
  type InternalRange,
  internalRangeOf,
  internalRangesOf,
  putInternalRange,
  removeInternalRange,
} from "./internal-range-store";
export { defaultPlace, type NodeDemand, placeFor, type Placement, resized, room } from "./node-placement";
export { type NodePool, nodePoolOf, poolsOf, poolsOn, putNodePool, removeNodePool } from "./node-pool-store";
export { alreadyExists, badRequest, inUse, invalid, missing, required } from "./refusals";
export {
  type OccupiedRange,
  putSubnetwork,
  type RangePurpose,
  rangesIn,
  rangesOf,
  removeSubnetwork,
  type SecondaryRange,
  type Subnetwork,
  subnetworkOf,
  subnetworksOf,
  subnetworksWhere,
} from "./subnetwork-store";
