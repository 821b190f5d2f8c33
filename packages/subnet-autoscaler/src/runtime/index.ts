export {
  attachedCidrs,
  type AttachedCidrsProps,
  drain,
  type DrainProps,
  type DrainResult,
  growthSubnets,
  type GrowthSubnetsProps,
} from "./act/drain";
export { type ChangeResult } from "./act/change-result";
export { EC2_RATES } from "./cloud/api-rate";
export { type Clock, systemClock } from "./cloud/clock";
export { CloudMemory } from "./cloud/cloud-memory";
export type {
  Ec2,
  Ec2CidrRequest,
  Ec2Interface,
  Ec2NetworkAcl,
  Ec2PoolAllocation,
  Ec2Reservation,
  Ec2RouteTable,
  Ec2Subnet,
  Ec2VpcCidr,
  Tags,
} from "./cloud/ec2";
export { type Eks, type SubnetUser } from "./cloud/eks";
export { sdkEc2 } from "./cloud/sdk-ec2";
export { sdkEks } from "./cloud/sdk-eks";
export {
  type AutoscalerConfig,
  CONFIG_VARIABLE,
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type GrowthPools,
  type Mode,
  type QuotaOptions,
  type ReclaimOptions,
  type ScalingPolicy,
  type SharedGrowthPool,
  type ZoneConfig,
} from "./config/config";
export { parseConfig } from "./config/config-schema";
export { decide } from "./decide/decide";
export { type Advice, type Cause, type Change, changeId, type Decision } from "./decide/decision";
export { zoneView, type ZoneView } from "./decide/zone-view";
export { ApiError } from "./errors/api-error";
export { AutoscalerError } from "./errors/autoscaler-error";
export { type Cni, type CniSettings, type CniTagging } from "./network/cni";
export { type RecordedState } from "./network/tags";
export { History } from "./observe/history";
export { type Observation, type ObservedSubnet, type ObservedZone } from "./observe/observation";
export { observe, type ObserveProps } from "./observe/observe";
export { reconcile, type ReconcileProps, type Run } from "./reconcile";
export { type ChangeEvent, type Reporter } from "./report/reporter";
export { type RunStep } from "./report/run-step";
