import {
  AssociateRouteTableCommand,
  AssociateVpcCidrBlockCommand,
  CreateSubnetCidrReservationCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DescribeVpcsCommand,
  DisassociateVpcCidrBlockCommand,
  type EC2Client,
  type Filter,
  GetSubnetCidrReservationsCommand,
  type NetworkInterface,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateGetIpamPoolAllocations,
  paginateGetIpamPoolCidrs,
  ReplaceNetworkAclAssociationCommand,
  ReplaceRouteTableAssociationCommand,
  type Subnet,
  type Tag,
} from "@aws-sdk/client-ec2";

import { callAws, readPages } from "./aws-call";
import {
  type Ec2,
  type Ec2Interface,
  type Ec2NetworkAcl,
  type Ec2PoolAllocation,
  type Ec2Reservation,
  type Ec2RouteTable,
  type Ec2Subnet,
  type Tags,
} from "./ec2";

/** The largest page of the EC2 Describe calls. */
const PAGE_SIZE = 1000;

const inVpc = (vpcId: string): Filter[] => [{ Name: "vpc-id", Values: [vpcId] }];
const readTags = (tags: readonly Tag[] | undefined): Tags =>
  Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key!, Value ?? ""]));
const writeTags = (tags: Tags): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** EC2 through the AWS SDK. @param client with the Region and credentials of the run */
export function sdkEc2(client: EC2Client): Ec2 {
  return { ...reads(client), ...changes(client) };
}

type ChangeCall =
  | "createSubnet"
  | "deleteSubnet"
  | "createTags"
  | "deleteTag"
  | "associateRouteTable"
  | "replaceRouteTableAssociation"
  | "replaceNetworkAclAssociation"
  | "reservePrefixes"
  | "associateVpcCidr"
  | "disassociateVpcCidr";

function reads(client: EC2Client): Omit<Ec2, ChangeCall> {
  const subnets = async (Filters: Filter[]): Promise<Subnet[]> => {
    const all: Subnet[] = [];
    const pages = paginateDescribeSubnets({ client, pageSize: PAGE_SIZE }, { Filters });
    for await (const { Subnets = [] } of readPages("ec2:DescribeSubnets", pages)) all.push(...Subnets);
    return all;
  };
  return {
    subnets: async (vpcId) => (await subnets(inVpc(vpcId))).map(readSubnet),
    // For an id that does not exist (yet), a filter returns an empty list where SubnetIds returns an error.
    subnet: async (subnetId) =>
      (await subnets([{ Name: "subnet-id", Values: [subnetId] }]))
        .map(readSubnet)
        .find(({ id }) => id === subnetId),
    subnetsByTag: async (key, value) =>
      (await subnets([{ Name: `tag:${key}`, Values: [value] }])).map((subnet) => ({
        ...readSubnet(subnet),
        vpcId: subnet.VpcId!,
      })),
    forEachInterface: async (filter, visit) => {
      const Filters =
        "vpcId" in filter ? inVpc(filter.vpcId) : [{ Name: "subnet-id", Values: [filter.subnetId].flat() }];
      const pages = paginateDescribeNetworkInterfaces({ client, pageSize: PAGE_SIZE }, { Filters });
      for await (const { NetworkInterfaces = [] } of readPages("ec2:DescribeNetworkInterfaces", pages))
        for (const eni of NetworkInterfaces) visit(readInterface(eni));
    },
    reservations: (subnetId) => reservations(client, subnetId),
    vpcCidrs: async (vpcId) => {
      const response = await callAws("ec2:DescribeVpcs", () =>
        client.send(new DescribeVpcsCommand({ VpcIds: [vpcId] })),
      );
      return (response.Vpcs?.[0]?.CidrBlockAssociationSet ?? []).map((block) => ({
        associationId: block.AssociationId!,
        cidr: block.CidrBlock!,
        state: block.CidrBlockState?.State ?? "associated",
      }));
    },
    routeTables: (vpcId) => routeTables(client, vpcId),
    networkAcls: (vpcId) => networkAcls(client, vpcId),
    poolCidrs: (poolId) => poolCidrs(client, poolId),
    poolAllocations: (poolId) => poolAllocations(client, poolId),
  };
}

