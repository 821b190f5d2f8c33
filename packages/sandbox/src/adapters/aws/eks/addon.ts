import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { partitionOf } from "@cluster-ipam/cloud-model";
import {
  addons,
  addonVersion,
  checkConfiguration,
  clusterNamed,
  type EksAddon,
  findCluster,
  partNamed,
  placeIn,
  podIdentities,
  putPart,
  removePart,
} from "@cluster-ipam/cloud-model/aws/eks";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { associate } from "./pod-identity";
import { checkPodRole, invalidParameter } from "./refusals";

/** `aws_eks_addon` */
export const eksAddon: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    const cluster = clusterNamed(context.transaction, context.caller, asked.text("cluster_name"));
    const addon = checked(context, asked, {
      ...placeIn(cluster),
      name: asked.text("addon_name"),
      arn: arnOf(context, asked),
      version: addonVersion(asked.text("addon_name")),
      configurationValues: "",
    });
    takePodIdentities(context, asked);
    return decided(putPart(context.transaction, addons, addon));
  },

  update(context, _prior, planned) {
    const asked = new ConfigReader(planned);
    const cluster = clusterNamed(context.transaction, context.caller, asked.text("cluster_name"));
    const before = partNamed(context.transaction, addons, cluster, asked.text("addon_name"));
    if (!before) return {};
    releasePodIdentities(context, before);
    takePodIdentities(context, asked);
    return decided(putPart(context.transaction, addons, checked(context, asked, before)));
  },

  delete(context, state) {
    const asked = new ConfigReader(state);
    const cluster = findCluster(context.transaction, context.caller, asked.text("cluster_name"));
    const addon = cluster && partNamed(context.transaction, addons, cluster, asked.text("addon_name"));
    if (!addon) return;
    releasePodIdentities(context, addon);
    removePart(context.transaction, addons, addon);
  },

  read(context, state) {
    const asked = new ConfigReader(state);
    const cluster = findCluster(context.transaction, context.caller, asked.text("cluster_name"));
    return cluster && partNamed(context.transaction, addons, cluster, asked.text("addon_name")) ? {} : null;
  },
};

/** @throws ServiceError for a version of another form, a configuration outside the schema, or a role */
function checked(context: ResourceContext, asked: ConfigReader, addon: EksAddon): EksAddon {
  const version = asked.text("addon_version") || addon.version;
  if (!/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)) {
    throw invalidParameter("The specified addon version is not supported");
  }
  const configurationValues = asked.text("configuration_values");
  checkConfiguration(addon.name, configurationValues);
  for (const association of asked.blocks("pod_identity_association"))
    checkPodRole(context, association.text("role_arn"));
  return { ...addon, version, configurationValues };
}

/** An add-on's associations are its own: they come and go with it. */
function takePodIdentities(context: ResourceContext, asked: ConfigReader): void {
  const cluster = clusterNamed(context.transaction, context.caller, asked.text("cluster_name"));
  for (const association of asked.blocks("pod_identity_association"))
    associate(context, cluster, {
      namespace: "kube-system",
      serviceAccount: association.text("service_account"),
      roleArn: association.text("role_arn"),
      ownerArn: arnOf(context, asked),
    });
}

function releasePodIdentities({ transaction }: ResourceContext, { arn }: EksAddon): void {
  for (const association of transaction.filter(podIdentities, ({ ownerArn }) => ownerArn === arn))
    removePart(transaction, podIdentities, association);
}

const arnOf = ({ caller: { owner, region } }: ResourceContext, asked: ConfigReader): string =>
  `arn:${partitionOf(region)}:eks:${region}:${owner}:addon/${asked.text("cluster_name")}/${asked.text("addon_name")}`;

const decided = ({ arn, version, configurationValues }: EksAddon): ObjectValue => ({
  arn,
  addon_version: version,
  configuration_values: configurationValues,
});
