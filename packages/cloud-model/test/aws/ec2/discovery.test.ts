import { authorizeSecurityGroupIngress, createSecurityGroup } from "../../../src/aws/ec2";
import { Store } from "../../../src/store/store";
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

describe("the history of a CIDR", () => {
  const setup = () => {
    const clock = { now: Date.UTC(2026, 6, 1) };
    const account = new Account(new Store({ now: () => clock.now }));
    const before = account.vpc("10.5.0.0/16");
    const IpamScopeId = account.scope("eu-central-1");
    const pool = account.pool(IpamScopeId, "10.0.0.0/8");
    const records = (Cidr: string, more: object = {}) =>
      account.call("GetIpamAddressHistory", { IpamScopeId, Cidr, ...more }).HistoryRecords!;
    const wait = (hours: number) => new Date((clock.now += hours * 3600_000));
    return { account, before, IpamScopeId, pool, records, wait };
  };

  it("names who has it and who had it, and from when to when", () => {
    const { account, pool, records, wait } = setup();
    const TagSpecifications = [{ ResourceType: "vpc" as const, Tags: [{ Key: "Name", Value: "first" }] }];
    const input = { Ipv4IpamPoolId: pool, CidrBlock: "10.0.0.0/16" };
    const created = wait(1);
    const VpcId = account.call("CreateVpc", { ...input, TagSpecifications }).Vpc!.VpcId!;
    const subnetCreated = wait(1);
    const subnet = account.subnet(VpcId, "10.0.0.0/24");
    const deleted = wait(1);
    account.call("DeleteSubnet", { SubnetId: subnet });
    account.call("DeleteVpc", { VpcId });
    const again = wait(1);
    const second = account.call("CreateVpc", input).Vpc!.VpcId!;
    const place = { ResourceOwnerId: "123456789012", ResourceRegion: "eu-west-1" };
    const first = {
      ...place,
      ResourceCidr: "10.0.0.0/16",
      ResourceId: VpcId,
      ResourceName: "first",
      ResourceType: "vpc",
      VpcId,
      SampledStartTime: created,
      SampledEndTime: deleted,
    };
    expect(records("10.0.0.0/16")).toMatchObject([
      { ResourceId: second, SampledStartTime: again, ResourceComplianceStatus: "compliant" },
    ]);
    const StartTime = created;
    expect(records("10.0.0.0/16", { StartTime })).toEqual([
      first,
      expect.objectContaining({ VpcId: second }),
    ]);
    expect(records("10.0.0.0/16", { StartTime, VpcId })).toEqual([first]);
    expect(records("10.0.0.0/16", { EndTime: subnetCreated })).toEqual([first]);
    expect(records("10.0.0.0/24", { StartTime })).toMatchObject([
      { ResourceId: subnet, ResourceType: "subnet", VpcId },
    ]);
    expect(records("10.0.0.0/8", { StartTime })).toEqual([]);
  });

  it("begins with the IPAM and with a CIDR's association, and ends with them", () => {
    const { account, before, IpamScopeId, records, wait } = setup();
    expect(records("10.5.0.0/16")).toMatchObject([
      { ResourceId: before, ResourceComplianceStatus: "unmanaged", SampledStartTime: wait(0) },
    ]);
    const StartTime = wait(1);
    const { CidrBlockAssociation } = account.call("AssociateVpcCidrBlock", {
      VpcId: before,
      CidrBlock: "10.6.0.0/16",
    });
    expect(records("10.6.0.0/16")).toMatchObject([{ ResourceId: before, SampledStartTime: StartTime }]);
    account.call("DisassociateVpcCidrBlock", { AssociationId: CidrBlockAssociation!.AssociationId! });
    wait(1);
    expect(records("10.6.0.0/16")).toEqual([]);
    expect(records("10.6.0.0/16", { StartTime })).toMatchObject([{ SampledEndTime: StartTime }]);

    const scope = account.call("DescribeIpamScopes", { IpamScopeIds: [IpamScopeId] }).IpamScopes![0]!;
    account.call("DeleteIpam", { IpamId: scope.IpamArn!.replace(/^.*\//, ""), Cascade: true });
    const next = new Account(account.store);
    const anew = next.scope();
    const history = { IpamScopeId: anew, StartTime };
    expect(next.call("GetIpamAddressHistory", { ...history, Cidr: "10.6.0.0/16" }).HistoryRecords).toEqual(
      [],
    );
  });

  it("is of one scope, and in pages", () => {
    const { account, IpamScopeId, records, wait } = setup();
    for (let index = 0; index < 3; index += 1) {
      const VpcId = account.vpc("10.7.0.0/16");
      wait(1);
      account.call("DeleteVpc", { VpcId });
    }
    const input = { IpamScopeId, Cidr: "10.7.0.0/16", StartTime: wait(-3) };
    wait(3);
    const page = account.call("GetIpamAddressHistory", { ...input, MaxResults: 2 });
    const { NextToken } = page;
    const last = account.call("GetIpamAddressHistory", { ...input, MaxResults: 2, NextToken });
    expect([page.HistoryRecords!.length, last.HistoryRecords!.length, last.NextToken]).toEqual([
      2,
      1,
      undefined,
    ]);
    const IpamId = account.call("DescribeIpams", {}).Ipams![0]!.IpamId!;
    const other = account.call("CreateIpamScope", { IpamId }).IpamScope!.IpamScopeId!;
    expect(records("10.7.0.0/16", { StartTime: input.StartTime, IpamScopeId: other })).toEqual([]);
    expect(() => records("10.7.0.0/16", { StartTime: wait(1), EndTime: wait(-1) })).toThrow(
      code("InvalidParameterValue"),
    );
    expect(() => records("10.7.0.0/33")).toThrow(code("InvalidParameterValue"));
  });
});
