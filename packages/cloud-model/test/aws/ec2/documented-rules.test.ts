import { createInternetGateway, attachInternetGateway } from "../../../src/aws/ec2";
import { Account } from "./account";

const code = (text: string) => expect.objectContaining({ code: text });
const [combination, value] = ["InvalidParameterCombination", "InvalidParameterValue"].map(code);

describe("CreateIpamPool", () => {
  const create = (account: Account, IpamScopeId: string, more: object = {}) =>
    account.call("CreateIpamPool", { IpamScopeId, AddressFamily: "ipv4", ...more }).IpamPool!;

  it("is refused in a private scope of the free tier, which has no private pools", () => {
    const account = new Account();
    const { Ipam } = account.call("CreateIpam", { Tier: "free" });
    const { IpamId, PrivateDefaultScopeId: scope } = Ipam!;
    expect(() => create(account, scope!)).toThrow(code("OperationNotPermitted"));
    expect(() => account.call("CreateIpamScope", { IpamId })).toThrow(code("OperationNotPermitted"));
    account.call("ModifyIpam", { IpamId, Tier: "advanced" });
    create(account, scope!);
    expect(() => account.call("ModifyIpam", { IpamId, Tier: "free" })).toThrow(code("DependencyViolation"));
  });

  it.each([
    { PubliclyAdvertisable: false },
    { PubliclyAdvertisable: true, PublicIpSource: "byoip" },
    { AddressFamily: "ipv6", PublicIpSource: "amazon", PubliclyAdvertisable: true },
  ])("is refused with %j: only IPv6 of one's own is advertised", (more) => {
    const account = new Account();
    const { PublicDefaultScopeId } = account.call("CreateIpam", {}).Ipam!;
    expect(() => create(account, PublicDefaultScopeId!, more)).toThrow(combination);
  });

  it("accepts PubliclyAdvertisable for IPv6 of one's own", () => {
    const account = new Account();
    const { PublicDefaultScopeId } = account.call("CreateIpam", {}).Ipam!;
    const pool = create(account, PublicDefaultScopeId!, {
      AddressFamily: "ipv6",
      PublicIpSource: "byoip",
      PubliclyAdvertisable: true,
    });
    expect(pool.PubliclyAdvertisable).toBe(true);
  });
});

describe("a cascade", () => {
  it("deletes the child pools of a pool", () => {
    const account = new Account();
    const scope = account.scope();
    const top = account.pool(scope, "10.0.0.0/8", { Locale: "None" });
    const middle = account.pool(scope, "10.0.0.0/12", { SourceIpamPoolId: top, Locale: "None" });
    account.pool(scope, "10.0.0.0/16", { SourceIpamPoolId: middle });
    const other = account.pool(scope, "192.168.0.0/16");
    account.call("DeleteIpamPool", { IpamPoolId: middle, Cascade: true });
    expect(account.call("GetIpamPoolAllocations", { IpamPoolId: top }).IpamPoolAllocations).toEqual([]);
    account.call("DeleteIpamPool", { IpamPoolId: top, Cascade: true });
    const left = account.call("DescribeIpamPools", {}).IpamPools!.map(({ IpamPoolId }) => IpamPoolId);
    expect(left).toEqual([other]);
  });

  it("is refused in the public scope, and for an IPAM with a pool there", () => {
    const account = new Account();
    const { IpamId, PublicDefaultScopeId: IpamScopeId } = account.call("CreateIpam", {}).Ipam!;
    const { IpamPoolId } = account.call("CreateIpamPool", { IpamScopeId, AddressFamily: "ipv4" }).IpamPool!;
    expect(() => account.call("DeleteIpamPool", { IpamPoolId, Cascade: true })).toThrow(combination);
    expect(() => account.call("DeleteIpam", { IpamId, Cascade: true })).toThrow(code("DependencyViolation"));
    account.call("DeleteIpamPool", { IpamPoolId });
    account.call("DeleteIpam", { IpamId, Cascade: true });
  });
});

