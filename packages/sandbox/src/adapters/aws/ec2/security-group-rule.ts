import { type IpPermission } from "@aws-sdk/client-ec2";
import {
  arnOf,
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  modifySecurityGroupRules,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
  type SecurityGroupRule,
  securityGroupRules,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { numberAt, stringAt } from "../../arguments";
import { type ResourceModel } from "../../resource-model";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

interface Direction {
  readonly isEgress: boolean;
  readonly authorize: typeof authorizeSecurityGroupEgress;
  readonly revoke: typeof revokeSecurityGroupEgress;
}

const rule = ({ authorize, revoke, isEgress }: Direction): ResourceModel => ({
  create(context, planned) {
    const { SecurityGroupRules: [made] = [] } = authorize(context, {
      GroupId: stringAt(planned, "security_group_id"),
      IpPermissions: [permissionFrom(planned)],
      TagSpecifications: tagSpecifications("security-group-rule", planned),
    });
    return { id: made?.SecurityGroupRuleId ?? "" };
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    modifySecurityGroupRules(context, {
      GroupId: stringAt(planned, "security_group_id"),
      SecurityGroupRules: [
        {
          SecurityGroupRuleId: id,
          SecurityGroupRule: {
            IpProtocol: stringAt(planned, "ip_protocol"),
            FromPort: numberAt(planned, "from_port"),
            ToPort: numberAt(planned, "to_port"),
            CidrIpv4: stringAt(planned, "cidr_ipv4"),
            CidrIpv6: stringAt(planned, "cidr_ipv6"),
            PrefixListId: stringAt(planned, "prefix_list_id"),
            ReferencedGroupId: stringAt(planned, "referenced_security_group_id"),
            Description: stringAt(planned, "description"),
          },
        },
      ],
    });
    updateTags(context, id, prior, planned);
    return {};
  },
  delete(context, state) {
    const found = securityGroupRules.find(context, String(state["id"]));
    if (!found) return;
    const { GroupId, SecurityGroupRuleId } = found;
    revoke(context, { GroupId, SecurityGroupRuleIds: [SecurityGroupRuleId] });
  },
  read(context, state) {
    const found = securityGroupRules.find(context, String(state["id"]));
    return found ? tagMembers(context, found.SecurityGroupRuleId, state) : null;
  },
  find(context, id) {
    const found = securityGroupRules.find(context, id);
    return found?.IsEgress === isEgress
      ? { ...toTerraformState(found), ...tagMembers(context, id, {}) }
      : undefined;
  },
});

const toTerraformState = (found: SecurityGroupRule): ObjectValue => ({
  id: found.SecurityGroupRuleId,
  arn: arnOf(found, `security-group-rule/${found.SecurityGroupRuleId}`),
  cidr_ipv4: found.CidrIpv4 ?? null,
  cidr_ipv6: found.CidrIpv6 ?? null,
  description: found.Description ?? null,
  from_port: found.FromPort ?? null,
  ip_protocol: found.IpProtocol,
  prefix_list_id: found.PrefixListId ?? null,
  referenced_security_group_id: found.ReferencedGroupId ?? null,
  region: found.Region,
  security_group_id: found.GroupId,
  security_group_rule_id: found.SecurityGroupRuleId,
  to_port: found.ToPort ?? null,
});

/** `aws_vpc_security_group_ingress_rule`. */
export const securityGroupIngressRule = rule({
  isEgress: false,
  authorize: authorizeSecurityGroupIngress,
  revoke: revokeSecurityGroupIngress,
});

/** `aws_vpc_security_group_egress_rule`. */
export const securityGroupEgressRule = rule({
  isEgress: true,
  authorize: authorizeSecurityGroupEgress,
  revoke: revokeSecurityGroupEgress,
});

function permissionFrom(planned: ObjectValue): IpPermission {
  const [ipv4, ipv6, list, group] = [
    stringAt(planned, "cidr_ipv4"),
    stringAt(planned, "cidr_ipv6"),
    stringAt(planned, "prefix_list_id"),
    stringAt(planned, "referenced_security_group_id"),
  ];
  const Description = stringAt(planned, "description");
  return {
    IpProtocol: stringAt(planned, "ip_protocol"),
    FromPort: numberAt(planned, "from_port"),
    ToPort: numberAt(planned, "to_port"),
    IpRanges: ipv4 === undefined ? [] : [{ CidrIp: ipv4, Description }],
    Ipv6Ranges: ipv6 === undefined ? [] : [{ CidrIpv6: ipv6, Description }],
    PrefixListIds: list === undefined ? [] : [{ PrefixListId: list, Description }],
    UserIdGroupPairs: group === undefined ? [] : [{ GroupId: group, Description }],
  };
}
