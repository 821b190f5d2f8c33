import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  getIamPolicy,
  type IamBinding,
  setIamPolicy,
  subnetworkOf,
  subnetworkPath,
} from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { pathDefaults } from "./path-defaults";

/** `google_compute_subnetwork_iam_member`: one member of a binding in the subnetwork's IAM policy. */
export const subnetworkIamMember: ResourceModel = {
  create(context, planned) {
    const id = subnetworkOfMember(context, planned);
    const { bindings } = getIamPolicy(context, id);
    setIamPolicy(context, id, { bindings: withMember(bindings, planned) });
    return {};
  },
  delete(context, state) {
    const id = subnetworkOfMember(context, state);
    if (!subnetworkOf(context.transaction, id)) return;
    setIamPolicy(context, id, { bindings: withoutMember(getIamPolicy(context, id).bindings, state) });
  },
  read(context, state) {
    const id = subnetworkOfMember(context, state);
    if (!subnetworkOf(context.transaction, id)) return null;
    const { bindings } = getIamPolicy(context, id);
    const isIn = bindings.some((one) => isSame(one, state) && one.members.includes(memberOf(state)));
    return isIn ? {} : null;
  },
};

function subnetworkOfMember({ terraformType, caller }: ResourceContext, values: ObjectValue): string {
  const text = new ConfigReader(values).text("subnetwork");
  return subnetworkPath.expand(text, pathDefaults(terraformType, caller)) ?? text;
}

const memberOf = (values: ObjectValue): string => new ConfigReader(values).text("member");

/** Whether a binding has the role and the condition of a member. */
function isSame({ role, condition }: IamBinding, values: ObjectValue): boolean {
  const config = new ConfigReader(values);
  return role === config.text("role") && (condition?.title ?? "") === config.block("condition").text("title");
}

const withoutMember = (bindings: readonly IamBinding[], values: ObjectValue): readonly IamBinding[] =>
  bindings.map((binding) =>
    isSame(binding, values)
      ? { ...binding, members: binding.members.filter((member) => member !== memberOf(values)) }
      : binding,
  );

function withMember(bindings: readonly IamBinding[], values: ObjectValue): readonly IamBinding[] {
  const others = withoutMember(bindings, values);
  const member = memberOf(values);
  if (others.some((binding) => isSame(binding, values)))
    return others.map((binding) =>
      isSame(binding, values) ? { ...binding, members: [...binding.members, member] } : binding,
    );
  const config = new ConfigReader(values);
  const title = config.block("condition").text("title");
  const condition = title === "" ? {} : { condition: { title } };
  return [...others, { role: config.text("role"), members: [member], ...condition }];
}
