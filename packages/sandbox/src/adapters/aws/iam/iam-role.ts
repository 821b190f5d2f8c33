import { createRole, deleteRole, findRole, updateAssumeRolePolicy } from "@cluster-ipam/cloud-model/aws/iam";
import { ConfigReader } from "../../config-reader";
import { nameMembers, nameOf } from "../../generated-name";
import { type ResourceContext, type ResourceModel } from "../../resource-model";

/** `aws_iam_role`. */
export const iamRole: ResourceModel = {
  create(context, planned) {
    const name = nameOf(context, planned);
    createRole(context, {
      RoleName: name,
      AssumeRolePolicyDocument: new ConfigReader(planned).text("assume_role_policy"),
    });
    return nameMembers(planned, name);
  },
  update(context, prior, planned) {
    updateAssumeRolePolicy(context, {
      RoleName: new ConfigReader(prior).text("name"),
      PolicyDocument: new ConfigReader(planned).text("assume_role_policy"),
    });
    return {};
  },
  delete(context, state) {
    const name = new ConfigReader(state).text("name");
    if (exists(context, name)) deleteRole(context, { RoleName: name });
  },
  read: (context, state) => (exists(context, new ConfigReader(state).text("name")) ? {} : null),
};

const exists = ({ transaction, caller }: ResourceContext, name: string): boolean =>
  findRole(transaction, caller.owner, name) !== undefined;
