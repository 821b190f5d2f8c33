export { AddressPlanError } from "./message/address-plan-error";
export type { Capacity, Limit } from "./capacity/capacity";
export type {
  ClusterAddresses,
  Demand,
  EksClusterAddresses,
  Fence,
  GkeClusterAddresses,
  GrowthBlock,
  ZoneSubnet,
} from "./addresses/cluster-addresses";
export { type EksCapacityProps, eksCapacity, type VpcQuotas } from "./capacity/eks-capacity";
export {
  EKS_SURGE_PER_ZONE,
  NODE_SUBNET_HEADROOM,
  SUBNET_RESERVED_ADDRESSES,
  usablePrefixes,
  type WarmTargets,
} from "./capacity/pod-address-usage";
export {
  GKE_ADDITIONAL_SUBNETS,
  GKE_SECONDARY_RANGES,
  type GkeCapacityProps,
  gkeCapacity,
  nodesPerPodRange,
  nodesPerPrimaryRange,
  podRangePerNode,
  PRIMARY_RANGE_RESERVED,
} from "./capacity/gke-capacity";
export { type Instance, INSTANCE_TYPES, type InstanceShape } from "./cloud/instance-types";
export type { Family } from "./prefix/address-text";
export type { IpamPoolPlan } from "./addresses/ipam-pool";
export { ADDRESSES_PER_PREFIX, type EksMode, type MaxPods, maxPods } from "./cloud/max-pods";
export { MAX_LISTED_BLOCKS, Prefix } from "./prefix/prefix";
export { countFreeBlocks, freeBlocks, summarise } from "./prefix/prefix-set";
export { type Cloud, EKS_DISALLOWED_ZONE_IDS, REGIONS } from "./cloud/regions";
export {
  type AddressLock,
  EMPTY_LOCK,
  LOCK_FILE,
  type LockEntry,
  parseLock,
  renderLock,
} from "./lock/address-lock";
export { AddressPlan, allocate } from "./addresses/address-plan";
export type { AddressNode } from "./addresses/address-tree";
export type { AllocatedBlock, AllocatedSpace, Allocation, LockChange } from "./allocation/allocation";
export { checkLock, updateLock } from "./cli/lock-update";
export type {
  AwsClusterDefinition,
  ClusterDefinition,
  GoogleClusterDefinition,
  PlanDefinition,
  PlanDefinitionInput,
} from "./demand/plan-definition";
export { PLAN_FILE } from "./lock/plan-files";
export { parsePlan } from "./demand/plan-yaml";
export type { BlockKind } from "./blocks/required-block";