function changes(client: EC2Client): Pick<Ec2, ChangeCall> {
  return {
    createSubnet: async ({ vpcId, cidr, zone, tags, planningPoolId }) => {
      const response = await callAws("ec2:CreateSubnet", () =>
        client.send(
          new CreateSubnetCommand({
            VpcId: vpcId,
            CidrBlock: cidr,
            AvailabilityZone: zone,
            Ipv4IpamPoolId: planningPoolId,
            TagSpecifications: [{ ResourceType: "subnet", Tags: writeTags(tags) }],
          }),
        ),
      );
      return readSubnet(response.Subnet!);
    },
    deleteSubnet: async (SubnetId) => {
      await callAws("ec2:DeleteSubnet", () => client.send(new DeleteSubnetCommand({ SubnetId })));
    },
    createTags: async (subnetId, tags) => {
      await callAws("ec2:CreateTags", () =>
        client.send(new CreateTagsCommand({ Resources: [subnetId], Tags: writeTags(tags) })),
      );
    },
    deleteTag: async (subnetId, Key) => {
      await callAws("ec2:DeleteTags", () =>
        client.send(new DeleteTagsCommand({ Resources: [subnetId], Tags: [{ Key }] })),
      );
    },
    associateRouteTable: async (RouteTableId, SubnetId) => {
      await callAws("ec2:AssociateRouteTable", () =>
        client.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId })),
      );
    },
    replaceRouteTableAssociation: async (AssociationId, RouteTableId) => {
      await callAws("ec2:ReplaceRouteTableAssociation", () =>
        client.send(new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId })),
      );
    },
    replaceNetworkAclAssociation: async (AssociationId, NetworkAclId) => {
      await callAws("ec2:ReplaceNetworkAclAssociation", () =>
        client.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId })),
      );
    },
    reservePrefixes: async (SubnetId, Cidr) => {
      await callAws("ec2:CreateSubnetCidrReservation", () =>
        client.send(new CreateSubnetCidrReservationCommand({ SubnetId, Cidr, ReservationType: "prefix" })),
      );
    },
    associateVpcCidr: async (VpcId, request, Ipv4IpamPoolId) => {
      const cidr =
        "cidr" in request ? { CidrBlock: request.cidr } : { Ipv4NetmaskLength: request.netmaskLength };
      const { CidrBlockAssociation } = await callAws("ec2:AssociateVpcCidrBlock", () =>
        client.send(new AssociateVpcCidrBlockCommand({ VpcId, ...cidr, Ipv4IpamPoolId })),
      );
      return CidrBlockAssociation!.AssociationId!;
    },
    disassociateVpcCidr: async (AssociationId) => {
      await callAws("ec2:DisassociateVpcCidrBlock", () =>
        client.send(new DisassociateVpcCidrBlockCommand({ AssociationId })),
      );
    },
  };
}

function readSubnet(subnet: Subnet): Ec2Subnet {
  return {
    id: subnet.SubnetId!,
    cidr: subnet.CidrBlock!,
    zone: subnet.AvailabilityZone!,
    state: subnet.State!,
    availableAddresses: subnet.AvailableIpAddressCount ?? 0,
    tags: readTags(subnet.Tags),
  };
}

function readInterface(eni: NetworkInterface): Ec2Interface {
  return {
    subnetId: eni.SubnetId!,
    addresses: (eni.PrivateIpAddresses ?? []).map((address) => address.PrivateIpAddress!),
    prefixes: (eni.Ipv4Prefixes ?? []).map((prefix) => prefix.Ipv4Prefix!),
    instanceId: eni.Attachment?.InstanceId,
    attachedAt: eni.Attachment?.AttachTime?.getTime(),
  };
}

/** The SDK has no paginator for this call. */
async function reservations(client: EC2Client, SubnetId: string): Promise<readonly Ec2Reservation[]> {
  const all: Ec2Reservation[] = [];
  let NextToken: string | undefined;
  do {
    const request = new GetSubnetCidrReservationsCommand({ SubnetId, NextToken });
    const page = await callAws("ec2:GetSubnetCidrReservations", () => client.send(request));
    for (const { Cidr, ReservationType } of page.SubnetIpv4CidrReservations ?? [])
      all.push({ cidr: Cidr!, type: ReservationType === "prefix" ? "prefix" : "explicit" });
    NextToken = page.NextToken;
  } while (NextToken);
  return all;
}

async function routeTables(client: EC2Client, vpcId: string): Promise<readonly Ec2RouteTable[]> {
  const all: Ec2RouteTable[] = [];
  const pages = paginateDescribeRouteTables({ client }, { Filters: inVpc(vpcId) });
  for await (const { RouteTables = [] } of readPages("ec2:DescribeRouteTables", pages))
    for (const { RouteTableId, Associations = [] } of RouteTables)
      all.push({
        id: RouteTableId!,
        main: Associations.some(({ Main }) => Main),
        associations: Associations.filter(({ SubnetId }) => SubnetId !== undefined).map((entry) => ({
          id: entry.RouteTableAssociationId!,
          subnetId: entry.SubnetId!,
        })),
      });
  return all;
}

async function networkAcls(client: EC2Client, vpcId: string): Promise<readonly Ec2NetworkAcl[]> {
  const all: Ec2NetworkAcl[] = [];
  const pages = paginateDescribeNetworkAcls({ client }, { Filters: inVpc(vpcId) });
  for await (const { NetworkAcls = [] } of readPages("ec2:DescribeNetworkAcls", pages))
    for (const { NetworkAclId, Associations = [] } of NetworkAcls)
      all.push({
        id: NetworkAclId!,
        associations: Associations.map((entry) => ({
          id: entry.NetworkAclAssociationId!,
          subnetId: entry.SubnetId!,
        })),
      });
  return all;
}

async function poolCidrs(client: EC2Client, IpamPoolId: string): Promise<readonly string[]> {
  const all: string[] = [];
  const pages = paginateGetIpamPoolCidrs({ client }, { IpamPoolId });
  for await (const { IpamPoolCidrs = [] } of readPages("ec2:GetIpamPoolCidrs", pages))
    for (const { Cidr, State } of IpamPoolCidrs)
      if (Cidr !== undefined && State === "provisioned") all.push(Cidr);
  return all;
}

async function poolAllocations(client: EC2Client, IpamPoolId: string): Promise<readonly Ec2PoolAllocation[]> {
  const all: Ec2PoolAllocation[] = [];
  const pages = paginateGetIpamPoolAllocations({ client }, { IpamPoolId });
  for await (const { IpamPoolAllocations = [] } of readPages("ec2:GetIpamPoolAllocations", pages))
    for (const { Cidr, ResourceType, ResourceId } of IpamPoolAllocations)
      all.push({ cidr: Cidr!, resourceType: ResourceType ?? "custom", resourceId: ResourceId });
  return all;
}
