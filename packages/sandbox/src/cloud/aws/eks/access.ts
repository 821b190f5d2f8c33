import { Asked } from "../../asked";
import { type ResourceModel, type Scene } from "../../resource-model";
import { clusterNamed, findCluster } from "./cluster-documents";
import { accessEntries, type EksAccessEntry, partNamed, placeIn, putPart, removePart } from "./cluster-parts";
import { invalidRequest, notFound } from "./refusals";

/** `aws_eks_access_entry` */
export const eksAccessEntry: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    const cluster = clusterNamed(scene.transaction, scene.place, asked.text("cluster_name"));
    if (cluster.authenticationMode === "CONFIG_MAP")
      throw invalidRequest(
        "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
      );
    putPart(scene.transaction, accessEntries, { ...placeIn(cluster), name: asked.text("principal_arn") });
    return {};
  },

  delete(scene, state) {
    const entry = standing(scene, new Asked(state));
    if (entry) removePart(scene.transaction, accessEntries, entry);
  },

  read: (scene, state) => (standing(scene, new Asked(state)) ? {} : null),
};

/** `aws_eks_access_policy_association` */
export const eksAccessPolicy: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    clusterNamed(scene.transaction, scene.place, asked.text("cluster_name"));
    if (!standing(scene, asked))
      throw notFound(
        `The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.`,
      );
    return {};
  },

  // A policy goes with its entry.
  read: (scene, state) => (standing(scene, new Asked(state)) ? {} : null),
};

function standing({ transaction, place }: Scene, asked: Asked): EksAccessEntry | undefined {
  const cluster = findCluster(transaction, place, asked.text("cluster_name"));
  return cluster && partNamed(transaction, accessEntries, cluster, asked.text("principal_arn"));
}
