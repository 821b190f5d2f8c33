import {
  type CreateSubnetRequest,
  type CreateSubnetResult,
  type DeleteSubnetRequest,
  type DescribeSubnetsRequest,
  type DescribeSubnetsResult,
  type ModifySubnetAttributeRequest,
  type Subnet as SubnetShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { releaseFor } from "../documents/ipam-allocation";
import { locationOf } from "../documents/located";
import { associateWithDefaultAcl, removeAclAssociation } from "../documents/network-acl";
import { interfacesIn } from "../documents/network-interface";
import { hasDependants, oneAttribute } from "../documents/refusals";
import { removeRouteTableAssociation } from "../documents/route-table";
import { arnOfSubnet, type Subnet, subnets, subnetsIn } from "../documents/subnet";
import { reservationsIn, subnetCidrReservations } from "../documents/subnet-cidr-reservation";
import { removeTags, tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { sampleLast, sampleNew } from "../rules/address-history";
import { importResources } from "../rules/auto-import";
import { allocateTo } from "../rules/ipam-space";
import { newSubnetSpace } from "../rules/subnet-cidr";
import { freeAddresses } from "../rules/subnet-space";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Creates a subnet. Its CIDR is explicit or allocated by a resource planning pool. */
export function createSubnet(context: RequestContext, input: CreateSubnetRequest): CreateSubnetResult {
  const { transaction, quotas } = context;
  const vpc = vpcs.get(context, input.VpcId);
  const siblings = subnetsIn(transaction, vpc.VpcId);
  if (siblings.length >= quotas.subnetsPerVpc)
    throw new ServiceError("SubnetLimitExceeded", "The maximum number of subnets has been reached.");
  const tags = tagsFor("subnet", input.TagSpecifications);
  const { cidr, pool, ipv6, zone } = newSubnetSpace(context, vpc, siblings, input, tags);
  const SubnetId = subnets.newId(context);
  const subnet: Subnet = {
    ...locationOf(context),
    SubnetId,
    VpcId: vpc.VpcId,
    CidrBlock: cidr.toString(),
    Ipv6CidrBlock: ipv6?.toString(),
    Ipv6AssociationId: ipv6 && `subnet-cidr-assoc-${transaction.hex(17)}`,
    AvailabilityZone: zone.name,
    AvailabilityZoneId: zone.id,
    MapPublicIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    EnableDns64: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: "ip-name",
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
  };
  transaction.put(subnets, SubnetId, subnet);
  addTags(context, SubnetId, "subnet", tags);
  if (pool) allocateTo(context, pool, cidr, "subnet", SubnetId);
  associateWithDefaultAcl(context, subnet);
  importResources(transaction);
  sampleNew(context, {
    ResourceCidr: subnet.CidrBlock,
    ResourceId: SubnetId,
    ResourceType: "subnet",
    VpcId: vpc.VpcId,
  });
  return { Subnet: { ...toShape(context, subnet), State: "pending" } };
}

/** Deletes a subnet without network interfaces, with its associations and reservations. */
export function deleteSubnet(context: RequestContext, input: DeleteSubnetRequest): void {
  const { transaction } = context;
  const { SubnetId, CidrBlock } = subnets.get(context, input.SubnetId);
  if (interfacesIn(transaction, SubnetId).length > 0) throw hasDependants("subnet", SubnetId);
  for (const { SubnetCidrReservationId: id } of reservationsIn(transaction, SubnetId)) {
    transaction.remove(subnetCidrReservations, id);
    removeTags(context, id);
  }
  removeRouteTableAssociation(context, SubnetId);
  removeAclAssociation(context, SubnetId);
  sampleLast(context, SubnetId, CidrBlock);
  releaseFor(transaction, SubnetId);
  transaction.remove(subnets, SubnetId);
  removeTags(context, SubnetId);
}

/** Lists subnets with their free addresses. */
export function describeSubnets(
  context: RequestContext,
  input: DescribeSubnetsRequest,
): DescribeSubnetsResult {
  const { documents, NextToken } = filterAndPage(
    context,
    subnets.all(context),
    listingIn(context),
    input,
    input.SubnetIds,
  );
  return { Subnets: documents.map((subnet) => toShape(context, subnet)), NextToken };
}

/** Changes one setting of new network interfaces in the subnet. */
export function modifySubnetAttribute(context: RequestContext, input: ModifySubnetAttributeRequest): void {
  const subnet = subnets.get(context, input.SubnetId);
  const names = subnet.PrivateDnsNameOptionsOnLaunch;
  const attributes = {
    MapPublicIpOnLaunch: input.MapPublicIpOnLaunch?.Value,
    AssignIpv6AddressOnCreation: input.AssignIpv6AddressOnCreation?.Value,
    EnableDns64: input.EnableDns64?.Value,
    PrivateDnsHostnameTypeOnLaunch: input.PrivateDnsHostnameTypeOnLaunch,
    EnableResourceNameDnsARecordOnLaunch: input.EnableResourceNameDnsARecordOnLaunch?.Value,
    EnableResourceNameDnsAAAARecordOnLaunch: input.EnableResourceNameDnsAAAARecordOnLaunch?.Value,
  };
  oneAttribute(attributes);
  context.transaction.put(subnets, subnet.SubnetId, {
    ...subnet,
    MapPublicIpOnLaunch: attributes.MapPublicIpOnLaunch ?? subnet.MapPublicIpOnLaunch,
    AssignIpv6AddressOnCreation: attributes.AssignIpv6AddressOnCreation ?? subnet.AssignIpv6AddressOnCreation,
    EnableDns64: attributes.EnableDns64 ?? subnet.EnableDns64,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: attributes.PrivateDnsHostnameTypeOnLaunch ?? names.HostnameType,
      EnableResourceNameDnsARecord:
        attributes.EnableResourceNameDnsARecordOnLaunch ?? names.EnableResourceNameDnsARecord,
      EnableResourceNameDnsAAAARecord:
        attributes.EnableResourceNameDnsAAAARecordOnLaunch ?? names.EnableResourceNameDnsAAAARecord,
    },
  });
}

const listingIn = ({ transaction }: RequestContext): Listing<Subnet> => ({
  idOf: ({ SubnetId }) => SubnetId,
  missing: (id) => subnets.notFound(id),
  filters: {
    "availability-zone": ({ AvailabilityZone }) => AvailabilityZone,
    availabilityZone: ({ AvailabilityZone }) => AvailabilityZone,
    "availability-zone-id": ({ AvailabilityZoneId }) => AvailabilityZoneId,
    availabilityZoneId: ({ AvailabilityZoneId }) => AvailabilityZoneId,
    "available-ip-address-count": (subnet) => freeAddresses(transaction, subnet),
    cidr: ({ CidrBlock }) => CidrBlock,
    cidrBlock: ({ CidrBlock }) => CidrBlock,
    "cidr-block": ({ CidrBlock }) => CidrBlock,
    // Outposts are not modeled.
    "customer-owned-ipv4-pool": () => undefined,
    "enable-lni-at-device-index": () => undefined,
    "map-customer-owned-ip-on-launch": () => false,
    "outpost-arn": () => undefined,
    "default-for-az": () => false,
    defaultForAz: () => false,
    "enable-dns64": ({ EnableDns64 }) => EnableDns64,
    "ipv6-cidr-block-association.ipv6-cidr-block": ({ Ipv6CidrBlock }) => Ipv6CidrBlock,
    "ipv6-cidr-block-association.association-id": ({ Ipv6AssociationId }) => Ipv6AssociationId,
    "ipv6-cidr-block-association.state": ({ Ipv6CidrBlock }) => Ipv6CidrBlock && "associated",
    "private-dns-name-options-on-launch.hostname-type": (subnet) =>
      subnet.PrivateDnsNameOptionsOnLaunch.HostnameType,
    "private-dns-name-options-on-launch.enable-resource-name-dns-a-record": (subnet) =>
      subnet.PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord,
    "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record": (subnet) =>
      subnet.PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord,
    "ipv6-native": () => false,
    "map-public-ip-on-launch": ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch,
    "owner-id": ({ OwnerId }) => OwnerId,
    state: () => "available",
    "subnet-arn": arnOfSubnet,
    "subnet-id": ({ SubnetId }) => SubnetId,
    "vpc-id": ({ VpcId }) => VpcId,
  },
});

function toShape({ transaction }: RequestContext, subnet: Subnet): SubnetShape {
  const { Region: _, Ipv6CidrBlock, Ipv6AssociationId, ...rest } = subnet;
  return {
    ...rest,
    PrivateDnsNameOptionsOnLaunch: { ...subnet.PrivateDnsNameOptionsOnLaunch },
    Ipv6CidrBlockAssociationSet: Ipv6CidrBlock
      ? [{ AssociationId: Ipv6AssociationId, Ipv6CidrBlock, Ipv6CidrBlockState: { State: "associated" } }]
      : [],
    AvailableIpAddressCount: freeAddresses(transaction, subnet),
    DefaultForAz: false,
    Ipv6Native: false,
    MapCustomerOwnedIpOnLaunch: false,
    State: "available",
    SubnetArn: arnOfSubnet(subnet),
    Tags: tagsOf(transaction, subnet.SubnetId),
  };
}
