import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import {
  defaultGroupName,
  type SecurityGroup,
  securityGroups,
} from "../documents/connectivity/security-group";
import {
  peerOf,
  rulesOf,
  type SecurityGroupRule,
  securityGroupRules,
} from "../documents/connectivity/security-group-rule";
import { type Located } from "../documents/located";
import { networkInterfaces } from "../documents/network-interface";

/** @throws ServiceError `InvalidGroup.Duplicate` if the VPC has a group of that name */
export function checkGroupName(context: RequestContext, vpcId: string, name: string): void {
  if (securityGroups.all(context).some(({ VpcId, GroupName }) => VpcId === vpcId && GroupName === name))
    throw new ServiceError(
      "InvalidGroup.Duplicate",
      `The security group '${name}' already exists for VPC '${vpcId}'`,
    );
}

/** @throws ServiceError for a VPC's default group, and while a network interface or another group's rule uses it */
export function checkGroupUnused(context: RequestContext, { GroupId: id, GroupName }: SecurityGroup): void {
  if (GroupName === defaultGroupName)
    throw new ServiceError(
      "CannotDelete",
      `the specified group: "${id}" name: "${GroupName}" cannot be deleted by a user`,
    );
  const onInterface = networkInterfaces
    .all(context)
    .some(({ Groups }) => Groups.some(({ GroupId }) => GroupId === id));
  const inRule = securityGroupRules
    .all(context)
    .some(({ GroupId, ReferencedGroupId }) => ReferencedGroupId === id && GroupId !== id);
  if (onInterface || inRule)
    throw new ServiceError("DependencyViolation", `resource ${id} has a dependent object`);
}

type NewRule = Omit<SecurityGroupRule, "SecurityGroupRuleId" | keyof Located>;

/** Whether two rules of a group allow the same. */
export const isSameRule = (a: NewRule, b: NewRule): boolean =>
  a.IsEgress === b.IsEgress &&
  a.IpProtocol === b.IpProtocol &&
  a.FromPort === b.FromPort &&
  a.ToPort === b.ToPort &&
  peerOf(a) === peerOf(b);

/** @throws ServiceError `InvalidPermission.Duplicate` if the group has the same rule under another id */
export function checkNewRule({ transaction }: RequestContext, rule: SecurityGroupRule): void {
  const duplicate = rulesOf(transaction, rule.GroupId).some(
    (other) => other.SecurityGroupRuleId !== rule.SecurityGroupRuleId && isSameRule(other, rule),
  );
  if (!duplicate) return;
  const { IpProtocol, FromPort = -1, ToPort = -1 } = rule;
  throw new ServiceError(
    "InvalidPermission.Duplicate",
    `the specified rule "peer: ${peerOf(rule)}, ${IpProtocol.toUpperCase()}, from port: ${FromPort}, to port: ${ToPort}, ALLOW" already exists`,
  );
}
