export { AddressPlan } from "./addresses/address-plan";
export type { AddressNode } from "./addresses/address-tree";
export type {
  ClusterAddresses,
  EksClusterAddresses,
  Fence,
  GkeClusterAddresses,
  GkeSubnetAddresses,
  NamedBlock,
  SharedGrowthCidr,
  SubnetSet,
  VpcCidr,
} from "./addresses/cluster-addresses";
export type { IpamPoolPlan } from "./addresses/ipam-pool";
export type { AllocatedBlock, AllocatedSpace } from "./allocation/allocated-block";
export { allocate, type Allocation } from "./allocation/allocation";
export type { LockChange } from "./allocation/leaving/lock-change";
export type { BlockKind } from "./blocks/required-block";
export type { Capacity, Limit } from "./capacity/capacity";
export { type EksCapacityProps, eksCapacity, type VpcQuotas } from "./capacity/eks-capacity";
export { EKS_SURGE_PER_ZONE } from "./capacity/eks-surge";
export type { WarmTargets } from "./capacity/pod-address-usage";
export { nodesInSubnet } from "./capacity/node-subnet";
export type { ZoneSubnet } from "./capacity/zone-subnet";
export * from "./cloud/index";
export type { Demand } from "./demand/cluster-demand";
export type { PlanDefinition, PlanDefinitionInput } from "./demand/plan-definition";
export { parsePlan } from "./demand/plan-yaml";
export {
  type AddressLock,
  type FreedBlock,
  type LeavingState,
  LOCK_FILE,
  type LockedRename,
  type LockedSpace,
  type LockEntry,
} from "./lock/address-lock";
export { parseLock } from "./lock/lock-text";
export { PLAN_FILE } from "./repository/repository";
export { type ComparedLock, compareLocks, type LockDifference } from "./lock/lock-difference";
export * from "./prefix/index";