describe("an allocation", () => {
  it("has allowed and disallowed CIDRs only with a netmask length", () => {
    const account = new Account();
    const IpamPoolId = account.pool(account.scope(), "10.0.0.0/8");
    const allocate = (more: object) => account.call("AllocateIpamPoolCidr", { IpamPoolId, ...more });
    expect(() => allocate({ Cidr: "10.1.0.0/16", AllowedCidrs: ["10.1.0.0/16"] })).toThrow(combination);
    expect(() => allocate({ Cidr: "10.1.0.0/16", DisallowedCidrs: ["10.2.0.0/16"] })).toThrow(combination);
    const { IpamPoolAllocation } = allocate({ NetmaskLength: 24, AllowedCidrs: ["10.9.0.0/16"] });
    expect(IpamPoolAllocation!.Cidr).toBe("10.9.0.0/24");
  });

  it("is released in the pool's locale only, as it is made", () => {
    const account = new Account();
    const IpamPoolId = account.pool(account.scope("eu-central-1"), "10.0.0.0/8", { Locale: "eu-central-1" });
    const there = account.elsewhere({ region: "eu-central-1" });
    const { IpamPoolAllocationId, Cidr } = there.call("AllocateIpamPoolCidr", {
      IpamPoolId,
      NetmaskLength: 16,
    }).IpamPoolAllocation!;
    const release = { IpamPoolId, IpamPoolAllocationId, Cidr };
    expect(() => account.call("ReleaseIpamPoolAllocation", release)).toThrow(value);
    there.call("ReleaseIpamPoolAllocation", release);
  });
});

it("auto-import takes the largest of overlapping VPCs, in whatever order they were made", () => {
  const account = new Account();
  account.vpc("10.0.16.0/20");
  const large = account.vpc("10.0.0.0/16");
  const IpamPoolId = account.pool(account.scope(), "10.0.0.0/8", { AutoImport: true });
  expect(account.call("GetIpamPoolAllocations", { IpamPoolId }).IpamPoolAllocations).toMatchObject([
    { ResourceId: large, Cidr: "10.0.0.0/16" },
  ]);
});

describe("a change in place", () => {
  it("of an IPAM, a scope or a pool leaves it in the state modify-complete", () => {
    const account = new Account();
    const scope = account.scope();
    const pool = account.pool(scope, "10.0.0.0/8");
    const { IpamId } = account.call("DescribeIpams", {}).Ipams![0]!;
    account.call("ModifyIpam", { IpamId, Description: "d" });
    account.call("ModifyIpamScope", { IpamScopeId: scope, Description: "d" });
    account.call("ModifyIpamPool", { IpamPoolId: pool, Description: "d" });
    const Filters = [{ Name: "state", Values: ["modify-complete"] }];
    expect([
      account.call("DescribeIpams", { Filters }).Ipams!.map(({ State }) => State),
      account.call("DescribeIpamScopes", { Filters }).IpamScopes!.map(({ State }) => State),
      account.call("DescribeIpamPools", { Filters }).IpamPools!.map(({ State }) => State),
    ]).toEqual([["modify-complete"], ["modify-complete"], ["modify-complete"]]);
  });
});

describe("the CIDRs of a VPC", () => {
  it.each(["169.254.0.0/16", "169.254.10.0/24"])("are never in %s", (CidrBlock) => {
    const account = new Account();
    expect(() => account.vpc(CidrBlock)).toThrow(code("InvalidVpc.Range"));
    const VpcId = account.vpc("100.64.0.0/16");
    expect(() => account.call("AssociateVpcCidrBlock", { VpcId, CidrBlock })).toThrow(
      code("InvalidVpc.Range"),
    );
  });

  // [the CIDRs that the VPC has, the one that it gets]
  it.each([
    [["10.5.0.0/16", "10.1.0.0/16"], "10.0.0.0/17"],
    [["10.1.0.0/16"], "10.0.128.0/17"],
    [["10.5.0.0/16"], "172.16.0.0/16"],
    [["10.5.0.0/16"], "198.19.0.0/24"],
    [["172.16.0.0/16"], "172.31.0.0/16"],
    [["192.168.0.0/16"], "10.0.0.0/16"],
    [["198.19.0.0/24"], "192.168.0.0/16"],
    [["100.64.0.0/16"], "10.0.0.0/16"],
    [["100.64.0.0/16"], "198.19.0.0/24"],
    [["52.0.0.0/16"], "172.16.0.0/16"],
  ])("%j do not go with %s", ([CidrBlock, ...others], added) => {
    const account = new Account();
    const VpcId = account.vpc(CidrBlock);
    for (const other of others) account.call("AssociateVpcCidrBlock", { VpcId, CidrBlock: other });
    const associate = () => account.call("AssociateVpcCidrBlock", { VpcId, CidrBlock: added });
    expect(associate).toThrow(code("InvalidVpc.Range"));
  });

  it.each([
    [["10.5.0.0/16", "100.64.0.0/16"], "10.7.0.0/16"],
    [["10.0.0.0/16"], "10.1.0.0/16"],
    [["10.5.0.0/16"], "52.0.0.0/16"],
    [["198.19.0.0/24"], "100.64.0.0/16"],
    [["198.19.0.0/24"], "198.19.1.0/24"],
    [["172.16.0.0/16"], "172.17.0.0/16"],
  ])("%j go with %s", ([CidrBlock, ...others], added) => {
    const account = new Account();
    const VpcId = account.vpc(CidrBlock);
    for (const other of [...others, added])
      account.call("AssociateVpcCidrBlock", { VpcId, CidrBlock: other });
  });

  it("do not contain the destination of a route of the VPC", () => {
    const account = new Account();
    const VpcId = account.vpc("10.2.0.0/16");
    const { RouteTableId } = account.call("CreateRouteTable", { VpcId }).RouteTable!;
    account.call("CreateRoute", {
      RouteTableId,
      DestinationCidrBlock: "10.9.0.0/24",
      TransitGatewayId: "tgw-1",
    });
    const associate = (CidrBlock: string) => account.call("AssociateVpcCidrBlock", { VpcId, CidrBlock });
    expect(() => associate("10.9.0.0/24")).toThrow(code("CidrConflict"));
    expect(() => associate("10.9.0.0/16")).toThrow(code("CidrConflict"));
    associate("10.9.0.0/25");
  });

  it("are not for instances of tenancy host", () => {
    const create = () =>
      new Account().call("CreateVpc", { CidrBlock: "10.0.0.0/16", InstanceTenancy: "host" });
    expect(create).toThrow(value);
  });
});

