import {
  allocateAddress,
  attachInternetGateway,
  authorizeSecurityGroupIngress,
  createEgressOnlyInternetGateway,
  createInternetGateway,
  createLaunchTemplate,
  createLaunchTemplateVersion,
  createNatGateway,
  createSecurityGroup,
  createVpcEndpoint,
  deleteEgressOnlyInternetGateway,
  deleteInternetGateway,
  deleteNatGateway,
  deleteSecurityGroup,
  deleteVpcEndpoints,
  detachInternetGateway,
  launchTemplates,
  modifyLaunchTemplate,
  modifySecurityGroupRules,
  modifyVpcEndpoint,
  releaseAddress,
  revokeSecurityGroupIngress,
  rulesOf,
  vpcEndpoints,
  vpcs,
} from "../../../src/aws/ec2";
import { type RequestContext } from "../../../src/request-context";
import { Account } from "./account";

const code = (text: string) => expect.objectContaining({ code: text });

describe("the connectivity of a VPC", () => {
  let account: Account;
  let vpcId: string;
  let subnetId: string;

  beforeEach(() => {
    account = new Account();
    vpcId = account.vpc();
    subnetId = account.subnet(vpcId, "10.0.0.0/28");
  });

  const act = <T>(change: (context: RequestContext) => T): T => account.act(change);
  const freeAddresses = () => account.call("DescribeSubnets", {}).Subnets![0]!.AvailableIpAddressCount;
  const gateway = () =>
    act((context) => createInternetGateway(context, {}).InternetGateway!.InternetGatewayId!);
  const attached = () => {
    const InternetGatewayId = gateway();
    act((context) => attachInternetGateway(context, { InternetGatewayId, VpcId: vpcId }));
    return InternetGatewayId;
  };
  const group = (GroupName: string) =>
    act((context) => createSecurityGroup(context, { GroupName, Description: "", VpcId: vpcId }).GroupId!);

  it("is one internet gateway, which stays while an address is mapped", () => {
    const InternetGatewayId = attached();
    const other = gateway();
    expect(() =>
      act((context) => attachInternetGateway(context, { InternetGatewayId: other, VpcId: vpcId })),
    ).toThrow("already has an internet gateway attached");
    const { AllocationId, PublicIp } = act((context) => allocateAddress(context, {}));
    const nat = () => act((context) => createNatGateway(context, { SubnetId: subnetId, AllocationId }));
    const made = nat().NatGateway!;
    expect(made).toMatchObject({
      VpcId: vpcId,
      NatGatewayAddresses: [{ PublicIp, PrivateIp: expect.stringMatching(/^10\.0\.0\.\d+$/) as string }],
    });
    expect(freeAddresses()).toBe(10);
    expect(nat).toThrow(code("Resource.AlreadyAssociated"));
    const detach = () =>
      act((context) => detachInternetGateway(context, { InternetGatewayId, VpcId: vpcId }));
    const release = () => act((context) => releaseAddress(context, { AllocationId }));
    expect(detach).toThrow(code("DependencyViolation"));
    expect(release).toThrow(code("AuthFailure"));
    act((context) => deleteNatGateway(context, { NatGatewayId: made.NatGatewayId }));
    release();
    expect(() => act((context) => deleteInternetGateway(context, { InternetGatewayId }))).toThrow(
      code("DependencyViolation"),
    );
    detach();
    act((context) => deleteInternetGateway(context, { InternetGatewayId }));
    expect(freeAddresses()).toBe(11);
  });

  it("gives a private NAT gateway no public address", () => {
    const { NatGateway } = act((context) =>
      createNatGateway(context, { SubnetId: subnetId, ConnectivityType: "private" }),
    );
    expect(NatGateway?.NatGatewayAddresses).toMatchObject([{ AllocationId: undefined, PublicIp: undefined }]);
  });

  it("is tagged like all of EC2", () => {
    const [igw, sg] = [gateway(), group("a")];
    account.call("CreateTags", { Resources: [igw, sg], Tags: [{ Key: "team", Value: "net" }] });
    expect(account.call("DescribeTags", {}).Tags).toMatchObject([
      { ResourceId: igw, ResourceType: "internet-gateway" },
      { ResourceId: sg, ResourceType: "security-group" },
    ]);
    expect(() => account.call("CreateTags", { Resources: ["igw-0"], Tags: [] })).toThrow(
      code("InvalidInternetGatewayID.NotFound"),
    );
  });

  it("is where routes lead, in the VPC of their table", () => {
    const { RouteTableId } = account.call("CreateRouteTable", { VpcId: vpcId }).RouteTable!;
    const route = (GatewayId: string) =>
      account.call("CreateRoute", { RouteTableId, DestinationCidrBlock: "0.0.0.0/0", GatewayId });
    expect(() => route("igw-0")).toThrow(code("InvalidInternetGatewayID.NotFound"));
    expect(() => route(gateway())).toThrow("belong to different networks");
    route(attached());
  });

  it("blocks the deletion of the VPC, except by its default group", () => {
    const emptied = account.vpc("10.1.0.0/16");
    const { EgressOnlyInternetGateway: eigw } = act((context) =>
      createEgressOnlyInternetGateway(context, { VpcId: emptied }),
    );
    const deleteIt = () => account.call("DeleteVpc", { VpcId: emptied });
    expect(deleteIt).toThrow(code("DependencyViolation"));
    act((context) =>
      deleteEgressOnlyInternetGateway(context, {
        EgressOnlyInternetGatewayId: eigw!.EgressOnlyInternetGatewayId!,
      }),
    );
    const { DefaultSecurityGroupId: GroupId } = act((context) => vpcs.get(context, emptied));
    expect(() => act((context) => deleteSecurityGroup(context, { GroupId }))).toThrow(code("CannotDelete"));
    deleteIt();
    expect(() => act((context) => deleteSecurityGroup(context, { GroupId }))).toThrow(
      code("InvalidGroup.NotFound"),
    );
  });

  it("is guarded by groups, whose rules differ", () => {
    const [GroupId, other] = [group("a"), group("b")];
    expect(() => group("a")).toThrow(code("InvalidGroup.Duplicate"));
    const allow = (FromPort: number) =>
      act(
        (context) =>
          authorizeSecurityGroupIngress(context, {
            GroupId,
            IpPermissions: [
              { IpProtocol: "tcp", FromPort, ToPort: FromPort, UserIdGroupPairs: [{ GroupId: other }] },
            ],
          }).SecurityGroupRules![0]!.SecurityGroupRuleId!,
      );
    const [https, dns] = [allow(443), allow(53)];
    expect(() => allow(443)).toThrow(`"peer: ${other}, TCP, from port: 443, to port: 443, ALLOW"`);
    const moveTo443 = (context: RequestContext) =>
      modifySecurityGroupRules(context, {
        GroupId,
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: dns,
            SecurityGroupRule: { IpProtocol: "tcp", FromPort: 443, ToPort: 443, ReferencedGroupId: other },
          },
        ],
      });
    expect(() => act(moveTo443)).toThrow(code("InvalidPermission.Duplicate"));
    act((context) => revokeSecurityGroupIngress(context, { GroupId, SecurityGroupRuleIds: [https] }));
    act(moveTo443);
    expect(() => act((context) => deleteSecurityGroup(context, { GroupId: other }))).toThrow(
      code("DependencyViolation"),
    );
    // The one rule that is left is the egress rule that EC2 creates a group with.
    act((context) => revokeSecurityGroupIngress(context, { GroupId, SecurityGroupRuleIds: [dns] }));
    expect(act(({ transaction }) => rulesOf(transaction, GroupId))).toMatchObject([
      { IsEgress: true, IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" },
    ]);
    act((context) => deleteSecurityGroup(context, { GroupId: other }));
  });

  it("is an endpoint, with an interface per subnet in its groups", () => {
    const [a, b] = [group("a"), group("b")];
    const second = account.subnet(vpcId, "10.0.1.0/28", "eu-west-1b");
    const id = act(
      (context) =>
        createVpcEndpoint(context, {
          VpcEndpointType: "Interface",
          VpcId: vpcId,
          ServiceName: "com.amazonaws.eu-west-1.ec2",
          SubnetIds: [subnetId],
          SecurityGroupIds: [a],
        }).VpcEndpoint!.VpcEndpointId!,
    );
    const interfaces = () =>
      account
        .call("DescribeNetworkInterfaces", {})
        .NetworkInterfaces!.map(({ SubnetId, Groups }) => [SubnetId, Groups![0]!.GroupName]);
    expect(interfaces()).toEqual([[subnetId, "a"]]);
    const modify = (changes: object) =>
      act((context) => modifyVpcEndpoint(context, { VpcEndpointId: id, ...changes }));
    modify({ AddSubnetIds: [second], AddSecurityGroupIds: [b], RemoveSecurityGroupIds: [a] });
    expect(interfaces().sort()).toEqual(
      [
        [subnetId, "b"],
        [second, "b"],
      ].sort(),
    );
    const twin = account.subnet(vpcId, "10.0.2.0/28", "eu-west-1b");
    expect(() => modify({ AddSubnetIds: [twin] })).toThrow(
      expect.objectContaining({ code: "DuplicateSubnetsInSameZone" }),
    );
    modify({ RemoveSubnetIds: [subnetId] });
    expect(interfaces()).toEqual([[second, "b"]]);
    expect(act((context) => vpcEndpoints.get(context, id).NetworkInterfaceIds)).toHaveLength(1);
    act((context) => deleteVpcEndpoints(context, { VpcEndpointIds: [id] }));
    expect(interfaces()).toEqual([]);
  });
});

describe("a launch template", () => {
  it("has a name of its own and versions that count up", () => {
    const account = new Account();
    const create = () =>
      account.act((context) =>
        createLaunchTemplate(context, { LaunchTemplateData: {}, LaunchTemplateName: "nodes" }),
      );
    const { LaunchTemplateId } = create();
    expect(create).toThrow(code("InvalidLaunchTemplateName.AlreadyExistsException"));
    account.act((context) =>
      createLaunchTemplateVersion(context, { LaunchTemplateData: {}, LaunchTemplateId }),
    );
    const versions = () =>
      account.act((context) => {
        const { DefaultVersionNumber, LatestVersionNumber } = launchTemplates.get(context, LaunchTemplateId);
        return [DefaultVersionNumber, LatestVersionNumber];
      });
    expect(versions()).toEqual([1, 2]);
    account.act((context) => modifyLaunchTemplate(context, { LaunchTemplateId, DefaultVersion: "2" }));
    expect(versions()).toEqual([2, 2]);
  });
});
