import { Account } from "./account";

let account: Account;
beforeEach(() => {
  account = new Account();
});

type Call = Parameters<Account["call"]>;
const codeOf = (...[action, input]: Call): string => {
  try {
    account.call(action, input);
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("an IPAM", () => {
  it("deletes child pools with their pool, and no pool of the public scope with itself", () => {
    const scope = account.scope("eu-west-1");
    const parent = account.pool(scope, "10.0.0.0/8", { Locale: undefined });
    account.pool(scope, "10.0.0.0/12", { SourceIpamPoolId: parent });
    expect(codeOf("DeleteIpamPool", { IpamPoolId: parent })).toBe("DependencyViolation");
    expect(codeOf("DeleteIpamPool", { IpamPoolId: parent, Cascade: true })).toBe("accepted");
    expect(account.call("DescribeIpamPools", {}).IpamPools).toEqual([]);
    const [ipam] = account.call("DescribeIpams", {}).Ipams!;
    const { PublicDefaultScopeId: IpamScopeId, IpamId } = ipam!;
    account.call("CreateIpamPool", { IpamScopeId, AddressFamily: "ipv6", Locale: "eu-west-1" });
    expect(codeOf("DeleteIpam", { IpamId, Cascade: true })).toBe("DependencyViolation");
  });

  it("says that it was modified, as its scopes and pools do", () => {
    const IpamScopeId = account.scope("eu-west-1");
    const IpamPoolId = account.pool(IpamScopeId, "10.0.0.0/8");
    const { IpamId } = account.call("DescribeIpams", {}).Ipams![0]!;
    account.call("ModifyIpam", { IpamId, Description: "x" });
    account.call("ModifyIpamScope", { IpamScopeId, Description: "x" });
    account.call("ModifyIpamPool", { IpamPoolId, Description: "x" });
    const Filters = [{ Name: "state", Values: ["modify-complete"] }];
    expect(account.call("DescribeIpams", { Filters }).Ipams).toHaveLength(1);
    expect(account.call("DescribeIpamScopes", { Filters }).IpamScopes).toHaveLength(1);
    expect(account.call("DescribeIpamPools", { Filters }).IpamPools).toMatchObject([
      { State: "modify-complete" },
    ]);
  });

  it("has private pools in the advanced tier only", () => {
    const { Ipam } = account.call("CreateIpam", { Tier: "free" });
    const { PrivateDefaultScopeId: IpamScopeId, IpamId } = Ipam!;
    expect(codeOf("CreateIpamPool", { IpamScopeId, AddressFamily: "ipv4" })).toBe("InvalidParameterValue");
    account.call("ModifyIpam", { IpamId, Tier: "advanced" });
    expect(codeOf("CreateIpamPool", { IpamScopeId, AddressFamily: "ipv4" })).toBe("accepted");
    expect(codeOf("ModifyIpam", { IpamId, Tier: "free" })).toBe("InvalidParameterValue");
  });

  it("takes away a resource tag by its key and value, and lists of CIDRs only with a length", () => {
    const AllocationResourceTags = [{ Key: "a", Value: "1" }];
    const scope = account.scope("eu-west-1");
    const IpamPoolId = account.pool(scope, "10.0.0.0/8", { AllocationResourceTags });
    const RemoveAllocationResourceTags = AllocationResourceTags;
    const { IpamPool } = account.call("ModifyIpamPool", { IpamPoolId, RemoveAllocationResourceTags });
    expect(IpamPool!.AllocationResourceTags).toEqual([]);
    const both = { IpamPoolId, Cidr: "10.0.0.0/24", AllowedCidrs: ["10.0.0.0/16"] };
    expect(codeOf("AllocateIpamPoolCidr", both)).toBe("InvalidParameterCombination");
    const PubliclyAdvertisable = true;
    const pool = { IpamScopeId: scope, AddressFamily: "ipv4", PubliclyAdvertisable } as const;
    expect(codeOf("CreateIpamPool", pool)).toBe("InvalidParameterCombination");
  });

  it("imports the largest of VPCs that overlap, and releases in the pool's locale only", () => {
    const scope = account.scope("eu-west-1", "eu-central-1");
    account.vpc("10.0.0.0/24");
    const large = account.vpc("10.0.0.0/16");
    const IpamPoolId = account.pool(scope, "10.0.0.0/8", { AutoImport: true });
    const imported = account.call("GetIpamPoolAllocations", { IpamPoolId }).IpamPoolAllocations;
    expect(imported).toMatchObject([{ ResourceId: large, Cidr: "10.0.0.0/16" }]);
    const there = account.pool(scope, "172.16.0.0/12", { Locale: "eu-central-1" });
    const other = account.elsewhere({ region: "eu-central-1" });
    const { IpamPoolAllocation: made } = other.call("AllocateIpamPoolCidr", {
      IpamPoolId: there,
      NetmaskLength: 24,
    });
    const release = {
      IpamPoolId: there,
      Cidr: made!.Cidr,
      IpamPoolAllocationId: made!.IpamPoolAllocationId,
    };
    expect(codeOf("ReleaseIpamPoolAllocation", release)).toBe("InvalidParameterValue");
  });
});

describe("a network", () => {
  it("has no link-local CIDR, and 10.0.0.0/16 not beside any CIDR of 10.0.0.0/15", () => {
    expect(codeOf("CreateVpc", { CidrBlock: "169.254.0.0/16" })).toBe("InvalidVpc.Range");
    const VpcId = account.vpc("10.4.0.0/16");
    account.call("AssociateVpcCidrBlock", { VpcId, CidrBlock: "10.1.0.0/16" });
    const associate = (CidrBlock: string) => codeOf("AssociateVpcCidrBlock", { VpcId, CidrBlock });
    expect(associate("10.0.0.0/16")).toBe("InvalidVpc.Range");
    expect(associate("169.254.0.0/24")).toBe("InvalidVpc.Range");
    expect(associate("198.19.0.0/16")).toBe("InvalidVpc.Range");
    expect(associate("100.64.0.0/16")).toBe("accepted");
  });

  it("changes one attribute at a time, with host names only beside support", () => {
    const VpcId = account.vpc();
    const on = { Value: true };
    const both = { VpcId, EnableDnsSupport: on, EnableDnsHostnames: on };
    expect(codeOf("ModifyVpcAttribute", both)).toBe("InvalidParameterCombination");
    account.call("ModifyVpcAttribute", { VpcId, EnableDnsSupport: { Value: false } });
    const names = { VpcId, EnableDnsHostnames: on };
    expect(codeOf("ModifyVpcAttribute", names)).toBe("InvalidParameterCombination");
    expect(codeOf("CreateVpc", { CidrBlock: "10.0.0.0/16", InstanceTenancy: "host" })).toBe(
      "InvalidParameterValue",
    );
  });

  it("routes a canonical CIDR that is not its own to exactly one target", () => {
    const VpcId = account.vpc();
    const { RouteTableId } = account.call("CreateRouteTable", { VpcId }).RouteTable!;
    const NetworkInterfaceId = "eni-1";
    const route = (DestinationCidrBlock: string, more: object = { NetworkInterfaceId }) =>
      codeOf("CreateRoute", { RouteTableId, DestinationCidrBlock, ...more });
    expect(route("1.0.0.0/8", {})).toBe("MissingParameter");
    expect(route("1.0.0.0/8", { NetworkInterfaceId, TransitGatewayId: "tgw-1" })).toBe(
      "InvalidParameterCombination",
    );
    expect(route("nonsense")).toBe("InvalidParameterValue");
    expect(route("10.0.0.0/16")).toBe("RouteAlreadyExists");
    expect(route("1.2.3.4/8")).toBe("accepted");
    const Filters = [{ Name: "route.destination-cidr-block", Values: ["1.0.0.0/8"] }];
    expect(account.call("DescribeRouteTables", { Filters }).RouteTables).toHaveLength(1);
  });

  it("ends a tag that no resource has with success, and misses reservations in EC2's words", () => {
    const VpcId = account.vpc();
    account.call("CreateTags", { Resources: [VpcId], Tags: [{ Key: "a", Value: "1" }] });
    const other = { Resources: [VpcId], Tags: [{ Key: "b", Value: "2" }] };
    expect(codeOf("DeleteTags", other)).toBe("accepted");
    expect(account.call("DescribeTags", {}).Tags).toHaveLength(1);
    expect(codeOf("DeleteSubnetCidrReservation", { SubnetCidrReservationId: "scr-1" })).toBe(
      "InvalidSubnetCidrReservationID.NotFound",
    );
  });

  it("gives prefixes or secondary addresses, and finds interfaces by ids or in pages", () => {
    const SubnetId = account.subnet(account.vpc(), "10.0.0.0/24");
    const both = { SubnetId, Ipv4PrefixCount: 1, SecondaryPrivateIpAddressCount: 1 };
    expect(codeOf("CreateNetworkInterface", both)).toBe("InvalidParameterCombination");
    const { NetworkInterfaceId } = account.call("CreateNetworkInterface", { SubnetId }).NetworkInterface!;
    expect(codeOf("AssignPrivateIpAddresses", { ...both, NetworkInterfaceId })).toBe(
      "InvalidParameterCombination",
    );
    const listed = { NetworkInterfaceIds: [NetworkInterfaceId!], MaxResults: 5 };
    expect(codeOf("DescribeNetworkInterfaces", listed)).toBe("InvalidParameterCombination");
  });
});
