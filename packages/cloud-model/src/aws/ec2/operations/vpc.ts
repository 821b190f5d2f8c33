import {
  type CreateVpcRequest,
  type CreateVpcResult,
  type DeleteVpcRequest,
  type DescribeVpcAttributeRequest,
  type DescribeVpcAttributeResult,
  type DescribeVpcsRequest,
  type DescribeVpcsResult,
  type ModifyVpcAttributeRequest,
  type ModifyVpcTenancyRequest,
  type ModifyVpcTenancyResult,
  type Vpc as VpcShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import {
  defaultGroupName,
  makeSecurityGroup,
  removeSecurityGroup,
} from "../documents/connectivity/security-group";
import { releaseFor } from "../documents/ipam-allocation";
import { locationOf } from "../documents/located";
import { makeNetworkAcl, networkAcls, removeNetworkAcl } from "../documents/network-acl";
import { networkInterfaces } from "../documents/network-interface";
import { hasDependants, invalidCombination, invalidValue, oneAttribute } from "../documents/refusals";
import { mainOf, makeRouteTable, removeRouteTable, routeTables } from "../documents/route-table";
import { subnets } from "../documents/subnet";
import { removeTags, tagsOf } from "../documents/tags";
import { type Vpc, vpcs } from "../documents/vpc";
import { sampleLast, sampleNew } from "../rules/address-history";
import { importResources } from "../rules/auto-import";
import { hasConnectivity } from "../rules/dependants";
import { addTags, tagsFor } from "../rules/tags";
import { newVpcCidr, newVpcIpv6Cidr, takeVpcCidr } from "../rules/vpc-cidr";
import { filterAndPage, type Listing } from "./filter-and-page";

/**
 * Creates a VPC with its main route table, default network ACL and default security group. The CIDR is explicit
 * or allocated by a pool.
 */
export function createVpc(context: RequestContext, input: CreateVpcRequest): CreateVpcResult {
  if (vpcs.all(context).length >= context.quotas.vpcsPerRegion)
    throw new ServiceError("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
  if (input.InstanceTenancy === "host")
    throw invalidValue("Value (host) for parameter instanceTenancy is invalid: use default or dedicated.");
  const tags = tagsFor("vpc", input.TagSpecifications);
  const space = newVpcCidr(context, input, tags);
  const VpcId = vpcs.newId(context);
  const vpc: Vpc = {
    ...locationOf(context),
    VpcId,
    Cidrs: [takeVpcCidr(context, VpcId, space)],
    Ipv6Cidrs: input.AmazonProvidedIpv6CidrBlock ? [newVpcIpv6Cidr(context)] : [],
    InstanceTenancy: input.InstanceTenancy ?? "default",
    DhcpOptionsId: `dopt-${context.transaction.hex(17)}`,
    DefaultSecurityGroupId: makeSecurityGroup(context, {
      GroupName: defaultGroupName,
      Description: "default VPC security group",
      VpcId,
    }).GroupId,
    EnableDnsSupport: true,
    EnableDnsHostnames: false,
    EnableNetworkAddressUsageMetrics: false,
  };
  context.transaction.put(vpcs, VpcId, vpc);
  addTags(context, VpcId, "vpc", tags);
  makeRouteTable(context, VpcId, true);
  makeNetworkAcl(context, VpcId, true);
  importResources(context.transaction);
  sampleNew(context, { ResourceCidr: space.cidr.toString(), ResourceId: VpcId, ResourceType: "vpc", VpcId });
  return { Vpc: { ...toShape(context, vpc), State: "pending" } };
}

/** Deletes an empty VPC, and releases what IPAM allocated to it. */
export function deleteVpc(context: RequestContext, { VpcId }: DeleteVpcRequest): void {
  const { transaction } = context;
  const vpc = vpcs.get(context, VpcId);
  const inside = (document: { readonly VpcId: string }) => document.VpcId === vpc.VpcId;
  const tables = transaction.filter(routeTables, inside);
  const acls = transaction.filter(networkAcls, inside);
  const blocked =
    transaction.find(subnets, inside) !== undefined ||
    transaction.find(networkInterfaces, inside) !== undefined ||
    tables.some(({ RouteTableId }) => mainOf(transaction, vpc.VpcId)?.RouteTableId !== RouteTableId) ||
    acls.some(({ IsDefault }) => !IsDefault) ||
    hasConnectivity(transaction, vpc.VpcId);
  if (blocked) throw hasDependants("vpc", vpc.VpcId);
  for (const { RouteTableId } of tables) removeRouteTable(context, RouteTableId);
  for (const { NetworkAclId } of acls) removeNetworkAcl(context, NetworkAclId);
  removeSecurityGroup(context, vpc.DefaultSecurityGroupId);
  for (const { CidrBlock } of vpc.Cidrs) sampleLast(context, vpc.VpcId, CidrBlock);
  releaseFor(transaction, vpc.VpcId);
  transaction.remove(vpcs, vpc.VpcId);
  removeTags(context, vpc.VpcId);
}

/** Lists VPCs. */
export function describeVpcs(context: RequestContext, input: DescribeVpcsRequest): DescribeVpcsResult {
  const { documents, NextToken } = filterAndPage(context, vpcs.all(context), listing, input, input.VpcIds);
  return { Vpcs: documents.map((vpc) => toShape(context, vpc)), NextToken };
}

/** Changes one of the DNS and metrics settings. */
export function modifyVpcAttribute(context: RequestContext, input: ModifyVpcAttributeRequest): void {
  const vpc = vpcs.get(context, input.VpcId);
  const { EnableDnsSupport, EnableDnsHostnames, EnableNetworkAddressUsageMetrics } = input;
  oneAttribute({ EnableDnsSupport, EnableDnsHostnames, EnableNetworkAddressUsageMetrics });
  if (EnableDnsHostnames?.Value && !vpc.EnableDnsSupport)
    throw invalidCombination(`The vpc '${vpc.VpcId}' has no DNS support, which DNS hostnames need.`);
  context.transaction.put(vpcs, vpc.VpcId, {
    ...vpc,
    EnableDnsSupport: EnableDnsSupport?.Value ?? vpc.EnableDnsSupport,
    EnableDnsHostnames: EnableDnsHostnames?.Value ?? vpc.EnableDnsHostnames,
    EnableNetworkAddressUsageMetrics:
      EnableNetworkAddressUsageMetrics?.Value ?? vpc.EnableNetworkAddressUsageMetrics,
  });
}

/** Changes the tenancy to `default`; no other change is possible. */
export function modifyVpcTenancy(
  context: RequestContext,
  input: ModifyVpcTenancyRequest,
): ModifyVpcTenancyResult {
  const vpc = vpcs.get(context, input.VpcId);
  if (input.InstanceTenancy !== "default" && vpc.InstanceTenancy !== input.InstanceTenancy)
    throw invalidValue(`The tenancy of the vpc '${vpc.VpcId}' can only be changed to default.`);
  context.transaction.put(vpcs, vpc.VpcId, { ...vpc, InstanceTenancy: input.InstanceTenancy });
  return { ReturnValue: true };
}

/** Describes one setting. */
export function describeVpcAttribute(
  context: RequestContext,
  { VpcId, Attribute }: DescribeVpcAttributeRequest,
): DescribeVpcAttributeResult {
  const vpc = vpcs.get(context, VpcId);
  if (Attribute === "enableDnsSupport") return { VpcId, EnableDnsSupport: { Value: vpc.EnableDnsSupport } };
  if (Attribute === "enableDnsHostnames")
    return { VpcId, EnableDnsHostnames: { Value: vpc.EnableDnsHostnames } };
  return { VpcId, EnableNetworkAddressUsageMetrics: { Value: vpc.EnableNetworkAddressUsageMetrics } };
}

const listing: Listing<Vpc> = {
  idOf: ({ VpcId }) => VpcId,
  missing: (id) => vpcs.notFound(id),
  filters: {
    cidr: ({ Cidrs }) => Cidrs[0]?.CidrBlock,
    "cidr-block-association.association-id": ({ Cidrs }) => Cidrs.map(({ AssociationId }) => AssociationId),
    "cidr-block-association.cidr-block": ({ Cidrs }) => Cidrs.map(({ CidrBlock }) => CidrBlock),
    "cidr-block-association.state": () => "associated",
    "ipv6-cidr-block-association.association-id": ({ Ipv6Cidrs }) =>
      Ipv6Cidrs.map(({ AssociationId }) => AssociationId),
    "ipv6-cidr-block-association.ipv6-pool": ({ Ipv6Cidrs }) => Ipv6Cidrs.map(() => "Amazon"),
    "ipv6-cidr-block-association.state": ({ Ipv6Cidrs }) => Ipv6Cidrs.map(() => "associated"),
    dhcpOptionsId: ({ DhcpOptionsId }) => DhcpOptionsId,
    "dhcp-options-id": ({ DhcpOptionsId }) => DhcpOptionsId,
    "ipv6-cidr-block-association.ipv6-cidr-block": ({ Ipv6Cidrs }) =>
      Ipv6Cidrs.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
    "is-default": () => false,
    isDefault: () => false,
    "owner-id": ({ OwnerId }) => OwnerId,
    state: () => "available",
    "vpc-id": ({ VpcId }) => VpcId,
  },
};

function toShape({ transaction }: RequestContext, vpc: Vpc): VpcShape {
  const { VpcId, OwnerId, InstanceTenancy, DhcpOptionsId, Cidrs, Ipv6Cidrs, Region } = vpc;
  return {
    VpcId,
    OwnerId,
    InstanceTenancy,
    DhcpOptionsId,
    CidrBlock: Cidrs[0]?.CidrBlock,
    CidrBlockAssociationSet: Cidrs.map((cidr) => ({ ...cidr, CidrBlockState: { State: "associated" } })),
    Ipv6CidrBlockAssociationSet: Ipv6Cidrs.map((cidr) => ({
      ...cidr,
      Ipv6CidrBlockState: { State: "associated" },
      Ipv6Pool: "Amazon",
      NetworkBorderGroup: Region,
    })),
    IsDefault: false,
    State: "available",
    Tags: tagsOf(transaction, VpcId),
  };
}
