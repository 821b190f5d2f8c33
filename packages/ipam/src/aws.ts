export {
  AwsIpam,
  type AwsIpamProps,
  type IpamDelegatedAdmin,
  type IpamScope,
  type IpamTier,
} from "./aws-ipam";
export { AwsIpamPool, type AwsIpamPoolProps } from "./aws-ipam-pool";
export { AwsIpamPools, type AwsIpamPoolsProps, type PoolSharePlan } from "./aws-ipam-pools";
export { IpamPoolLookup, type IpamPoolLookupProps } from "./ipam-pool-lookup";
export { IpamPoolShare, type IpamPoolShareProps } from "./ipam-pool-share";
export { PlanningPool, type PlanningPoolProps, type PlanningVpc } from "./planning-pool";