describe("a route", () => {
  const setup = () => {
    const account = new Account();
    const VpcId = account.vpc("10.0.0.0/16");
    const { RouteTableId } = account.call("CreateRouteTable", { VpcId }).RouteTable!;
    const create = (more: object) => account.call("CreateRoute", { RouteTableId, ...more });
    const routes = () =>
      account
        .call("DescribeRouteTables", { RouteTableIds: [RouteTableId!] })
        .RouteTables![0]!.Routes!.map(({ DestinationCidrBlock }) => DestinationCidrBlock);
    return { account, RouteTableId, create, routes };
  };
  const [to, tgw] = [{ DestinationCidrBlock: "1.0.0.0/8" }, { TransitGatewayId: "tgw-1" }];

  it.each([
    [to, "MissingParameter"],
    [tgw, "MissingParameter"],
    [{ ...to, ...tgw, NatGatewayId: "nat-1" }, "InvalidParameterCombination"],
    [{ ...to, ...tgw, VpcEndpointId: "vpce-1" }, "InvalidParameterCombination"],
    [{ ...to, DestinationIpv6CidrBlock: "::/0", ...tgw }, "InvalidParameterCombination"],
    [{ DestinationCidrBlock: "nonsense", ...tgw }, "InvalidParameterValue"],
    [{ DestinationCidrBlock: "::/0", ...tgw }, "InvalidParameterValue"],
    [{ DestinationIpv6CidrBlock: "1.0.0.0/8", ...tgw }, "InvalidParameterValue"],
    [{ DestinationCidrBlock: "10.0.0.0/16", ...tgw }, "RouteAlreadyExists"],
    [{ DestinationCidrBlock: "10.0.1.0/24", ...tgw }, "InvalidParameterValue"],
  ])("%j is refused as %s", (more, refusal) => {
    const { create, routes } = setup();
    expect(() => create(more)).toThrow(code(refusal));
    expect(routes()).toEqual(["10.0.0.0/16"]);
  });

  it("has its destination in canonical form", () => {
    const { account, RouteTableId, create, routes } = setup();
    create({ DestinationCidrBlock: "1.2.3.4/8", ...tgw });
    expect(routes()).toEqual(["10.0.0.0/16", "1.0.0.0/8"]);
    expect(() => create({ DestinationCidrBlock: "1.9.0.0/8", ...tgw })).toThrow(code("RouteAlreadyExists"));
    account.call("DeleteRoute", { RouteTableId, DestinationCidrBlock: "1.0.0.0/8" });
    const remove = () => account.call("DeleteRoute", { RouteTableId, DestinationCidrBlock: "10.0.0.0/16" });
    expect(remove).toThrow("cannot remove local route");
  });

  it("to a part of the VPC goes through an interface", () => {
    const { create, routes, account } = setup();
    create({ DestinationCidrBlock: "10.0.1.0/24", NetworkInterfaceId: "eni-1" });
    expect(routes()).toContain("10.0.1.0/24");
    const InternetGatewayId = account.act(
      (context) => createInternetGateway(context, {}).InternetGateway!.InternetGatewayId,
    );
    const VpcId = account.call("DescribeVpcs", {}).Vpcs![0]!.VpcId;
    account.act((context) => attachInternetGateway(context, { InternetGatewayId, VpcId }));
    const through = { DestinationCidrBlock: "10.0.2.0/24", GatewayId: InternetGatewayId };
    expect(() => create(through)).toThrow(value);
  });
});

