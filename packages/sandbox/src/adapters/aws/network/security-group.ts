import { ServiceError } from "@cluster-ipam/cloud-model";
import { networkInterfaces, vpcs } from "@cluster-ipam/cloud-model/aws/ec2";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { standing, standingById } from "./standing";

const ruleTypes = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

/** `aws_security_group` */
export const securityGroup: ResourceModel = {
  create(context, planned) {
    const vpcId = new ConfigReader(planned).text("vpc_id");
    if (vpcId !== "") vpcs.get(context, vpcId);
    return {};
  },

  delete(context, state) {
    const id = new ConfigReader(state).text("id");
    const isUsed = networkInterfaces
      .all(context)
      .some(({ Groups }) => Groups.some(({ GroupId }) => GroupId === id));
    const isNamed = ruleTypes.some((type) =>
      standing(context, type).some(
        (rule) => rule.text("referenced_security_group_id") === id && rule.text("security_group_id") !== id,
      ),
    );
    if (isUsed || isNamed)
      throw new ServiceError("DependencyViolation", `resource ${id} has a dependent object`);
  },
};

/** A rule of a security group. */
export const securityGroupRule: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    checkGroup(context, asked.text("security_group_id"));
    const twin = standing(context, context.terraformType.type).find((rule) => isSameRule(rule, asked));
    if (twin)
      throw new ServiceError(
        "InvalidPermission.Duplicate",
        `the specified rule "peer: ${peerOf(asked)}, ${asked.text("ip_protocol").toUpperCase()}, from port: ${asked.number("from_port") ?? "-1"}, to port: ${asked.number("to_port") ?? "-1"}, ALLOW" already exists`,
      );
    return {};
  },

  read: (context, state) =>
    hasGroup(context, new ConfigReader(state).text("security_group_id")) ? {} : null,
};

function checkGroup(context: ResourceContext, id: string): void {
  if (!hasGroup(context, id))
    throw new ServiceError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
}

/** Groups that a service made (a VPC's default one, a cluster's) stand as well as Terraform's own. */
const hasGroup = (context: ResourceContext, id: string): boolean =>
  standingById(context, "aws_security_group", id) !== undefined ||
  vpcs.all(context).some(({ DefaultSecurityGroupId }) => DefaultSecurityGroupId === id) ||
  networkInterfaces.all(context).some(({ Groups }) => Groups.some(({ GroupId }) => GroupId === id));

const peers = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];

const peerOf = (rule: ConfigReader): string =>
  peers.map((name) => rule.text(name)).find((peer) => peer !== "") ?? "";

const isSameRule = (a: ConfigReader, b: ConfigReader): boolean =>
  ["security_group_id", "ip_protocol", ...peers].every((name) => a.text(name) === b.text(name)) &&
  ["from_port", "to_port"].every((name) => a.number(name) === b.number(name));
