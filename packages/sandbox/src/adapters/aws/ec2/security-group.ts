import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  arnOf,
  createSecurityGroup,
  deleteSecurityGroup,
  revokeSecurityGroupEgress,
  rulesOf,
  type SecurityGroup,
  type SecurityGroupRule,
  securityGroups,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { stringAt } from "../../arguments";
import { nameMembers, nameOf } from "../../generated-name";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
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
  find(context, id) {
    const found = securityGroups.find(context, id);
    return found && { ...toTerraformState(context, found), ...tagMembers(context, id, {}) };
  },
};

const toTerraformState = ({ transaction }: ResourceContext, found: SecurityGroup): ObjectValue => {
  const rules = rulesOf(transaction, found.GroupId);
  const blocks = (isEgress: boolean) =>
    blocksOf(
      found.GroupId,
      rules.filter(({ IsEgress }) => IsEgress === isEgress),
    );
  return {
    id: found.GroupId,
    arn: arnOf(found, `security-group/${found.GroupId}`),
    description: found.Description,
    egress: blocks(true),
    ingress: blocks(false),
    name: found.GroupName,
    owner_id: found.OwnerId,
    region: found.Region,
    vpc_id: found.VpcId,
  };
};

/** Rules as blocks: one per protocol, range of ports and description, with all their peers. */
function blocksOf(groupId: string, rules: readonly SecurityGroupRule[]): ObjectValue[] {
  const same = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.IpProtocol, rule.FromPort, rule.ToPort, rule.Description]);
    same.set(key, [...(same.get(key) ?? []), rule]);
  }
  return [...same.values()].map((alike) => {
    const peers = (peer: (rule: SecurityGroupRule) => string | undefined) =>
      alike.flatMap((rule) => peer(rule) ?? []);
    const groups = peers(({ ReferencedGroupId }) => ReferencedGroupId);
    return {
      cidr_blocks: peers(({ CidrIpv4 }) => CidrIpv4),
      description: alike[0]?.Description ?? "",
      from_port: alike[0]?.FromPort ?? 0,
      ipv6_cidr_blocks: peers(({ CidrIpv6 }) => CidrIpv6),
      prefix_list_ids: peers(({ PrefixListId }) => PrefixListId),
      protocol: alike[0]?.IpProtocol ?? "",
      security_groups: groups.filter((id) => id !== groupId),
      self: groups.includes(groupId),
      to_port: alike[0]?.ToPort ?? 0,
    };
  });
}