describe("attributes", () => {
  it("of a VPC change one at a time, and hostnames need DNS support", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const modify = (more: object) => account.call("ModifyVpcAttribute", { VpcId, ...more });
    const [yes, no] = [{ Value: true }, { Value: false }];
    expect(() => modify({ EnableDnsSupport: yes, EnableDnsHostnames: yes })).toThrow(combination);
    modify({ EnableDnsSupport: no });
    expect(() => modify({ EnableDnsHostnames: yes })).toThrow(combination);
    modify({ EnableDnsSupport: yes });
    modify({ EnableDnsHostnames: yes });
  });

  it("of subnets and interfaces change one at a time", () => {
    const account = new Account();
    const SubnetId = account.subnet(account.vpc(), "10.0.0.0/24");
    const { NetworkInterfaceId } = account.call("CreateNetworkInterface", { SubnetId }).NetworkInterface!;
    const two = { MapPublicIpOnLaunch: { Value: true }, EnableDns64: { Value: true } };
    expect(() => account.call("ModifySubnetAttribute", { SubnetId, ...two })).toThrow(combination);
    const Description = { Value: "d" };
    const SourceDestCheck = { Value: false };
    expect(() =>
      account.call("ModifyNetworkInterfaceAttribute", { NetworkInterfaceId, Description, SourceDestCheck }),
    ).toThrow(combination);
  });
});

describe("an interface", () => {
  it.each([
    { Ipv4PrefixCount: 1, SecondaryPrivateIpAddressCount: 1 },
    { Ipv4PrefixCount: 1, PrivateIpAddresses: [{ PrivateIpAddress: "10.0.0.9" }] },
    { Ipv4Prefixes: [{ Ipv4Prefix: "10.0.0.16/28" }], SecondaryPrivateIpAddressCount: 1 },
  ])("does not get addresses and prefixes in one request: %j", (more) => {
    const account = new Account();
    const SubnetId = account.subnet(account.vpc(), "10.0.0.0/24");
    expect(() => account.call("CreateNetworkInterface", { SubnetId, ...more })).toThrow(combination);
    const { NetworkInterfaceId } = account.call("CreateNetworkInterface", { SubnetId }).NetworkInterface!;
    const counts = { Ipv4PrefixCount: 1, SecondaryPrivateIpAddressCount: 1 };
    expect(() => account.call("AssignPrivateIpAddresses", { NetworkInterfaceId, ...counts })).toThrow(
      combination,
    );
  });

  it("has a DNS name for each address, and a count that is not negative", () => {
    const account = new Account();
    const SubnetId = account.subnet(account.vpc(), "10.0.0.0/24");
    const create = (more: object) =>
      account.call("CreateNetworkInterface", { SubnetId, ...more }).NetworkInterface!;
    const { PrivateIpAddresses } = create({
      PrivateIpAddress: "10.0.0.9",
      PrivateIpAddresses: [{ PrivateIpAddress: "10.0.0.10" }],
    });
    expect(PrivateIpAddresses!.map(({ PrivateDnsName }) => PrivateDnsName)).toEqual([
      "ip-10-0-0-9.eu-west-1.compute.internal",
      "ip-10-0-0-10.eu-west-1.compute.internal",
    ]);
    expect(() => create({ Ipv4PrefixCount: -1 })).toThrow(value);
  });

  it("is listed by id or by page, not both", () => {
    const list = () =>
      new Account().call("DescribeNetworkInterfaces", { NetworkInterfaceIds: ["eni-1"], MaxResults: 5 });
    expect(list).toThrow(combination);
  });
});

describe("what else EC2 says", () => {
  it("is pending after the creation of a subnet", () => {
    const account = new Account();
    const { Subnet } = account.call("CreateSubnet", { VpcId: account.vpc(), CidrBlock: "10.0.0.0/24" });
    expect(Subnet!.State).toBe("pending");
    expect(account.call("DescribeSubnets", {}).Subnets![0]!.State).toBe("available");
  });

  it("is a code for a reservation that is gone", () => {
    const remove = () =>
      new Account().call("DeleteSubnetCidrReservation", { SubnetCidrReservationId: "scr-1" });
    expect(remove).toThrow(code("InvalidSubnetCidrReservationID.NotFound"));
  });

  it.each([0, 32_767, 65_535])("is that %i is no number of a network ACL's rule", (RuleNumber) => {
    const account = new Account();
    const { NetworkAclId } = account.call("CreateNetworkAcl", { VpcId: account.vpc() }).NetworkAcl!;
    const entry = { Protocol: "-1", RuleAction: "allow", Egress: false, CidrBlock: "0.0.0.0/0" } as const;
    expect(() => account.call("CreateNetworkAclEntry", { NetworkAclId, RuleNumber, ...entry })).toThrow(
      value,
    );
  });
});
