import {
  addons,
  createAddon,
  deleteAddon,
  type EksAddon,
  findCluster,
  partNamed,
  updateAddon,
} from "@cluster-ipam/cloud-model/aws/eks";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { stringAt } from "../../arguments";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";

/** `aws_eks_addon`. */
export const eksAddon: ResourceModel = {
  create(context, planned) {
    createAddon(context, requestFrom(planned));
    return toTerraformState(findAddon(context, planned));
  },
  update(context, _prior, planned) {
    updateAddon(context, requestFrom(planned));
    return toTerraformState(findAddon(context, planned));
  },
  delete(context, state) {
    if (findAddon(context, state)) deleteAddon(context, namesIn(state));
  },
  read: (context, state) => (findAddon(context, state) ? {} : null),
};

function namesIn(values: ObjectValue) {
  const config = new ConfigReader(values);
  return { clusterName: config.text("cluster_name"), addonName: config.text("addon_name") };
}

function requestFrom(planned: ObjectValue) {
  const config = new ConfigReader(planned);
  return {
    ...namesIn(planned),
    addonVersion: stringAt(planned, "addon_version"),
    configurationValues: config.text("configuration_values"),
    serviceAccountRoleArn: config.text("service_account_role_arn") || undefined,
    tags: config.map("tags_all"),
    podIdentityAssociations: config.blocks("pod_identity_association").map((association) => ({
      serviceAccount: association.text("service_account"),
      roleArn: association.text("role_arn"),
    })),
  };
}

function findAddon({ transaction, caller }: ResourceContext, values: ObjectValue): EksAddon | undefined {
  const { clusterName, addonName } = namesIn(values);
  const cluster = findCluster(transaction, caller, clusterName);
  return cluster && partNamed(transaction, addons, cluster, addonName);
}

const toTerraformState = (addon: EksAddon | undefined): ObjectValue =>
  addon
    ? { arn: addon.arn, addon_version: addon.version, configuration_values: addon.configurationValues }
    : {};
