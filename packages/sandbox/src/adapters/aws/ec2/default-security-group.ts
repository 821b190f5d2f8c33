import { arnOf, vpcs } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceModel } from "../../resource-model";
import { stringAt } from "../../arguments";

/** `aws_default_security_group`: adopts the default group of a VPC. */
export const defaultSecurityGroup: ResourceModel = {
  create(context, planned) {
    const vpc = vpcs.get(context, stringAt(planned, "vpc_id"));
    const id = vpc.DefaultSecurityGroupId;
    return { id, arn: arnOf(vpc, `security-group/${id}`) };
  },
  read: (context, state) => (vpcs.find(context, stringAt(state, "vpc_id") ?? "") ? {} : null),
};
