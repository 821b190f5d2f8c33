import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  type AuthorizeSecurityGroupIngressRequest,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { Clients, codeOf } from "./clients";

let clients: Clients;
let ec2: EC2Client;
let VpcId: string;
let GroupId: string;

beforeEach(async () => {
  clients = await Clients.start();
  ec2 = clients.ec2();
  VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc!.VpcId!;
  GroupId = await group("nodes");
});
afterEach(() => clients.stop());

const group = async (GroupName: string): Promise<string> =>
  (await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: "for nodes", VpcId }))).GroupId!;
const allow = (request: AuthorizeSecurityGroupIngressRequest) =>
  ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, ...request }));
const described = async () =>
  (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }))).SecurityGroups![0]!;
const rules = async () => {
  const Filters = [{ Name: "group-id", Values: [GroupId] }];
  return (await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }))).SecurityGroupRules!;
};
const https: IpPermission = {
  IpProtocol: "tcp",
  FromPort: 443,
  ToPort: 443,
  IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "inside" }],
};

it("begins with a rule that allows all outbound traffic", async () => {
  expect(await rules()).toEqual([
    expect.objectContaining({
      GroupId,
      GroupOwnerId: "123456789012",
      IsEgress: true,
      IpProtocol: "-1",
      FromPort: -1,
      ToPort: -1,
      CidrIpv4: "0.0.0.0/0",
    }),
  ]);
});

it("gets one rule per permission and peer, and loses them by id or by what they allow", async () => {
  const other = await group("control-plane");
  const both: IpPermission = { ...https, UserIdGroupPairs: [{ GroupId: other, UserId: "123456789012" }] };
  const { SecurityGroupRules } = await allow({ IpPermissions: [both] });
  expect(SecurityGroupRules).toHaveLength(2);
  await allow({ IpProtocol: "6", FromPort: 22, ToPort: 22, CidrIp: "10.1.2.3/16" });
  expect((await described()).IpPermissions).toEqual([
    expect.objectContaining({
      IpProtocol: "tcp",
      FromPort: 443,
      IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "inside" }],
      UserIdGroupPairs: [{ GroupId: other, UserId: "123456789012" }],
    }),
    expect.objectContaining({ IpProtocol: "tcp", FromPort: 22, IpRanges: [{ CidrIp: "10.1.0.0/16" }] }),
  ]);
  const SecurityGroupRuleIds = [SecurityGroupRules![1]!.SecurityGroupRuleId!];
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https] }));
  const all = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [all] }));
  expect((await rules()).map(({ FromPort }) => FromPort)).toEqual([22]);
});

it("has its rules changed in place", async () => {
  const { SecurityGroupRules } = await allow({ IpPermissions: [https] });
  const { SecurityGroupRuleId } = SecurityGroupRules![0]!;
  const SecurityGroupRule = {
    IpProtocol: "udp",
    FromPort: 53,
    ToPort: 53,
    CidrIpv4: "10.9.0.0/16",
    Description: "dns",
  };
  await ec2.send(
    new ModifySecurityGroupRulesCommand({
      GroupId,
      SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
    }),
  );
  expect(await rules()).toContainEqual(
    expect.objectContaining({ SecurityGroupRuleId, ...SecurityGroupRule }),
  );
});

it("goes when nothing uses it", async () => {
  const subnet = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.0.0/24" }));
  const { SubnetId } = subnet.Subnet!;
  await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Groups: [GroupId] }));
  const deletion = (id: string) => ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
  expect(await codeOf(deletion(GroupId))).toBe("DependencyViolation");
  const unused = await group("unused");
  await deletion(unused);
  expect(await codeOf(deletion(unused))).toBe("InvalidGroup.NotFound");
});

it.each<[string, AuthorizeSecurityGroupIngressRequest]>([
  ["InvalidPermission.Duplicate", { IpPermissions: [https, https] }],
  ["InvalidParameterValue", { IpPermissions: [{ ...https, FromPort: undefined }] }],
  ["InvalidParameterValue", { IpPermissions: [{ ...https, ToPort: 80 }] }],
  ["InvalidParameterValue", { IpPermissions: [{ ...https, IpRanges: [{ CidrIp: "10.0.0.0/33" }] }] }],
  ["MissingParameter", { IpProtocol: "tcp", FromPort: 22, ToPort: 22 }],
  ["MissingParameter", {}],
  ["InvalidParameterCombination", { IpPermissions: [https], CidrIp: "10.0.0.0/8" }],
  [
    "UnsupportedOperation",
    { SourceSecurityGroupName: "x", IpProtocol: "tcp", FromPort: 1, ToPort: 2, CidrIp: "10.0.0.0/8" },
  ],
  [
    "UnsupportedOperation",
    { IpPermissions: [{ ...https, UserIdGroupPairs: [{ GroupId: "sg-1", UserId: "222222222222" }] }] },
  ],
])("is refused a rule with %s: %j", async (code, request) => {
  expect(await codeOf(allow(request))).toBe(code);
  expect(await rules()).toHaveLength(1);
});

it("keeps its rules when a revocation names one that it does not have", async () => {
  await allow({ IpPermissions: [https] });
  const other = { ...https, FromPort: 80 };
  const revocation = new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https, other] });
  expect(await codeOf(ec2.send(revocation))).toBe("InvalidPermission.NotFound");
  const outbound = new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [https] });
  expect(await codeOf(ec2.send(outbound))).toBe("InvalidPermission.NotFound");
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [https] }));
  expect(await rules()).toHaveLength(3);
});
