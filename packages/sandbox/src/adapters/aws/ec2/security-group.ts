import {
  createSecurityGroup,
  deleteSecurityGroup,
  revokeSecurityGroupEgress,
  rulesOf,
  securityGroups,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { stringAt } from "../../arguments";
import { nameMembers, nameOf } from "../../generated-name";
import { type ResourceModel } from "../../resource-model";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_security_group`. Rules in its `ingress` and `egress` blocks are not modeled. */
export const securityGroup: ResourceModel = {
  create(context, planned) {
    const name = nameOf(context, planned);
    const { GroupId = "" } = createSecurityGroup(context, {
      GroupName: name,
      Description: stringAt(planned, "description"),
      VpcId: stringAt(planned, "vpc_id"),
      TagSpecifications: tagSpecifications("security-group", planned),
    });
    // The provider removes the rule that EC2 creates a group with.
    const rules = rulesOf(context.transaction, GroupId).map(({ SecurityGroupRuleId }) => SecurityGroupRuleId);
    revokeSecurityGroupEgress(context, { GroupId, SecurityGroupRuleIds: rules });
    return { id: GroupId, ...nameMembers(planned, name) };
  },
  update(context, prior, planned) {
    updateTags(context, securityGroups.get(context, String(prior["id"])).GroupId, prior, planned);
    return {};
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (securityGroups.find(context, id)) deleteSecurityGroup(context, { GroupId: id });
  },
  read(context, state) {
    const found = securityGroups.find(context, String(state["id"]));
    return found ? tagMembers(context, found.GroupId, state) : null;
  },
};
