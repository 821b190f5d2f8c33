import { authorizeSecurityGroupIngress, createSecurityGroup } from "../../../src/aws/ec2";
import { Account } from "./account";

const code = (text: string) => expect.objectContaining({ code: text });

describe("the resources of an IPAM", () => {
  const setup = () => {
    const account = new Account();
    const IpamScopeId = account.scope("eu-central-1");
    const pool = account.pool(IpamScopeId, "10.0.0.0/8", { AllocationMinNetmaskLength: 16 });
    const managed = account.call("CreateVpc", { Ipv4IpamPoolId: pool, Ipv4NetmaskLength: 16 }).Vpc!.VpcId!;
    const other = account.vpc("10.0.0.0/18");
    const SubnetId = account.subnet(managed, "10.0.0.0/18");
    account.elsewhere({ region: "us-east-1" }).vpc("10.9.0.0/16");
    return { account, IpamScopeId, pool, managed, other, SubnetId };
  };

  it("are the CIDRs of VPCs and subnets in its Regions, managed or not", () => {
    const { account, IpamScopeId, pool, managed, other, SubnetId } = setup();
    const { IpamResourceCidrs } = account.call("GetIpamResourceCidrs", { IpamScopeId });
    const byId = Object.fromEntries(IpamResourceCidrs!.map((one) => [one.ResourceId!, one]));
    expect(Object.keys(byId).sort()).toEqual([managed, other, SubnetId].sort());
    expect(byId[managed]).toMatchObject({
      IpamPoolId: pool,
      ResourceCidr: "10.0.0.0/16",
      ResourceType: "vpc",
      ResourceRegion: "eu-west-1",
      ResourceOwnerId: "123456789012",
      IpUsage: 0.25,
      ManagementState: "managed",
      ComplianceStatus: "compliant",
      OverlapStatus: "overlapping",
    });
    expect(byId[other]).toMatchObject({
      IpUsage: 0,
      ManagementState: "unmanaged",
      ComplianceStatus: "unmanaged",
      OverlapStatus: "overlapping",
    });
    expect(byId[SubnetId]).toMatchObject({
      ResourceType: "subnet",
      VpcId: managed,
      AvailabilityZoneId: "euw1-az1",
      OverlapStatus: "nonoverlapping",
    });
  });

  it("are chosen by pool, type and filter, and stop to be compliant when the pool's rules change", () => {
    const { account, IpamScopeId, pool, managed } = setup();
    account.call("ModifyIpamPool", { IpamPoolId: pool, AllocationMinNetmaskLength: 20 });
    const list = (more: object) =>
      account.call("GetIpamResourceCidrs", { IpamScopeId, ...more }).IpamResourceCidrs!;
    expect(list({ IpamPoolId: pool })).toMatchObject([{ ComplianceStatus: "noncompliant" }]);
    expect(list({ ResourceType: "subnet" })).toHaveLength(1);
    expect(list({ ResourceId: managed })).toHaveLength(1);
    const Filters = [{ Name: "management-state", Values: ["unmanaged"] }];
    expect(list({ Filters })).toHaveLength(2);
    expect(() => list({ IpamScopeId: "ipam-scope-1" })).toThrow(code("InvalidIpamScopeId.NotFound"));
  });

  it("are found by its default resource discovery, Region by Region", () => {
    const { account, managed } = setup();
    const ipam = account.call("DescribeIpams", {}).Ipams![0]!;
    const [found] = account.call("DescribeIpamResourceDiscoveries", {}).IpamResourceDiscoveries!;
    expect(found).toMatchObject({
      IpamResourceDiscoveryId: ipam.DefaultResourceDiscoveryId,
      IsDefault: true,
      State: "create-complete",
      OperatingRegions: [{ RegionName: "eu-west-1" }, { RegionName: "eu-central-1" }],
    });
    expect(account.call("DescribeIpamResourceDiscoveryAssociations", {})).toMatchObject({
      IpamResourceDiscoveryAssociations: [
        {
          IpamResourceDiscoveryAssociationId: ipam.DefaultResourceDiscoveryAssociationId,
          IpamId: ipam.IpamId,
          ResourceDiscoveryStatus: "active",
          State: "associate-complete",
        },
      ],
    });
    const IpamResourceDiscoveryId = found!.IpamResourceDiscoveryId;
    const cidrs = (ResourceRegion: string) =>
      account.call("GetIpamDiscoveredResourceCidrs", { IpamResourceDiscoveryId, ResourceRegion })
        .IpamDiscoveredResourceCidrs!;
    expect(cidrs("eu-central-1")).toEqual([]);
    expect(cidrs("eu-west-1")).toHaveLength(3);
    expect(cidrs("eu-west-1").find(({ ResourceId }) => ResourceId === managed)).toMatchObject({
      IpamResourceDiscoveryId,
      ResourceCidr: "10.0.0.0/16",
      IpUsage: 0.25,
    });
    expect(() => cidrs("us-east-1")).toThrow(code("InvalidParameterValue"));
    const accounts = { IpamResourceDiscoveryId, DiscoveryRegion: "eu-west-1" };
    expect(account.call("GetIpamDiscoveredAccounts", accounts).IpamDiscoveredAccounts).toEqual([
      { AccountId: "123456789012", DiscoveryRegion: "eu-west-1" },
    ]);
  });
});

