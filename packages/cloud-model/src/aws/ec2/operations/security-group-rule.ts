import {
  type AuthorizeSecurityGroupEgressRequest,
  type AuthorizeSecurityGroupEgressResult,
  type AuthorizeSecurityGroupIngressRequest,
  type AuthorizeSecurityGroupIngressResult,
  type IpPermission,
  type ModifySecurityGroupRulesRequest,
  type ModifySecurityGroupRulesResult,
  type RevokeSecurityGroupEgressRequest,
  type RevokeSecurityGroupEgressResult,
  type RevokeSecurityGroupIngressRequest,
  type RevokeSecurityGroupIngressResult,
  type SecurityGroupRule as SecurityGroupRuleShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { securityGroups } from "../documents/connectivity/security-group";
import { type SecurityGroupRule, securityGroupRules } from "../documents/connectivity/security-group-rule";
import { arnOf, locationOf } from "../documents/located";
import { required } from "../documents/refusals";
import { removeTags, tagsOf } from "../documents/tags";
import { checkNewRule } from "../rules/security-group";
import { addTags, tagsFor } from "../rules/tags";

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

/** Removes inbound rules by their ids. */
export const revokeSecurityGroupIngress = (
  context: RequestContext,
  input: RevokeSecurityGroupIngressRequest,
): RevokeSecurityGroupIngressResult => revoke(context, input);

/** Removes outbound rules by their ids. */
export const revokeSecurityGroupEgress = (
  context: RequestContext,
  input: RevokeSecurityGroupEgressRequest,
): RevokeSecurityGroupEgressResult => revoke(context, input);

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
      IpProtocol: wanted?.IpProtocol ?? before.IpProtocol,
      FromPort: wanted?.FromPort,
      ToPort: wanted?.ToPort,
      CidrIpv4: wanted?.CidrIpv4,
      CidrIpv6: wanted?.CidrIpv6,
      PrefixListId: wanted?.PrefixListId,
      ReferencedGroupId: wanted?.ReferencedGroupId,
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
  const added = (input.IpPermissions ?? []).flatMap(rulesFrom).map((wanted) => {
    const SecurityGroupRuleId = securityGroupRules.newId(context);
    const rule = { ...locationOf(context), SecurityGroupRuleId, GroupId, IsEgress, ...wanted };
    checkNewRule(context, rule);
    addTags(context, SecurityGroupRuleId, "security-group-rule", tags);
    return context.transaction.put(securityGroupRules, SecurityGroupRuleId, rule);
  });
  return { Return: true, SecurityGroupRules: added.map((rule) => ruleShape(context, rule)) };
}

function revoke(
  context: RequestContext,
  input: RevokeSecurityGroupIngressRequest,
): RevokeSecurityGroupIngressResult {
  const { GroupId } = securityGroups.get(context, input.GroupId);
  for (const id of required(input.SecurityGroupRuleIds, "SecurityGroupRuleIds")) {
    const { SecurityGroupRuleId } = ruleIn(context, GroupId, id);
    context.transaction.remove(securityGroupRules, SecurityGroupRuleId);
    removeTags(context, SecurityGroupRuleId);
  }
  return { Return: true };
}

/** @throws ServiceError unless the group has that rule */
function ruleIn(context: RequestContext, groupId: string, id: string | undefined): SecurityGroupRule {
  const rule = securityGroupRules.get(context, id);
  if (rule.GroupId !== groupId) throw securityGroupRules.notFound(rule.SecurityGroupRuleId);
  return rule;
}

type RuleBody = Pick<
  SecurityGroupRule,
  "IpProtocol" | "FromPort" | "ToPort" | "CidrIpv4" | "CidrIpv6" | "PrefixListId" | "ReferencedGroupId"
>;

function rulesFrom(permission: IpPermission): readonly RuleBody[] {
  const { FromPort, ToPort } = permission;
  const IpProtocol = required(permission.IpProtocol, "IpProtocol");
  return [
    ...(permission.IpRanges ?? []).map(({ CidrIp }) => ({ CidrIpv4: CidrIp })),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => ({ CidrIpv6 })),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId }) => ({ PrefixListId })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId }) => ({ ReferencedGroupId: GroupId })),
  ].map((peer) => ({ IpProtocol, FromPort, ToPort, ...peer }));
}

/** A rule in the SDK's shape. */
export const ruleShape = (
  { transaction }: RequestContext,
  rule: SecurityGroupRule,
): SecurityGroupRuleShape => {
  const { OwnerId, Region: _, ReferencedGroupId, ...members } = rule;
  return {
    ...members,
    GroupOwnerId: OwnerId,
    SecurityGroupRuleArn: arnOf(rule, `security-group-rule/${rule.SecurityGroupRuleId}`),
    ReferencedGroupInfo: ReferencedGroupId === undefined ? undefined : { GroupId: ReferencedGroupId },
    Tags: tagsOf(transaction, rule.SecurityGroupRuleId),
  };
};
