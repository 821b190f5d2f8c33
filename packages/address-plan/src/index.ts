export { AddressPlanError } from "./address-plan-error";
export { awsPartition } from "./aws-partition";
export type { Capacity, Limit } from "./capacity";
export type {
  ClusterAddresses,
  Demand,
  EksClusterAddresses,
  Fence,
  GkeClusterAddresses,
  GrowthBlock,
  ZoneSubnet,
} from "./cluster-addresses";
export { type EksCapacityProps, eksCapacity, type VpcQuotas } from "./eks-capacity";
export {
  EKS_SURGE_PER_ZONE,
  NODE_SUBNET_HEADROOM,
  SUBNET_RESERVED_ADDRESSES,
  usablePrefixes,
  type WarmTargets,
} from "./eks-space";
export {
  GKE_ADDITIONAL_SUBNETS,
  GKE_SECONDARY_RANGES,
  type GkeCapacityProps,
  gkeCapacity,
  nodesPerPodRange,
  nodesPerPrimaryRange,
  podRangePerNode,
  PRIMARY_RANGE_RESERVED,
} from "./gke-capacity";
export { type Instance, INSTANCE_TYPES, type InstanceShape } from "./instance-types";
export type { Family } from "./ip-text";
export type { IpamPoolPlan } from "./ipam-pool";
export { ADDRESSES_PER_PREFIX, type EksMode, type MaxPods, maxPods } from "./max-pods";
export { MAX_LISTED_BLOCKS, Prefix } from "./prefix";
export { countFreeBlocks, freeBlocks, summarise } from "./prefix-set";
export { type Cloud, EKS_DISALLOWED_ZONE_IDS, REGIONS } from "./regions";
export {
  type AddressLock,
  EMPTY_LOCK,
  LOCK_FILE,
  type LockEntry,
  parseLock,
  renderLock,
} from "./address-lock";
export { AddressPlan, allocate } from "./address-plan";
export type { AddressNode } from "./address-tree";
export type { AllocatedBlock, AllocatedSpace, Allocation, LockChange } from "./allocation";
export { checkLock, updateLock } from "./lock-update";
export type {
  AwsClusterDefinition,
  ClusterDefinition,
  GoogleClusterDefinition,
  PlanDefinition,
  PlanDefinitionInput,
} from "./plan-definition";
export { PLAN_FILE } from "./plan-files";
export { parsePlan } from "./plan-yaml";
export type { BlockKind } from "./wanted-block";
