import {
  type CreateSecurityGroupRequest,
  type CreateSecurityGroupResult,
  type DeleteSecurityGroupRequest,
  type DeleteSecurityGroupResult,
  type DescribeSecurityGroupsRequest,
  type DescribeSecurityGroupsResult,
  type IpPermission,
  type SecurityGroup as SecurityGroupShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import {
  makeSecurityGroup,
  removeSecurityGroup,
  type SecurityGroup,
  securityGroups,
} from "../documents/connectivity/security-group";
import { rulesOf, type SecurityGroupRule } from "../documents/connectivity/security-group-rule";
import { arnOf } from "../documents/located";
import { required } from "../documents/refusals";
import { tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { checkGroupName, checkGroupUnused } from "../rules/security-group";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";
import { authorizeSecurityGroupEgress } from "./security-group-rule";

/** Creates a security group that allows all IPv4 egress. Without a VPC it belongs to none. */
export function createSecurityGroup(
  context: RequestContext,
  input: CreateSecurityGroupRequest,
): CreateSecurityGroupResult {
  const VpcId = input.VpcId === undefined ? "" : vpcs.get(context, input.VpcId).VpcId;
  const GroupName = required(input.GroupName, "GroupName");
  checkGroupName(context, VpcId, GroupName);
  const group = makeSecurityGroup(context, { GroupName, Description: input.Description ?? "", VpcId });
  const { GroupId } = group;
  addTags(context, GroupId, "security-group", tagsFor("security-group", input.TagSpecifications));
  authorizeSecurityGroupEgress(context, {
    GroupId,
    IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
  });
  return {
    GroupId,
    SecurityGroupArn: arnOf(group, `security-group/${GroupId}`),
    Tags: tagsOf(context.transaction, GroupId),
  };
}

/** Deletes a security group that nothing uses, with its rules. */
export function deleteSecurityGroup(
  context: RequestContext,
  input: DeleteSecurityGroupRequest,
): DeleteSecurityGroupResult {
  const group = securityGroups.get(context, input.GroupId);
  checkGroupUnused(context, group);
  removeSecurityGroup(context, group.GroupId);
  return { Return: true, GroupId: group.GroupId };
}

/** Lists security groups with their rules. */
export function describeSecurityGroups(
  context: RequestContext,
  input: DescribeSecurityGroupsRequest,
): DescribeSecurityGroupsResult {
  const { documents, NextToken } = filterAndPage(
    context,
    securityGroups.all(context),
    listingIn(context),
    input,
    input.GroupIds,
  );
  return { SecurityGroups: documents.map((group) => toShape(context, group)), NextToken };
}

/** The filters of the rules of a direction. @param prefix `egress.` for outbound rules */
function ruleFilters(
  { transaction }: RequestContext,
  isEgress: boolean,
  prefix: string,
): Listing<SecurityGroup>["filters"] {
  const each =
    (value: (rule: SecurityGroupRule) => string | number | undefined) =>
    ({ GroupId }: SecurityGroup) =>
      rulesOf(transaction, GroupId)
        .filter(({ IsEgress }) => IsEgress === isEgress)
        .map((rule) => value(rule)?.toString());
  const members: Readonly<Record<string, (rule: SecurityGroupRule) => string | number | undefined>> = {
    cidr: ({ CidrIpv4 }) => CidrIpv4,
    "from-port": ({ FromPort }) => FromPort,
    "group-id": ({ ReferencedGroupId }) => ReferencedGroupId,
    "group-name": ({ ReferencedGroupId: id }) => id && transaction.get(securityGroups, id)?.GroupName,
    "ipv6-cidr": ({ CidrIpv6 }) => CidrIpv6,
    "prefix-list-id": ({ PrefixListId }) => PrefixListId,
    protocol: ({ IpProtocol }) => IpProtocol,
    "to-port": ({ ToPort }) => ToPort,
    "user-id": ({ ReferencedGroupId: id }) => id && transaction.get(securityGroups, id)?.OwnerId,
  };
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [`${prefix}ip-permission.${name}`, each(value)]),
  );
}

const listingIn = (context: RequestContext): Listing<SecurityGroup> => ({
  idOf: ({ GroupId }) => GroupId,
  missing: (id) => securityGroups.notFound(id),
  filters: {
    description: ({ Description }) => Description,
    "group-id": ({ GroupId }) => GroupId,
    "group-name": ({ GroupName }) => GroupName,
    "owner-id": ({ OwnerId }) => OwnerId,
    "vpc-id": ({ VpcId }) => VpcId,
    ...ruleFilters(context, false, ""),
    ...ruleFilters(context, true, "egress."),
  },
});

function toShape({ transaction }: RequestContext, group: SecurityGroup): SecurityGroupShape {
  const { GroupId, GroupName, Description, OwnerId, VpcId } = group;
  const rules = rulesOf(transaction, GroupId);
  const permissions = (isEgress: boolean) =>
    permissionsFrom(
      OwnerId,
      rules.filter(({ IsEgress }) => IsEgress === isEgress),
    );
  return {
    GroupId,
    GroupName,
    Description,
    OwnerId,
    ...(VpcId !== "" && { VpcId }),
    SecurityGroupArn: arnOf(group, `security-group/${GroupId}`),
    IpPermissions: permissions(false),
    IpPermissionsEgress: permissions(true),
    Tags: tagsOf(transaction, GroupId),
  };
}

/** Rules as permissions: one per protocol and range of ports, with all their peers. */
function permissionsFrom(owner: string, rules: readonly SecurityGroupRule[]): IpPermission[] {
  const byPorts = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const ports = [rule.IpProtocol, rule.FromPort, rule.ToPort].join("|");
    byPorts.set(ports, [...(byPorts.get(ports) ?? []), rule]);
  }
  return [...byPorts.values()].map((same) => ({
    IpProtocol: same[0]!.IpProtocol,
    FromPort: same[0]!.FromPort,
    ToPort: same[0]!.ToPort,
    IpRanges: same.flatMap(({ CidrIpv4, Description }) =>
      CidrIpv4 ? [{ CidrIp: CidrIpv4, Description }] : [],
    ),
    Ipv6Ranges: same.flatMap(({ CidrIpv6, Description }) => (CidrIpv6 ? [{ CidrIpv6, Description }] : [])),
    PrefixListIds: same.flatMap(({ PrefixListId, Description }) =>
      PrefixListId ? [{ PrefixListId, Description }] : [],
    ),
    UserIdGroupPairs: same.flatMap(({ ReferencedGroupId, Description }) =>
      ReferencedGroupId ? [{ GroupId: ReferencedGroupId, UserId: owner, Description }] : [],
    ),
  }));
}