describe("security groups", () => {
  it("are listed with their rules, by protocol and ports", () => {
    const account = new Account();
    const VpcId = account.vpc();
    const GroupId = account.act((context) => {
      const made = createSecurityGroup(context, { GroupName: "web", Description: "Web", VpcId });
      authorizeSecurityGroupIngress(context, {
        GroupId: made.GroupId,
        IpPermissions: [
          {
            IpProtocol: "tcp",
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: "10.0.0.0/8" }, { CidrIp: "172.16.0.0/12" }],
          },
        ],
      });
      return made.GroupId!;
    });
    const list = (input: object) => account.call("DescribeSecurityGroups", input).SecurityGroups!;
    expect(list({ GroupIds: [GroupId] })).toMatchObject([
      {
        GroupId,
        GroupName: "web",
        VpcId,
        SecurityGroupArn: `arn:aws:ec2:eu-west-1:123456789012:security-group/${GroupId}`,
        IpPermissions: [
          {
            IpProtocol: "tcp",
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: "10.0.0.0/8" }, { CidrIp: "172.16.0.0/12" }],
          },
        ],
        IpPermissionsEgress: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
      },
    ]);
    const named = (Name: string, value: string) =>
      list({ Filters: [{ Name, Values: [value] }] }).map(({ GroupName }) => GroupName);
    expect(named("vpc-id", VpcId).sort()).toEqual(["default", "web"]);
    expect(named("ip-permission.from-port", "443")).toEqual(["web"]);
    expect(named("egress.ip-permission.cidr", "10.0.0.0/8")).toEqual([]);
    expect(() => list({ GroupIds: ["sg-1"] })).toThrow(code("InvalidGroup.NotFound"));
  });
});

it("tags are filtered by key and value together", () => {
  const account = new Account();
  const Tags = [
    { Key: "a", Value: "1" },
    { Key: "b", Value: "2" },
  ];
  account.call("CreateTags", { Resources: [account.vpc()], Tags });
  const Filters = [{ Name: "tag:a", Values: ["1"] }];
  expect(account.call("DescribeTags", { Filters }).Tags).toMatchObject([{ Key: "a", Value: "1" }]);
});

it("route tables are filtered by their local routes too", () => {
  const account = new Account();
  account.vpc("10.0.0.0/16");
  const count = (Name: string, value: string) =>
    account.call("DescribeRouteTables", { Filters: [{ Name, Values: [value] }] }).RouteTables!.length;
  expect([
    count("route.gateway-id", "local"),
    count("route.destination-cidr-block", "10.0.0.0/16"),
    count("route.origin", "CreateRouteTable"),
    count("route.state", "blackhole"),
  ]).toEqual([1, 1, 1, 0]);
});
