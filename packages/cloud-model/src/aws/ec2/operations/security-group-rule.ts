import {
  type AuthorizeSecurityGroupEgressRequest,
  type AuthorizeSecurityGroupEgressResult,
  type AuthorizeSecurityGroupIngressRequest,
  type AuthorizeSecurityGroupIngressResult,
  type DescribeSecurityGroupRulesRequest,
  type DescribeSecurityGroupRulesResult,
  type ModifySecurityGroupRulesRequest,
  type ModifySecurityGroupRulesResult,
  type RevokeSecurityGroupEgressRequest,
  type RevokeSecurityGroupEgressResult,
  type RevokeSecurityGroupIngressRequest,
  type RevokeSecurityGroupIngressResult,
  type SecurityGroupRule as SecurityGroupRuleShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { securityGroups } from "../documents/connectivity/security-group";
import {
  rulesOf,
  type SecurityGroupRule,
  securityGroupRules,
} from "../documents/connectivity/security-group-rule";
import { arnOf, locationOf } from "../documents/located";
import { removeTags, tagsOf } from "../documents/tags";
import { checkedBody, type RuleBody, rulesIn } from "../rules/ip-permission";
import { checkNewRule, isSameRule } from "../rules/security-group";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Adds inbound rules, one per permission and peer. */
export const authorizeSecurityGroupIngress = (
  context: RequestContext,
  input: AuthorizeSecurityGroupIngressRequest,
): AuthorizeSecurityGroupIngressResult => authorize(context, input, false);

/** Adds outbound rules, one per permission and peer. */
export const authorizeSecurityGroupEgress = (
  context: RequestContext,
  input: AuthorizeSecurityGroupEgressRequest,
): AuthorizeSecurityGroupEgressResult => authorize(context, input, true);

/** Removes inbound rules, by their ids or by what they allow. */
export const revokeSecurityGroupIngress = (
  context: RequestContext,
  input: RevokeSecurityGroupIngressRequest,
): RevokeSecurityGroupIngressResult => revoke(context, input, false);

/** Removes outbound rules, by their ids or by what they allow. */
export const revokeSecurityGroupEgress = (
  context: RequestContext,
  input: RevokeSecurityGroupEgressRequest,
): RevokeSecurityGroupEgressResult => revoke(context, input, true);

/** Lists the rules of security groups. */
export function describeSecurityGroupRules(
  context: RequestContext,
  input: DescribeSecurityGroupRulesRequest,
): DescribeSecurityGroupRulesResult {
  const all = securityGroupRules.all(context);
  const { documents, NextToken } = filterAndPage(context, all, listing, input, input.SecurityGroupRuleIds);
  return { SecurityGroupRules: documents.map((rule) => toShape(context, rule)), NextToken };
}

/** Changes protocol, ports and peer of rules. */
export function modifySecurityGroupRules(
  context: RequestContext,
  input: ModifySecurityGroupRulesRequest,
): ModifySecurityGroupRulesResult {
  const { GroupId } = securityGroups.get(context, input.GroupId);
  for (const { SecurityGroupRuleId, SecurityGroupRule: wanted } of input.SecurityGroupRules ?? []) {
    const before = ruleIn(context, GroupId, SecurityGroupRuleId);
    const rule: SecurityGroupRule = {
      ...before,
      ...checkedBody({
        IpProtocol: wanted?.IpProtocol ?? before.IpProtocol,
        FromPort: wanted?.FromPort,
        ToPort: wanted?.ToPort,
        CidrIpv4: wanted?.CidrIpv4,
        CidrIpv6: wanted?.CidrIpv6,
        PrefixListId: wanted?.PrefixListId,
        ReferencedGroupId: wanted?.ReferencedGroupId,
        Description: wanted?.Description,
      }),
    };
    checkNewRule(context, rule);
    context.transaction.put(securityGroupRules, rule.SecurityGroupRuleId, rule);
  }
  return { Return: true };
}

function authorize(
  context: RequestContext,
  input: AuthorizeSecurityGroupIngressRequest,
  IsEgress: boolean,
): { Return: true; SecurityGroupRules: SecurityGroupRuleShape[] } {
  const { GroupId } = securityGroups.get(context, input.GroupId);
  const tags = tagsFor("security-group-rule", input.TagSpecifications);
  const added = rulesIn(context, input).map((wanted) => {
    const SecurityGroupRuleId = securityGroupRules.newId(context);
    const rule = { ...locationOf(context), SecurityGroupRuleId, GroupId, IsEgress, ...wanted };
    checkNewRule(context, rule);
    addTags(context, SecurityGroupRuleId, "security-group-rule", tags);
    return context.transaction.put(securityGroupRules, SecurityGroupRuleId, rule);
  });
  return { Return: true, SecurityGroupRules: added.map((rule) => toShape(context, rule)) };
}

function revoke(
  context: RequestContext,
  input: RevokeSecurityGroupIngressRequest,
  IsEgress: boolean,
): RevokeSecurityGroupIngressResult {
  const { GroupId } = securityGroups.get(context, input.GroupId);
  const gone = input.SecurityGroupRuleIds
    ? input.SecurityGroupRuleIds.map((id) => ruleIn(context, GroupId, id))
    : rulesIn(context, input).map((body) => sameRuleIn(context, { GroupId, IsEgress, ...body }));
  const RevokedSecurityGroupRules = gone.map(({ Region: _, OwnerId: _owner, ...rule }) => rule);
  for (const { SecurityGroupRuleId } of gone) {
    context.transaction.remove(securityGroupRules, SecurityGroupRuleId);
    removeTags(context, SecurityGroupRuleId);
  }
  return { Return: true, RevokedSecurityGroupRules };
}

/** The rule of a group that allows the same. @throws ServiceError `InvalidPermission.NotFound` */
function sameRuleIn(
  { transaction }: RequestContext,
  wanted: RuleBody & Pick<SecurityGroupRule, "GroupId" | "IsEgress">,
): SecurityGroupRule {
  const found = rulesOf(transaction, wanted.GroupId).find((rule) => isSameRule(rule, wanted));
  if (found) return found;
  throw new ServiceError(
    "InvalidPermission.NotFound",
    "The specified rule does not exist in this security group.",
  );
}

/** @throws ServiceError unless the group has that rule */
function ruleIn(context: RequestContext, groupId: string, id: string | undefined): SecurityGroupRule {
  const rule = securityGroupRules.get(context, id);
  if (rule.GroupId !== groupId) throw securityGroupRules.notFound(rule.SecurityGroupRuleId);
  return rule;
}

const listing: Listing<SecurityGroupRule> = {
  idOf: ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  missing: (id) => securityGroupRules.notFound(id),
  filters: {
    "group-id": ({ GroupId }) => GroupId,
    "security-group-rule-id": ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  },
};

const toShape = ({ transaction }: RequestContext, rule: SecurityGroupRule): SecurityGroupRuleShape => {
  const { OwnerId, Region: _, ReferencedGroupId, ...members } = rule;
  return {
    ...members,
    FromPort: members.FromPort ?? -1,
    ToPort: members.ToPort ?? -1,
    GroupOwnerId: OwnerId,
    ReferencedGroupInfo:
      ReferencedGroupId === undefined ? undefined : { GroupId: ReferencedGroupId, UserId: OwnerId },
    SecurityGroupRuleArn: arnOf(rule, `security-group-rule/${rule.SecurityGroupRuleId}`),
    Tags: tagsOf(transaction, rule.SecurityGroupRuleId),
  };
};
