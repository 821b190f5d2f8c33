import {
  AssociateRouteTableCommand,
  AssociateVpcCidrBlockCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DisassociateVpcCidrBlockCommand,
  type EC2Client,
  type Filter,
  GetIpamPoolAllocationsCommand,
  GetIpamPoolCidrsCommand,
  GetSubnetCidrReservationsCommand,
  type NetworkInterface,
  ReplaceNetworkAclAssociationCommand,
  ReplaceRouteTableAssociationCommand,
  type Subnet,
  type Tag,
} from "@aws-sdk/client-ec2";

import {
  type Ec2,
  type Ec2Interface,
  type Ec2NetworkAcl,
  type Ec2PoolAllocation,
  type Ec2Reservation,
  type Ec2RouteTable,
  type Ec2Subnet,
} from "./ec2";
import { call, eachPage } from "./sdk-call";
import { type Tags } from "./tags";

/** The largest page that the Describe calls of EC2 give. */
const PAGE = 1000;

const inVpc = (vpcId: string): Filter[] => [{ Name: "vpc-id", Values: [vpcId] }];
const readTags = (tags: readonly Tag[] | undefined): Tags =>
  Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key!, Value ?? ""]));
const writeTags = (tags: Tags): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** EC2 through the AWS SDK. @param client with the Region and the credentials of the run */
export function sdkEc2(client: EC2Client): Ec2 {
  return { ...reads(client), ...changes(client) };
}

type Changes =
  | "createSubnet"
  | "deleteSubnet"
  | "createTags"
  | "deleteTag"
  | "associateRouteTable"
  | "replaceRouteTableAssociation"
  | "replaceNetworkAclAssociation"
  | "associateVpcCidr"
  | "disassociateVpcCidr";

