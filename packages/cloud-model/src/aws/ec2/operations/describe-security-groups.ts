import {
  type DescribeSecurityGroupRulesRequest,
  type DescribeSecurityGroupRulesResult,
  type DescribeSecurityGroupsRequest,
  type DescribeSecurityGroupsResult,
  type IpPermission,
  type SecurityGroup as SecurityGroupShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { type SecurityGroup, securityGroups } from "../documents/connectivity/security-group";
import {
  rulesOf,
  type SecurityGroupRule,
  securityGroupRules,
} from "../documents/connectivity/security-group-rule";
import { arnOf } from "../documents/located";
import { tagsOf } from "../documents/tags";
import { filterAndPage, type Listing } from "./filter-and-page";
import { ruleShape } from "./security-group-rule";

/** Lists security groups with their rules. */
export function describeSecurityGroups(
  context: RequestContext,
  input: DescribeSecurityGroupsRequest,
): DescribeSecurityGroupsResult {
  const { GroupNames } = input;
  const all = securityGroups.all(context);
  const named = GroupNames ? all.filter(({ GroupName }) => GroupNames.includes(GroupName)) : all;
  const missingName = GroupNames?.find((name) => !named.some(({ GroupName }) => GroupName === name));
  if (missingName !== undefined) throw securityGroups.notFound(missingName);
  const listing = groupListing(context);
  const { documents, NextToken } = filterAndPage(context, named, listing, input, input.GroupIds);
  return { SecurityGroups: documents.map((group) => groupShape(context, group)), NextToken };
}

/** Lists the rules of security groups. */
export function describeSecurityGroupRules(
  context: RequestContext,
  input: DescribeSecurityGroupRulesRequest,
): DescribeSecurityGroupRulesResult {
  const { documents, NextToken } = filterAndPage(
    context,
    securityGroupRules.all(context),
    ruleListing,
    input,
    input.SecurityGroupRuleIds,
  );
  return { SecurityGroupRules: documents.map((rule) => ruleShape(context, rule)), NextToken };
}

const ruleListing: Listing<SecurityGroupRule> = {
  action: "DescribeSecurityGroupRules",
  idOf: ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  missing: (id) => securityGroupRules.notFound(id),
  filters: {
    "group-id": ({ GroupId }) => GroupId,
    "security-group-rule-id": ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  },
};

/** The filters of rules, for inbound (`ip-permission.`) and outbound (`egress.ip-permission.`) ones. */
const ruleFilters: Readonly<Record<string, (rule: SecurityGroupRule) => string | undefined>> = {
  cidr: ({ CidrIpv4 }) => CidrIpv4,
  "from-port": ({ FromPort }) => FromPort?.toString(),
  "group-id": ({ ReferencedGroupId }) => ReferencedGroupId,
  "ipv6-cidr": ({ CidrIpv6 }) => CidrIpv6,
  "prefix-list-id": ({ PrefixListId }) => PrefixListId,
  protocol: ({ IpProtocol }) => IpProtocol,
  "to-port": ({ ToPort }) => ToPort?.toString(),
};

const groupListing = ({ transaction }: RequestContext): Listing<SecurityGroup> => ({
  action: "DescribeSecurityGroups",
  idOf: ({ GroupId }) => GroupId,
  missing: (id) => securityGroups.notFound(id),
  idsOrPage: true,
  filters: {
    description: ({ Description }) => Description,
    "group-id": ({ GroupId }) => GroupId,
    "group-name": ({ GroupName }) => GroupName,
    "owner-id": ({ OwnerId }) => OwnerId,
    "vpc-id": ({ VpcId }) => VpcId,
    ...Object.fromEntries(
      [false, true].flatMap((egress) =>
        Object.entries(ruleFilters).map(([name, valueOf]) => [
          `${egress ? "egress." : ""}ip-permission.${name}`,
          ({ GroupId }: SecurityGroup) =>
            rulesOf(transaction, GroupId)
              .filter(({ IsEgress }) => IsEgress === egress)
              .map(valueOf),
        ]),
      ),
    ),
  },
});

function groupShape({ transaction }: RequestContext, group: SecurityGroup): SecurityGroupShape {
  const { Region: _, VpcId, ...members } = group;
  const rules = rulesOf(transaction, group.GroupId);
  return {
    ...members,
    ...(VpcId && { VpcId }),
    IpPermissions: permissionsFrom(rules.filter(({ IsEgress }) => !IsEgress)),
    IpPermissionsEgress: permissionsFrom(rules.filter(({ IsEgress }) => IsEgress)),
    SecurityGroupArn: arnOf(group, `security-group/${group.GroupId}`),
    Tags: tagsOf(transaction, group.GroupId),
  };
}

/** Rules as permissions: the peers of the same protocol and ports together. */
function permissionsFrom(rules: readonly SecurityGroupRule[]): IpPermission[] {
  const groups = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const key = [rule.IpProtocol, rule.FromPort, rule.ToPort].join("|");
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].map((peers) => ({
    IpProtocol: peers[0]?.IpProtocol,
    FromPort: peers[0]?.FromPort,
    ToPort: peers[0]?.ToPort,
    IpRanges: peers.flatMap(({ CidrIpv4 }) => (CidrIpv4 ? [{ CidrIp: CidrIpv4 }] : [])),
    Ipv6Ranges: peers.flatMap(({ CidrIpv6 }) => (CidrIpv6 ? [{ CidrIpv6 }] : [])),
    PrefixListIds: peers.flatMap(({ PrefixListId }) => (PrefixListId ? [{ PrefixListId }] : [])),
    UserIdGroupPairs: peers.flatMap(({ ReferencedGroupId, OwnerId }) =>
      ReferencedGroupId ? [{ GroupId: ReferencedGroupId, UserId: OwnerId }] : [],
    ),
  }));
}
