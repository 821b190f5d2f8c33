import { type ObjectValue } from "../../../plugin/value";
import { Asked } from "../../asked";
import { partitionOf } from "../../fill";
import { type ResourceModel, type Scene } from "../../resource-model";
import { checkConfiguration } from "./addon-configuration";
import { addonVersion } from "./addon-version";
import { clusterNamed, findCluster } from "./cluster-documents";
import {
  addons,
  type EksAddon,
  partNamed,
  placeIn,
  podIdentities,
  putPart,
  removePart,
} from "./cluster-parts";
import { associate } from "./pod-identity";
import { checkPodRole, invalidParameter } from "./refusals";

/** `aws_eks_addon` */
export const eksAddon: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    const cluster = clusterNamed(scene.transaction, scene.place, asked.text("cluster_name"));
    const addon = checked(scene, asked, {
      ...placeIn(cluster),
      name: asked.text("addon_name"),
      arn: arnOf(scene, asked),
      version: addonVersion(asked.text("addon_name")),
      configurationValues: "",
    });
    takePodIdentities(scene, asked);
    return decided(putPart(scene.transaction, addons, addon));
  },

  update(scene, _prior, planned) {
    const asked = new Asked(planned);
    const cluster = clusterNamed(scene.transaction, scene.place, asked.text("cluster_name"));
    const before = partNamed(scene.transaction, addons, cluster, asked.text("addon_name"));
    if (!before) return {};
    releasePodIdentities(scene, before);
    takePodIdentities(scene, asked);
    return decided(putPart(scene.transaction, addons, checked(scene, asked, before)));
  },

  delete(scene, state) {
    const asked = new Asked(state);
    const cluster = findCluster(scene.transaction, scene.place, asked.text("cluster_name"));
    const addon = cluster && partNamed(scene.transaction, addons, cluster, asked.text("addon_name"));
    if (!addon) return;
    releasePodIdentities(scene, addon);
    removePart(scene.transaction, addons, addon);
  },

  read(scene, state) {
    const asked = new Asked(state);
    const cluster = findCluster(scene.transaction, scene.place, asked.text("cluster_name"));
    return cluster && partNamed(scene.transaction, addons, cluster, asked.text("addon_name")) ? {} : null;
  },
};

/** @throws ServiceError for a version of another form, a configuration outside the schema, or a role */
function checked(scene: Scene, asked: Asked, addon: EksAddon): EksAddon {
  const version = asked.text("addon_version") || addon.version;
  if (!/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)) {
    throw invalidParameter("The specified addon version is not supported");
  }
  const configurationValues = asked.text("configuration_values");
  checkConfiguration(addon.name, configurationValues);
  for (const association of asked.blocks("pod_identity_association"))
    checkPodRole(scene, association.text("role_arn"));
  return { ...addon, version, configurationValues };
}

/** An add-on's associations are its own: they come and go with it. */
function takePodIdentities(scene: Scene, asked: Asked): void {
  const cluster = clusterNamed(scene.transaction, scene.place, asked.text("cluster_name"));
  for (const association of asked.blocks("pod_identity_association"))
    associate(scene, cluster, {
      namespace: "kube-system",
      serviceAccount: association.text("service_account"),
      roleArn: association.text("role_arn"),
      ownerArn: arnOf(scene, asked),
    });
}

function releasePodIdentities({ transaction }: Scene, { arn }: EksAddon): void {
  for (const association of transaction.filter(podIdentities, ({ ownerArn }) => ownerArn === arn))
    removePart(transaction, podIdentities, association);
}

const arnOf = ({ place: { owner, region } }: Scene, asked: Asked): string =>
  `arn:${partitionOf(region)}:eks:${region}:${owner}:addon/${asked.text("cluster_name")}/${asked.text("addon_name")}`;

const decided = ({ arn, version, configurationValues }: EksAddon): ObjectValue => ({
  arn,
  addon_version: version,
  configuration_values: configurationValues,
});
