// Limits of AWS and Google Cloud alone: no YAML, no schema, no lock.
export { awsPartition } from "./aws-partition";
export {
  GKE_ADDITIONAL_SUBNETS,
  GKE_PODS_PER_NODE,
  GKE_SECONDARY_RANGES,
  nodesPerPodRange,
  nodesPerPrimaryRange,
  podRangePerNode,
  PRIMARY_RANGE_RESERVED,
} from "./gke-ranges";
export {
  expandFamilies,
  type Instance,
  INSTANCE_TYPES,
  instanceShape,
  type InstanceShape,
} from "./instance-types";
export { ADDRESSES_PER_PREFIX, type EksMode, type MaxPods, maxPods } from "./max-pods";
export { type Cloud, EKS_DISALLOWED_ZONE_IDS, REGIONS } from "./regions";
export {
  prefixReservations,
  reservedPrefixes,
  DRAWN_CIDR,
  SUBNET_RESERVED_ADDRESSES,
  usablePrefixes,
  vpcCidrConflict,
  vpcSizedBlocks,
} from "./vpc-cidr";
