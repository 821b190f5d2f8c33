import { associateAccessPolicy, disassociateAccessPolicy } from "@cluster-ipam/cloud-model/aws/eks";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { findEntry, principalIn } from "./access-entry";

/** `aws_eks_access_policy_association`. The model does not look at its scope. */
export const eksAccessPolicyAssociation: ResourceModel = {
  create(context, planned) {
    associateAccessPolicy(context, {
      ...principalIn(planned),
      policyArn: policyIn(planned),
      accessScope: undefined,
    });
    return {};
  },
  delete(context, state) {
    if (isAssociated(context, state))
      disassociateAccessPolicy(context, { ...principalIn(state), policyArn: policyIn(state) });
  },
  read: (context, state) => (isAssociated(context, state) ? {} : null),
};

const policyIn = (values: ObjectValue): string => new ConfigReader(values).text("policy_arn");

const isAssociated = (context: ResourceContext, state: ObjectValue): boolean =>
  findEntry(context, state)?.policyArns.includes(policyIn(state)) ?? false;
