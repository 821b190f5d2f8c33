import {
  createRouteTable,
  deleteSubnet,
  deleteVpc,
  freeAddresses,
  subnets,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { defaultQuotas, type RequestContext, Store } from "@cluster-ipam/cloud-model";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { type TerraformCaller } from "../terraform-caller";
import { awsCaller, type Network, networkIn, caller } from "./network-fixture";

describe("a VPC's ways in and out", () => {
  let store: Store;
  let aws: TerraformCaller;
  let network: Network;

  beforeEach(() => {
    store = new Store();
    aws = awsCaller(store);
    network = networkIn(store, ["10.0.0.0/28", "10.0.1.0/24"]);
  });

  const ec2 = <T>(use: (context: RequestContext) => T): T =>
    store.transact((transaction) => use({ transaction, caller, quotas: defaultQuotas }));
  const free = (subnetId: string): number =>
    ec2((context) => freeAddresses(context.transaction, subnets.get(context, subnetId)));
  const gateway = () => aws.create("aws_internet_gateway", { vpc_id: network.vpcId });
  const natArgs = (address: ObjectValue, subnet = network.subnetIds[0]!): ObjectValue => ({
    allocation_id: address["id"]!,
    subnet_id: subnet,
  });

  it("go in an order, and take addresses as long as they stand", async () => {
    const igw = await gateway();
    const address = await aws.create("aws_eip", { domain: "vpc" });
    const nat = await aws.create("aws_nat_gateway", natArgs(address));
    expect(nat).toMatchObject({ private_ip: "10.0.0.4", public_ip: address["public_ip"] });
    expect(free(network.subnetIds[0]!)).toBe(10);

    await expect(aws.destroy("aws_internet_gateway", igw)).rejects.toThrow(
      /^deleting EC2 Internet Gateway \(igw-[0-9a-f]{17}\): operation error EC2: DetachInternetGateway, .*api error DependencyViolation: Network vpc-[0-9a-f]{17} has some mapped public address\(es\)/,
    );
    await expect(aws.destroy("aws_eip", address)).rejects.toThrow("api error AuthFailure");
    const subnetGoes = () => ec2((context) => deleteSubnet(context, { SubnetId: network.subnetIds[0]! }));
    expect(subnetGoes).toThrow("has dependencies and cannot be deleted");

    await aws.destroy("aws_nat_gateway", nat);
    expect(free(network.subnetIds[0]!)).toBe(11);
    await aws.destroy("aws_eip", address);
    subnetGoes();
    ec2((context) => deleteSubnet(context, { SubnetId: network.subnetIds[1]! }));
    const vpcGoes = () => ec2((context) => deleteVpc(context, { VpcId: network.vpcId }));
    expect(vpcGoes).toThrow("has dependencies and cannot be deleted");
    await aws.destroy("aws_internet_gateway", igw);
    vpcGoes();
  });

  it("need what they lead through", async () => {
    const address = await aws.create("aws_eip", { domain: "vpc" });
    await expect(aws.create("aws_nat_gateway", natArgs(address))).rejects.toThrow(
      /api error Gateway\.NotAttached: Network vpc-.* has no Internet gateway attached$/,
    );
    await gateway();
    await expect(gateway()).rejects.toThrow("already has an internet gateway attached");
    await expect(aws.create("aws_nat_gateway", natArgs(address, "subnet-0"))).rejects.toThrow(
      "api error InvalidSubnetID.NotFound",
    );
    await expect(aws.create("aws_nat_gateway", natArgs({ id: "eipalloc-0" }))).rejects.toThrow(
      "api error InvalidAllocationID.NotFound",
    );
    await aws.create("aws_nat_gateway", natArgs(address));
    await expect(aws.create("aws_nat_gateway", natArgs(address))).rejects.toThrow(
      "api error Resource.AlreadyAssociated",
    );
  });

  it("are refused where a subnet is full", async () => {
    for (let i = 0; i < 11; i++)
      await aws.create("aws_nat_gateway", { connectivity_type: "private", subnet_id: network.subnetIds[0]! });
    await expect(
      aws.create("aws_nat_gateway", { connectivity_type: "private", subnet_id: network.subnetIds[0]! }),
    ).rejects.toThrow("api error InsufficientFreeAddressesInSubnet");
  });

  it("are led to by routes of the same VPC, once a destination", async () => {
    const table = ec2(
      (context) => createRouteTable(context, { VpcId: network.vpcId }).RouteTable!.RouteTableId!,
    );
    const igw = await gateway();
    const to = (gatewayId: string): ObjectValue => ({
      route_table_id: table,
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: gatewayId,
    });
    await expect(aws.create("aws_route", to("igw-0"))).rejects.toThrow("InvalidInternetGatewayID.NotFound");
    const made = await aws.create("aws_route", to(String(igw["id"])));
    await expect(aws.create("aws_route", to(String(igw["id"])))).rejects.toThrow(
      "api error RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
    );
    await aws.destroy("aws_route", made);
    expect(await aws.read("aws_route", made)).toBeNull();

    const other = networkIn(store, []);
    const foreign = await aws.create("aws_internet_gateway", { vpc_id: other.vpcId });
    await expect(aws.create("aws_route", to(String(foreign["id"])))).rejects.toThrow(
      "belong to different networks",
    );
  });

  it("are guarded by groups that stay while they are used", async () => {
    const group = await aws.create("aws_security_group", { name: "endpoint", vpc_id: network.vpcId });
    await expect(
      aws.create("aws_security_group", { name: "endpoint", vpc_id: network.vpcId }),
    ).rejects.toThrow(
      "api error InvalidGroup.Duplicate: The security group 'endpoint' already exists for VPC",
    );
    const rule = {
      security_group_id: group["id"]!,
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      cidr_ipv4: "10.0.0.0/8",
    };
    await aws.create("aws_vpc_security_group_ingress_rule", rule);
    await expect(aws.create("aws_vpc_security_group_ingress_rule", rule)).rejects.toThrow(
      'api error InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/8, TCP, from port: 443, to port: 443, ALLOW" already exists',
    );
    const endpointArgs = (subnetIds: readonly string[]): ObjectValue => ({
      vpc_id: network.vpcId,
      service_name: "com.amazonaws.eu-west-1.ec2",
      vpc_endpoint_type: "Interface",
      subnet_ids: [...subnetIds],
      security_group_ids: [group["id"]!],
    });
    let endpoint = await aws.create("aws_vpc_endpoint", endpointArgs(network.subnetIds));
    expect(network.subnetIds.map(free)).toEqual([10, 250]);
    endpoint = await aws.update("aws_vpc_endpoint", endpoint, endpointArgs([network.subnetIds[1]!]));
    expect(network.subnetIds.map(free)).toEqual([11, 250]);
    await expect(aws.destroy("aws_security_group", group)).rejects.toThrow(
      /api error DependencyViolation: resource sg-[0-9a-f]{17} has a dependent object$/,
    );
    await aws.destroy("aws_vpc_endpoint", endpoint);
    await aws.destroy("aws_security_group", group);
  });
});
