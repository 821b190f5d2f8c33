export { awsProvider, type AwsProviderProps } from "./aws/aws-provider";
export { Subnet, type SubnetConfig } from "./aws/subnet";
export { VpcIpamPool, type VpcIpamPoolConfig, type VpcIpamPoolSourceResource } from "./aws/vpc-ipam-pool";
