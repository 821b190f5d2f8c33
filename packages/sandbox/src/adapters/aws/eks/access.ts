import {
  accessEntries,
  clusterNamed,
  type EksAccessEntry,
  findCluster,
  partNamed,
  placeIn,
  putPart,
  removePart,
} from "@cluster-ipam/cloud-model/aws/eks";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { invalidRequest, notFound } from "./refusals";

/** `aws_eks_access_entry` */
export const eksAccessEntry: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    const cluster = clusterNamed(context.transaction, context.caller, asked.text("cluster_name"));
    if (cluster.authenticationMode === "CONFIG_MAP")
      throw invalidRequest(
        "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
      );
    putPart(context.transaction, accessEntries, { ...placeIn(cluster), name: asked.text("principal_arn") });
    return {};
  },

  delete(context, state) {
    const entry = standing(context, new ConfigReader(state));
    if (entry) removePart(context.transaction, accessEntries, entry);
  },

  read: (context, state) => (standing(context, new ConfigReader(state)) ? {} : null),
};

/** `aws_eks_access_policy_association` */
export const eksAccessPolicy: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    clusterNamed(context.transaction, context.caller, asked.text("cluster_name"));
    if (!standing(context, asked))
      throw notFound(
        `The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.`,
      );
    return {};
  },

  // A policy goes with its entry.
  read: (context, state) => (standing(context, new ConfigReader(state)) ? {} : null),
};

function standing({ transaction, caller }: ResourceContext, asked: ConfigReader): EksAccessEntry | undefined {
  const cluster = findCluster(transaction, caller, asked.text("cluster_name"));
  return cluster && partNamed(transaction, accessEntries, cluster, asked.text("principal_arn"));
}
