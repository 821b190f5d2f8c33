import {
  accessEntries,
  createAccessEntry,
  deleteAccessEntry,
  type EksAccessEntry,
  findCluster,
  partNamed,
} from "@cluster-ipam/cloud-model/aws/eks";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";

/** `aws_eks_access_entry`. */
export const eksAccessEntry: ResourceModel = {
  create(context, planned) {
    createAccessEntry(context, principalIn(planned));
    return {};
  },
  delete(context, state) {
    if (findEntry(context, state)) deleteAccessEntry(context, principalIn(state));
  },
  read: (context, state) => (findEntry(context, state) ? {} : null),
};

/** The cluster and the principal that a configuration or a state names. */
export function principalIn(values: ObjectValue) {
  const config = new ConfigReader(values);
  return { clusterName: config.text("cluster_name"), principalArn: config.text("principal_arn") };
}

/** The access entry of the principal that a state names, or undefined. */
export function findEntry(
  { transaction, caller }: ResourceContext,
  state: ObjectValue,
): EksAccessEntry | undefined {
  const { clusterName, principalArn } = principalIn(state);
  const cluster = findCluster(transaction, caller, clusterName);
  return cluster && partNamed(transaction, accessEntries, cluster, principalArn);
}
