import { type ResourceModel } from "../resource-model";
import { textAt } from "../arguments";
import { arnOf } from "./ec2/scene";
import { vpcs } from "./ec2/vpc";

/** `aws_default_security_group`: adopts the group that stands with its VPC. */
export const defaultSecurityGroup: ResourceModel = {
  create(scene, planned) {
    const vpc = vpcs.get(scene, textAt(planned, "vpc_id"));
    const id = vpc.DefaultSecurityGroupId;
    return { id, arn: arnOf(vpc, `security-group/${id}`) };
  },
  read: (scene, state) => (vpcs.find(scene, textAt(state, "vpc_id") ?? "") ? {} : null),
};
