import { Account } from "./account";

const tagged = (type: "vpc" | "subnet", tags: Record<string, string>) => [
  { ResourceType: type, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
];

describe("a VPC", () => {
  it("has a main route table and a default network ACL, which are deleted with it", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const { RouteTables } = account.call("DescribeRouteTables", {});
    expect(RouteTables).toMatchObject([{ VpcId, Associations: [{ Main: true }] }]);
    expect(account.call("DescribeNetworkAcls", {}).NetworkAcls).toMatchObject([{ VpcId, IsDefault: true }]);
    account.call("DeleteVpc", { VpcId });
    expect(account.call("DescribeRouteTables", {}).RouteTables).toEqual([]);
    expect(account.call("DescribeNetworkAcls", {}).NetworkAcls).toEqual([]);
    expect(() => account.call("DeleteVpc", { VpcId })).toThrow(`The vpc ID '${VpcId}' does not exist`);
  });

  it.each([
    ["10.0.0.0/15", "InvalidVpc.Range"],
    ["10.0.0.0/29", "InvalidVpc.Range"],
    ["10.0.0.0", "InvalidParameterValue"],
  ])("is refused with %s", (CidrBlock, code) => {
    expect(() => new Account().call("CreateVpc", { CidrBlock })).toThrow(expect.objectContaining({ code }));
  });

  it("is one of five in a Region, in an account", () => {
    const account = new Account();
    for (let made = 0; made < 5; made++) account.vpc();
    expect(() => account.vpc()).toThrow(expect.objectContaining({ code: "VpcLimitExceeded" }));
    account.elsewhere({ region: "eu-central-1" }).vpc();
  });

  it("takes secondary CIDRs up to the quota, each apart from the others", () => {
    const account = new Account();
    const VpcId = account.vpc("10.16.0.0/16");
    const associate = (CidrBlock: string) => account.call("AssociateVpcCidrBlock", { VpcId, CidrBlock });
    for (const third of [64, 65, 66]) associate(`100.${third}.0.0/16`);
    expect(() => associate("100.64.8.0/24")).toThrow(expect.objectContaining({ code: "CidrConflict" }));
    associate("10.17.0.0/16");
    expect(() => associate("100.67.0.0/16")).toThrow(
      `This network '${VpcId}' has met its maximum number of allowed CIDRs: 5`,
    );
  });

  it.each([
    ["10.16.0.0/16", "192.168.0.0/16"],
    ["10.16.0.0/16", "198.19.0.0/16"],
    ["10.1.0.0/16", "10.0.0.0/16"],
    ["100.64.0.0/16", "10.0.0.0/16"],
    ["172.16.0.0/16", "172.31.0.0/16"],
  ])("of %s does not take %s", (primary, CidrBlock) => {
    const account = new Account();
    const VpcId = account.vpc(primary);
    expect(() => account.call("AssociateVpcCidrBlock", { VpcId, CidrBlock })).toThrow(
      expect.objectContaining({
        code: "InvalidVpc.Range",
        message: expect.stringContaining("is restricted"),
      }),
    );
  });

  it("keeps a CIDR with subnets, and its primary one", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const { CidrBlockAssociation } = account.call("AssociateVpcCidrBlock", {
      VpcId,
      CidrBlock: "100.64.0.0/16",
    });
    const { AssociationId } = CidrBlockAssociation!;
    const SubnetId = account.subnet(VpcId, "100.64.0.0/20");
    const disassociate = () => account.call("DisassociateVpcCidrBlock", { AssociationId });
    expect(disassociate).toThrow(expect.objectContaining({ code: "InvalidCidrBlock.InUse" }));
    account.call("DeleteSubnet", { SubnetId });
    disassociate();
    const [vpc] = account.call("DescribeVpcs", { VpcIds: [VpcId] }).Vpcs!;
    const [primary, ...others] = vpc!.CidrBlockAssociationSet!;
    expect(others).toEqual([]);
    expect(() => account.call("DisassociateVpcCidrBlock", { AssociationId: primary!.AssociationId })).toThrow(
      expect.objectContaining({ code: "OperationNotPermitted" }),
    );
  });

  it("from a pool has the lowest free CIDR, the pool's tags and an allocation", () => {
    const account = new Account();
    const Ipv4IpamPoolId = account.pool(account.scope(), "10.0.0.0/8", {
      AllocationMinNetmaskLength: 16,
      AllocationResourceTags: [{ Key: "team", Value: "net" }],
    });
    const create = (Ipv4NetmaskLength: number, tags: Record<string, string>) =>
      account.call("CreateVpc", {
        Ipv4IpamPoolId,
        Ipv4NetmaskLength,
        TagSpecifications: tagged("vpc", tags),
      }).Vpc!;
    expect(create(20, { team: "net" }).CidrBlock).toBe("10.0.0.0/20");
    const { VpcId, CidrBlock } = create(16, { team: "net" });
    expect(CidrBlock).toBe("10.1.0.0/16");
    expect(() => create(16, { team: "apps" })).toThrow(
      "The resource is missing one or more of the resource tags required by the IPAM pool.",
    );
    const allocations = () =>
      account
        .call("GetIpamPoolAllocations", { IpamPoolId: Ipv4IpamPoolId })
        .IpamPoolAllocations!.map(({ Cidr }) => Cidr);
    expect(allocations().sort()).toEqual(["10.0.0.0/20", "10.1.0.0/16"]);
    account.call("DeleteVpc", { VpcId });
    expect(allocations()).toEqual(["10.0.0.0/20"]);
  });

  it("cannot be deleted while it has a subnet, a route table or a network ACL", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const remove = () => account.call("DeleteVpc", { VpcId });
    const blocked = expect.objectContaining({
      code: "DependencyViolation",
      message: `The vpc '${VpcId}' has dependencies and cannot be deleted.`,
    });
    const SubnetId = account.subnet(VpcId, "10.0.0.0/24");
    expect(remove).toThrow(blocked);
    account.call("DeleteSubnet", { SubnetId });
    const { RouteTable } = account.call("CreateRouteTable", { VpcId });
    expect(remove).toThrow(blocked);
    account.call("DeleteRouteTable", { RouteTableId: RouteTable!.RouteTableId });
    const { NetworkAcl } = account.call("CreateNetworkAcl", { VpcId });
    expect(remove).toThrow(blocked);
    account.call("DeleteNetworkAcl", { NetworkAclId: NetworkAcl!.NetworkAclId });
    remove();
  });
});
