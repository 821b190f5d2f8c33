export {
  AwsIpam,
  type AwsIpamProps,
  type DelegatedAdminOptions,
  type IpamScope,
  type IpamTier,
} from "./aws/aws-ipam";
export { AwsIpamPool, type AwsIpamPoolProps } from "./aws/aws-ipam-pool";
export { AwsIpamPools, type AwsIpamPoolsProps, type PoolShareOptions } from "./aws/aws-ipam-pools";
export { IpamPoolLookup, type IpamPoolLookupProps } from "./aws/ipam-pool-lookup";
export { IpamPoolShare, type IpamPoolShareProps } from "./aws/ipam-pool-share";
export { PlanningPool, type PlanningPoolProps, type PlanningVpcOptions } from "./aws/planning-pool";
