export { awsProvider, type AwsProviderOptions } from "./aws/aws-provider";
export { EncryptionKey, type EncryptionKeyProps, kmsKeyArn, type KmsKeyOption } from "./aws/encryption-key";
export { serviceTrust, type ServiceTrustOptions } from "./aws/service-trust";
export { awsTags } from "./input/tags";
export { Subnet, type SubnetConfig } from "./aws/subnet";
export { VpcIpamPool, type VpcIpamPoolConfig, type VpcIpamPoolSourceResource } from "./aws/vpc-ipam-pool";
