export type { Capacity, Limit } from "./capacity";
export type {
  ClusterAddresses,
  Demand,
  EksClusterAddresses,
  Fence,
  GkeClusterAddresses,
  ZoneSubnet,
} from "./cluster-addresses";
export type { IpamPoolPlan } from "./ipam-pool";
