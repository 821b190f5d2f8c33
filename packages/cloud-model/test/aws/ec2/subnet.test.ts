import { type NetworkInterface, networkInterfaces } from "../../../src/aws/ec2/documents/network-interface";
import { locationOf } from "../../../src/aws/ec2/documents/located";
import { Account } from "./account";

/** Puts a network interface with these addresses and prefixes into a subnet. */
function attachServiceInterface(
  account: Account,
  SubnetId: string,
  addresses: readonly string[],
  prefixes: readonly string[] = [],
): string {
  return account.act((context) => {
    const NetworkInterfaceId = networkInterfaces.newId(context);
    const eni: NetworkInterface = {
      ...locationOf(context),
      NetworkInterfaceId,
      SubnetId,
      VpcId: "vpc-1",
      AvailabilityZone: "eu-west-1a",
      AvailabilityZoneId: "euw1-az1",
      Description: "",
      InterfaceType: "interface",
      MacAddress: "02:00:00:00:00:01",
      Status: "available",
      SourceDestCheck: true,
      RequesterManaged: false,
      PrivateIpAddress: addresses[0]!,
      PrivateIpAddresses: addresses.map((PrivateIpAddress, index) => ({
        PrivateIpAddress,
        Primary: index === 0,
      })),
      Ipv4Prefixes: prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })),
      Groups: [],
    };
    context.transaction.put(networkInterfaces, NetworkInterfaceId, eni);
    return NetworkInterfaceId;
  });
}

describe("a subnet", () => {
  it("is inside its VPC, apart from other subnets, in a zone of the Region", () => {
    const account = new Account();
    const VpcId = account.vpc("10.0.0.0/16");
    account.subnet(VpcId, "10.0.16.0/20");
    const refused = (CidrBlock: string, code: string, message: string, zone?: string) =>
      expect(() => account.subnet(VpcId, CidrBlock, zone)).toThrow(
        expect.objectContaining({ code, message }),
      );
    refused("10.1.0.0/24", "InvalidSubnet.Range", "The CIDR '10.1.0.0/24' is invalid.");
    refused("10.0.0.0/29", "InvalidSubnet.Range", "The CIDR '10.0.0.0/29' is invalid.");
    refused("10.0.0.0/15", "InvalidSubnet.Range", "The CIDR '10.0.0.0/15' is invalid.");
    refused(
      "10.0.20.0/24",
      "InvalidSubnet.Conflict",
      "The CIDR '10.0.20.0/24' conflicts with another subnet",
    );
    refused(
      "10.0.32.0/24",
      "InvalidParameterValue",
      "Value (eu-west-1z) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: eu-west-1a, eu-west-1b, eu-west-1c.",
      "eu-west-1z",
    );
    const [subnet] = account.call("DescribeSubnets", {}).Subnets!;
    expect(subnet).toMatchObject({ CidrBlock: "10.0.16.0/20", AvailabilityZoneId: "euw1-az1" });
  });

  it("drops the bits behind its netmask", () => {
    const account = new Account();
    account.subnet(account.vpc("10.0.0.0/16"), "10.0.1.7/24");
    expect(account.call("DescribeSubnets", {}).Subnets).toMatchObject([{ CidrBlock: "10.0.1.0/24" }]);
  });

  it("is one of as many as the quota says", () => {
    const account = new Account(undefined, undefined, { subnetsPerVpc: 2 });
    const VpcId = account.vpc("10.0.0.0/16");
    for (const third of [0, 1]) account.subnet(VpcId, `10.0.${third}.0/24`);
    expect(() => account.subnet(VpcId, "10.0.2.0/24")).toThrow(
      expect.objectContaining({ code: "SubnetLimitExceeded" }),
    );
  });

  it("counts its free addresses: without the five reserved, interfaces, prefixes and reservations", () => {
    const account = new Account();
    const SubnetId = account.subnet(account.vpc("10.0.0.0/16"), "10.0.0.0/24");
    const free = () => account.call("DescribeSubnets", {}).Subnets![0]!.AvailableIpAddressCount;
    expect(free()).toBe(251);
    attachServiceInterface(account, SubnetId, ["10.0.0.4", "10.0.0.5"], ["10.0.0.16/28"]);
    expect(free()).toBe(251 - 2 - 16);
    const reserve = (Cidr: string) =>
      account.call("CreateSubnetCidrReservation", { SubnetId, Cidr, ReservationType: "prefix" })
        .SubnetCidrReservation!;
    const { SubnetCidrReservationId } = reserve("10.0.0.16/28");
    expect(free()).toBe(251 - 2 - 16);
    reserve("10.0.0.128/25");
    expect(free()).toBe(251 - 2 - 16 - 127);
    expect(() => reserve("10.0.0.192/28")).toThrow(expect.objectContaining({ code: "InvalidCidr.InUse" }));
    account.call("DeleteSubnetCidrReservation", { SubnetCidrReservationId });
    expect(free()).toBe(251 - 2 - 16 - 127);
  });

  it("does not go while an interface is in it, and takes its associations along", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const SubnetId = account.subnet(VpcId, "10.0.0.0/24");
    const { RouteTableId } = account.call("CreateRouteTable", { VpcId }).RouteTable!;
    account.call("AssociateRouteTable", { RouteTableId, SubnetId });
    const remove = () => account.call("DeleteSubnet", { SubnetId });
    const eni = attachServiceInterface(account, SubnetId, ["10.0.0.4"]);
    expect(remove).toThrow(`The subnet '${SubnetId}' has dependencies and cannot be deleted.`);
    account.act(({ transaction }) => transaction.remove(networkInterfaces, eni));
    expect(() => account.call("DeleteRouteTable", { RouteTableId })).toThrow(
      expect.objectContaining({ code: "DependencyViolation" }),
    );
    remove();
    account.call("DeleteRouteTable", { RouteTableId });
    expect(account.call("DescribeNetworkAcls", {}).NetworkAcls).toMatchObject([{ Associations: [] }]);
  });

  it("uses one route table and one network ACL at a time", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const SubnetId = account.subnet(VpcId, "10.0.0.0/24");
    const tables = [1, 2].map(() => account.call("CreateRouteTable", { VpcId }).RouteTable!.RouteTableId);
    const associate = () => account.call("AssociateRouteTable", { RouteTableId: tables[0], SubnetId });
    const { AssociationId } = associate();
    expect(associate).toThrow(expect.objectContaining({ code: "Resource.AlreadyAssociated" }));
    account.call("ReplaceRouteTableAssociation", { AssociationId, RouteTableId: tables[1] });
    const Filters = [{ Name: "association.subnet-id", Values: [SubnetId] }];
    expect(account.call("DescribeRouteTables", { Filters }).RouteTables).toMatchObject([
      { RouteTableId: tables[1] },
    ]);
    const [before] = account.call("DescribeNetworkAcls", { Filters }).NetworkAcls!;
    const { NetworkAclId } = account.call("CreateNetworkAcl", { VpcId }).NetworkAcl!;
    account.call("ReplaceNetworkAclAssociation", {
      AssociationId: before!.Associations![0]!.NetworkAclAssociationId,
      NetworkAclId,
    });
    expect(account.call("DescribeNetworkAcls", { Filters }).NetworkAcls).toMatchObject([{ NetworkAclId }]);
  });
});