function reads(client: EC2Client): Omit<Ec2, Changes> {
  const subnets = async (Filters: Filter[]): Promise<Subnet[]> => {
    const all: Subnet[] = [];
    await eachPage(
      "ec2:DescribeSubnets",
      (NextToken) => client.send(new DescribeSubnetsCommand({ Filters, MaxResults: PAGE, NextToken })),
      (page) => all.push(...(page.Subnets ?? [])),
    );
    return all;
  };
  return {
    subnets: async (vpcId) => (await subnets(inVpc(vpcId))).map(readSubnet),
    // A filter gives an empty list for an id that is not there (yet), where SubnetIds gives an error.
    subnet: async (subnetId) =>
      (await subnets([{ Name: "subnet-id", Values: [subnetId] }])).map(readSubnet)[0],
    subnetsByTag: async (key, value) =>
      (await subnets([{ Name: `tag:${key}`, Values: [value] }])).map((subnet) => ({
        ...readSubnet(subnet),
        vpcId: subnet.VpcId!,
      })),
    eachInterface: (filter, visit) =>
      eachPage(
        "ec2:DescribeNetworkInterfaces",
        (NextToken) =>
          client.send(
            new DescribeNetworkInterfacesCommand({
              Filters:
                "vpcId" in filter ? inVpc(filter.vpcId) : [{ Name: "subnet-id", Values: [filter.subnetId] }],
              MaxResults: PAGE,
              NextToken,
            }),
          ),
        (page) => page.NetworkInterfaces?.forEach((eni) => visit(readInterface(eni))),
      ),
    reservations: (subnetId) => reservations(client, subnetId),
    vpcCidrs: async (vpcId) => {
      const answer = await call("ec2:DescribeVpcs", () =>
        client.send(new DescribeVpcsCommand({ VpcIds: [vpcId] })),
      );
      return (answer.Vpcs?.[0]?.CidrBlockAssociationSet ?? []).map((block) => ({
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

function changes(client: EC2Client): Pick<Ec2, Changes> {
  return {
    createSubnet: async ({ vpcId, cidr, zone, tags, planningPoolId }) => {
      const answer = await call("ec2:CreateSubnet", () =>
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
      return readSubnet(answer.Subnet!);
    },
    deleteSubnet: async (SubnetId) => {
      await call("ec2:DeleteSubnet", () => client.send(new DeleteSubnetCommand({ SubnetId })));
    },
    createTags: async (subnetId, tags) => {
      await call("ec2:CreateTags", () =>
        client.send(new CreateTagsCommand({ Resources: [subnetId], Tags: writeTags(tags) })),
      );
    },
    deleteTag: async (subnetId, Key) => {
      await call("ec2:DeleteTags", () =>
        client.send(new DeleteTagsCommand({ Resources: [subnetId], Tags: [{ Key }] })),
      );
    },
    associateRouteTable: async (RouteTableId, SubnetId) => {
      await call("ec2:AssociateRouteTable", () =>
        client.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId })),
      );
    },
    replaceRouteTableAssociation: async (AssociationId, RouteTableId) => {
      await call("ec2:ReplaceRouteTableAssociation", () =>
        client.send(new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId })),
      );
    },
    replaceNetworkAclAssociation: async (AssociationId, NetworkAclId) => {
      await call("ec2:ReplaceNetworkAclAssociation", () =>
        client.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId })),
      );
    },
    associateVpcCidr: async (VpcId, CidrBlock, Ipv4IpamPoolId) => {
      await call("ec2:AssociateVpcCidrBlock", () =>
        client.send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock, Ipv4IpamPoolId })),
      );
    },
    disassociateVpcCidr: async (AssociationId) => {
      await call("ec2:DisassociateVpcCidrBlock", () =>
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

async function reservations(client: EC2Client, SubnetId: string): Promise<readonly Ec2Reservation[]> {
  const all: Ec2Reservation[] = [];
  await eachPage(
    "ec2:GetSubnetCidrReservations",
    (NextToken) => client.send(new GetSubnetCidrReservationsCommand({ SubnetId, NextToken })),
    (page) =>
      page.SubnetIpv4CidrReservations?.forEach(({ Cidr, ReservationType }) =>
        all.push({ cidr: Cidr!, type: ReservationType === "prefix" ? "prefix" : "explicit" }),
      ),
  );
  return all;
}

async function routeTables(client: EC2Client, vpcId: string): Promise<readonly Ec2RouteTable[]> {
  const all: Ec2RouteTable[] = [];
  await eachPage(
    "ec2:DescribeRouteTables",
    (NextToken) => client.send(new DescribeRouteTablesCommand({ Filters: inVpc(vpcId), NextToken })),
    (page) =>
      page.RouteTables?.forEach((table) =>
        all.push({
          id: table.RouteTableId!,
          main: table.Associations?.some(({ Main }) => Main) ?? false,
          associations: (table.Associations ?? [])
            .filter(({ SubnetId }) => SubnetId !== undefined)
            .map((entry) => ({ id: entry.RouteTableAssociationId!, subnetId: entry.SubnetId! })),
        }),
      ),
  );
  return all;
}

async function networkAcls(client: EC2Client, vpcId: string): Promise<readonly Ec2NetworkAcl[]> {
  const all: Ec2NetworkAcl[] = [];
  await eachPage(
    "ec2:DescribeNetworkAcls",
    (NextToken) => client.send(new DescribeNetworkAclsCommand({ Filters: inVpc(vpcId), NextToken })),
    (page) =>
      page.NetworkAcls?.forEach((acl) =>
        all.push({
          id: acl.NetworkAclId!,
          associations: (acl.Associations ?? []).map((entry) => ({
            id: entry.NetworkAclAssociationId!,
            subnetId: entry.SubnetId!,
          })),
        }),
      ),
  );
  return all;
}

async function poolCidrs(client: EC2Client, IpamPoolId: string): Promise<readonly string[]> {
  const all: string[] = [];
  await eachPage(
    "ec2:GetIpamPoolCidrs",
    (NextToken) => client.send(new GetIpamPoolCidrsCommand({ IpamPoolId, NextToken })),
    (page) =>
      page.IpamPoolCidrs?.forEach(({ Cidr, State }) => {
        if (Cidr !== undefined && State === "provisioned") all.push(Cidr);
      }),
  );
  return all;
}

async function poolAllocations(client: EC2Client, IpamPoolId: string): Promise<readonly Ec2PoolAllocation[]> {
  const all: Ec2PoolAllocation[] = [];
  await eachPage(
    "ec2:GetIpamPoolAllocations",
    (NextToken) => client.send(new GetIpamPoolAllocationsCommand({ IpamPoolId, NextToken })),
    (page) =>
      page.IpamPoolAllocations?.forEach((allocation) =>
        all.push({
          cidr: allocation.Cidr!,
          resourceType: allocation.ResourceType ?? "custom",
          resourceId: allocation.ResourceId,
        }),
      ),
  );
  return all;
}
