import {
  type CreateSecurityGroupRequest,
  type CreateSecurityGroupResult,
  type DeleteSecurityGroupRequest,
  type DeleteSecurityGroupResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import {
  makeSecurityGroup,
  removeSecurityGroup,
  securityGroups,
} from "../documents/connectivity/security-group";
import { arnOf } from "../documents/located";
import { required } from "../documents/refusals";
import { tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { checkGroupName, checkGroupUnused } from "../rules/security-group";
import { addTags, tagsFor } from "../rules/tags";
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
