import {
  type CreateSubnetRequest,
  type CreateSubnetResult,
  type DeleteSubnetRequest,
  type DescribeSubnetsRequest,
  type DescribeSubnetsResult,
  type ModifySubnetAttributeRequest,
  type Subnet as SubnetShape,
} from "@aws-sdk/client-ec2";
import { ServiceError } from "../../service-error";
import { importResources } from "./auto-import";
import { standsOutside } from "./dependants";
import { Ec2Kind } from "./ec2-kind";
import { allocateTo } from "./ipam-allocation";
import { releaseFor } from "./ipam-space";
import { list, type Listing } from "./listing";
import { associateWithDefaultAcl, forgetAclOf } from "./network-acl";
import { interfacesIn } from "./network-interface";
import { hasDependants } from "./refusals";
import { forgetRouteTableOf } from "./route-table";
import { arnOf, type Ec2Scene, locationOf, type Located } from "./scene";
import { reservationsIn, subnetCidrReservations } from "./subnet-cidr-reservation";
import { newSubnetSpace } from "./subnet-cidr";
import { freeAddresses } from "./subnet-space";
import { addTags, removeTags, tagsFor, tagsOf } from "./tags";
import { vpcs } from "./vpc";

/** A subnet. */
export interface Subnet extends Located {
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly CidrBlock: string;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly Ipv6AssociationId?: string | undefined;
  readonly AvailabilityZone: string;
  readonly AvailabilityZoneId: string;
  readonly MapPublicIpOnLaunch: boolean;
  readonly AssignIpv6AddressOnCreation: boolean;
  readonly EnableDns64: boolean;
  readonly PrivateDnsNameOptionsOnLaunch: {
    readonly HostnameType: "ip-name" | "resource-name";
    readonly EnableResourceNameDnsARecord: boolean;
    readonly EnableResourceNameDnsAAAARecord: boolean;
  };
}

/** All subnets. */
export const subnets = new Ec2Kind<Subnet>("subnet", "subnet", ["InvalidSubnetID.NotFound", "subnet ID"]);

/** Creates a subnet: its CIDR is given, or comes from a planning pool. */
export function createSubnet(scene: Ec2Scene, input: CreateSubnetRequest): CreateSubnetResult {
  const { transaction, quotas } = scene;
  const vpc = vpcs.get(scene, input.VpcId);
  const beside = transaction.filter(subnets, ({ VpcId }) => VpcId === vpc.VpcId);
  if (beside.length >= quotas.subnetsPerVpc)
    throw new ServiceError("SubnetLimitExceeded", "The maximum number of subnets has been reached.");
  const tags = tagsFor("subnet", input.TagSpecifications);
  const { cidr, pool, ipv6, zone } = newSubnetSpace(scene, vpc, beside, input, tags);
  const SubnetId = subnets.newId(scene);
  const subnet: Subnet = {
    ...locationOf(scene),
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
  addTags(scene, SubnetId, "subnet", tags);
  if (pool) allocateTo(scene, pool, cidr, "subnet", SubnetId);
  associateWithDefaultAcl(scene, subnet);
  importResources(transaction);
  return { Subnet: shown(scene, subnet) };
}

/** Deletes a subnet in which nothing stands, with its associations and reservations. */
export function deleteSubnet(scene: Ec2Scene, input: DeleteSubnetRequest): void {
  const { transaction } = scene;
  const { SubnetId } = subnets.get(scene, input.SubnetId);
  if (interfacesIn(transaction, SubnetId).length > 0 || standsOutside(transaction, SubnetId))
    throw hasDependants("subnet", SubnetId);
  for (const { SubnetCidrReservationId: id } of reservationsIn(transaction, SubnetId)) {
    transaction.remove(subnetCidrReservations, id);
    removeTags(scene, id);
  }
  forgetRouteTableOf(scene, SubnetId);
  forgetAclOf(scene, SubnetId);
  releaseFor(transaction, SubnetId);
  transaction.remove(subnets, SubnetId);
  removeTags(scene, SubnetId);
}

/** Lists subnets with their free addresses. */
export function describeSubnets(scene: Ec2Scene, input: DescribeSubnetsRequest): DescribeSubnetsResult {
  const { documents, NextToken } = list(scene, subnets.all(scene), listingIn(scene), input, input.SubnetIds);
  return { Subnets: documents.map((subnet) => shown(scene, subnet)), NextToken };
}

/** Changes what new network interfaces in the subnet get. */
export function modifySubnetAttribute(scene: Ec2Scene, input: ModifySubnetAttributeRequest): void {
  const subnet = subnets.get(scene, input.SubnetId);
  const names = subnet.PrivateDnsNameOptionsOnLaunch;
  scene.transaction.put(subnets, subnet.SubnetId, {
    ...subnet,
    MapPublicIpOnLaunch: input.MapPublicIpOnLaunch?.Value ?? subnet.MapPublicIpOnLaunch,
    AssignIpv6AddressOnCreation:
      input.AssignIpv6AddressOnCreation?.Value ?? subnet.AssignIpv6AddressOnCreation,
    EnableDns64: input.EnableDns64?.Value ?? subnet.EnableDns64,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: input.PrivateDnsHostnameTypeOnLaunch ?? names.HostnameType,
      EnableResourceNameDnsARecord:
        input.EnableResourceNameDnsARecordOnLaunch?.Value ?? names.EnableResourceNameDnsARecord,
      EnableResourceNameDnsAAAARecord:
        input.EnableResourceNameDnsAAAARecordOnLaunch?.Value ?? names.EnableResourceNameDnsAAAARecord,
    },
  });
}

/** The ARN of a subnet. */
export const arnOfSubnet = (subnet: Subnet): string => arnOf(subnet, `subnet/${subnet.SubnetId}`);

const listingIn = ({ transaction }: Ec2Scene): Listing<Subnet> => ({
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
    "default-for-az": () => false,
    defaultForAz: () => false,
    "enable-dns64": ({ EnableDns64 }) => EnableDns64,
    "ipv6-cidr-block-association.ipv6-cidr-block": ({ Ipv6CidrBlock }) => Ipv6CidrBlock,
    "ipv6-native": () => false,
    "map-public-ip-on-launch": ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch,
    "owner-id": ({ OwnerId }) => OwnerId,
    state: () => "available",
    "subnet-arn": arnOfSubnet,
    "subnet-id": ({ SubnetId }) => SubnetId,
    "vpc-id": ({ VpcId }) => VpcId,
  },
});

function shown({ transaction }: Ec2Scene, subnet: Subnet): SubnetShape {
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
