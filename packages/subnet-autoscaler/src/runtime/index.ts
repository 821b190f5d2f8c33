export { act, type ActProps, type Outcome } from "./act";
export { ApiError } from "./api-error";
export { AutoscalerError } from "./autoscaler-error";
export { addonCni, type Cni, cniOf, type CniTagging } from "./cni";
export {
  type AutoscalerConfig,
  CONFIG_VARIABLE,
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type GrowthPools,
  type Mode,
  type Policy,
  type Quotas,
  type ReclaimPolicy,
  type ZoneConfig,
} from "./config";
export { parseConfig } from "./config-check";
export { decide } from "./decide";
export { type Advice, type Cause, type Change, changeId, type Decision } from "./decision";
export { drain, type Drained, type DrainProps } from "./drain";
export type {
  Clock,
  Ec2,
  Ec2Interface,
  Ec2NetworkAcl,
  Ec2PoolAllocation,
  Ec2Reservation,
  Ec2RouteTable,
  Ec2Subnet,
  Ec2VpcCidr,
  Eks,
} from "./ec2";
export { fragmentation, FreePrefixes } from "./free-prefixes";
export { History } from "./history";
export { CLUSTER_METRICS, ZONE_METRICS } from "./metrics";
export type { Observation, ObservedSubnet, ObservedZone } from "./observation";
export { observe, type ObserveProps } from "./observe";
export {
  type ChangeEvent,
  EVENT_SOURCE,
  reconcile,
  type ReconcileProps,
  type Report,
  type Run,
  type RunStep,
} from "./reconcile";
export { sdkEc2 } from "./sdk-ec2";
export { sdkEks } from "./sdk-eks";
export {
  CLUSTER_TAG,
  clusterFilterTag,
  CNI_TAG,
  CREATED_TAG,
  EMPTY_TAG,
  OWNER_TAG,
  ROLE_TAG,
  STATE_TAG,
} from "./tags";
export { zoneView, type ZoneView } from "./zone-view";
