import { Asked } from "../../asked";
import { type ResourceModel, type Scene } from "../../resource-model";
import { ServiceError } from "../../service-error";
import { networkInterfaces } from "../ec2/network-interface";
import { vpcs } from "../ec2/vpc";
import { standing, standingById } from "./standing";

const ruleTypes = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

/** `aws_security_group` */
export const securityGroup: ResourceModel = {
  create(scene, planned) {
    const vpcId = new Asked(planned).text("vpc_id");
    if (vpcId !== "") vpcs.get(scene, vpcId);
    return {};
  },

  delete(scene, state) {
    const id = new Asked(state).text("id");
    const isUsed = networkInterfaces
      .all(scene)
      .some(({ Groups }) => Groups.some(({ GroupId }) => GroupId === id));
    const isNamed = ruleTypes.some((type) =>
      standing(scene, type).some(
        (rule) => rule.text("referenced_security_group_id") === id && rule.text("security_group_id") !== id,
      ),
    );
    if (isUsed || isNamed)
      throw new ServiceError("DependencyViolation", `resource ${id} has a dependent object`);
  },
};

/** A rule of a security group. */
export const securityGroupRule: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    checkGroup(scene, asked.text("security_group_id"));
    const twin = standing(scene, scene.subject.type).find((rule) => isSameRule(rule, asked));
    if (twin)
      throw new ServiceError(
        "InvalidPermission.Duplicate",
        `the specified rule "peer: ${peerOf(asked)}, ${asked.text("ip_protocol").toUpperCase()}, from port: ${asked.number("from_port") ?? "-1"}, to port: ${asked.number("to_port") ?? "-1"}, ALLOW" already exists`,
      );
    return {};
  },

  read: (scene, state) => (hasGroup(scene, new Asked(state).text("security_group_id")) ? {} : null),
};

function checkGroup(scene: Scene, id: string): void {
  if (!hasGroup(scene, id))
    throw new ServiceError("InvalidGroup.NotFound", `The security group '${id}' does not exist`);
}

/** Groups that a service made (a VPC's default one, a cluster's) stand as well as Terraform's own. */
const hasGroup = (scene: Scene, id: string): boolean =>
  standingById(scene, "aws_security_group", id) !== undefined ||
  vpcs.all(scene).some(({ DefaultSecurityGroupId }) => DefaultSecurityGroupId === id) ||
  networkInterfaces.all(scene).some(({ Groups }) => Groups.some(({ GroupId }) => GroupId === id));

const peers = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];

const peerOf = (rule: Asked): string =>
  peers.map((name) => rule.text(name)).find((peer) => peer !== "") ?? "";

const isSameRule = (a: Asked, b: Asked): boolean =>
  ["security_group_id", "ip_protocol", ...peers].every((name) => a.text(name) === b.text(name)) &&
  ["from_port", "to_port"].every((name) => a.number(name) === b.number(name));
