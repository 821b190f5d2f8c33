import { type RequestContext } from "../../../../request-context";
import { Ec2Kind } from "../ec2-kind";
import { type Located, locationOf } from "../located";
import { removeTags } from "../tags";
import { rulesOf, securityGroupRules } from "./security-group-rule";

/** A security group. */
export interface SecurityGroup extends Located {
  readonly GroupId: string;
  readonly GroupName: string;
  readonly Description: string;
  readonly VpcId: string;
}

/** All security groups. */
export const securityGroups = new Ec2Kind<SecurityGroup>("security-group", "sg", [
  "InvalidGroup.NotFound",
  "security group",
]);

/** The name of the group that each VPC is created with. */
export const defaultGroupName = "default";

/** Makes a security group without rules, unchecked. */
export function makeSecurityGroup(
  context: RequestContext,
  group: Pick<SecurityGroup, "GroupName" | "Description" | "VpcId">,
): SecurityGroup {
  const GroupId = securityGroups.newId(context);
  return context.transaction.put(securityGroups, GroupId, { ...locationOf(context), GroupId, ...group });
}

/** Removes a security group with its rules, unchecked. One that does not exist is no error. */
export function removeSecurityGroup(context: RequestContext, id: string): void {
  for (const { SecurityGroupRuleId } of rulesOf(context.transaction, id)) {
    context.transaction.remove(securityGroupRules, SecurityGroupRuleId);
    removeTags(context, SecurityGroupRuleId);
  }
  context.transaction.remove(securityGroups, id);
  removeTags(context, id);
}

/** Security groups by their ids, as network interfaces name them. A group that does not exist has no name. */
export const groupIdentifiers = (
  context: RequestContext,
  ids: readonly string[],
): { readonly GroupId: string; readonly GroupName: string }[] =>
  ids.map((GroupId) => ({ GroupId, GroupName: securityGroups.find(context, GroupId)?.GroupName ?? "" }));
