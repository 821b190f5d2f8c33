import type * as Ec2Client from "@aws-sdk/client-ec2";
import { type Shape } from "./action-shapes";

/**
 * The enumerated members of the modeled EC2 actions' inputs: structure, member and the SDK's name of the enumeration.
 * The SDK's schemas do not tell an enumeration from a string, its type declarations do; a test compares the two.
 */
export const enumMembers: { readonly [structure: string]: { readonly [member: string]: string } } = {
  CreateIpamPoolRequest: {
    AddressFamily: "AddressFamily",
    AwsService: "IpamPoolAwsService",
    PublicIpSource: "IpamPoolPublicIpSource",
  },
  CreateIpamRequest: { Tier: "IpamTier", MeteredAccount: "IpamMeteredAccount" },
  CreateNetworkAclEntryRequest: { RuleAction: "RuleAction" },
  CreateNetworkInterfaceRequest: { InterfaceType: "NetworkInterfaceCreationType" },
  CreateSubnetCidrReservationRequest: { ReservationType: "SubnetCidrReservationType" },
  CreateVpcRequest: { InstanceTenancy: "Tenancy" },
  DescribeVpcAttributeRequest: { Attribute: "VpcAttributeName" },
  ExternalAuthorityConfiguration: { Type: "IpamScopeExternalAuthorityType" },
  GetIpamResourceCidrsRequest: { ResourceType: "IpamResourceType" },
  IpamPoolSourceResourceRequest: { ResourceType: "IpamPoolSourceResourceType" },
  ModifyIpamRequest: { Tier: "IpamTier", MeteredAccount: "IpamMeteredAccount" },
  ModifySubnetAttributeRequest: { PrivateDnsHostnameTypeOnLaunch: "HostnameType" },
  ModifyVpcTenancyRequest: { InstanceTenancy: "VpcTenancy" },
  ProvisionIpamPoolCidrRequest: { VerificationMethod: "VerificationMethod" },
  TagSpecification: { ResourceType: "ResourceType" },
  VpcEncryptionControlConfiguration: {
    Mode: "VpcEncryptionControlMode",
    InternetGatewayExclusion: "VpcEncryptionControlExclusionStateInput",
    EgressOnlyInternetGatewayExclusion: "VpcEncryptionControlExclusionStateInput",
    NatGatewayExclusion: "VpcEncryptionControlExclusionStateInput",
    VirtualPrivateGatewayExclusion: "VpcEncryptionControlExclusionStateInput",
    VpcPeeringExclusion: "VpcEncryptionControlExclusionStateInput",
    LambdaExclusion: "VpcEncryptionControlExclusionStateInput",
    VpcLatticeExclusion: "VpcEncryptionControlExclusionStateInput",
    ElasticFileSystemExclusion: "VpcEncryptionControlExclusionStateInput",
    GlobalAcceleratorExclusion: "VpcEncryptionControlExclusionStateInput",
    ApiGatewayV2Exclusion: "VpcEncryptionControlExclusionStateInput",
  },
};

/** Values that the API reference has and the SDK's enumeration lacks, by enumeration. */
const documentedValues: { readonly [enumeration: string]: readonly string[] } = {
  NetworkInterfaceCreationType: ["interface"],
};

/** The values that a member of a structure may have, or undefined if it is not enumerated. */
export function valuesOf(structure: Shape, member: string): readonly string[] | undefined {
  const name = enumMembers[structure.getName() ?? ""]?.[member];
  if (name === undefined) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- 0.2 s and 60 MB, loaded only when EC2 is called
  const client = require("@aws-sdk/client-ec2") as typeof Ec2Client;
  const values = Object.values((client as unknown as Record<string, Record<string, string>>)[name]!);
  return [...values, ...(documentedValues[name] ?? [])];
}
