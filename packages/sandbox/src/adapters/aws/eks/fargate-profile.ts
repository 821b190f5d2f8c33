import {
  createFargateProfile,
  deleteFargateProfile,
  type EksFargateProfile,
  fargateProfiles,
  findCluster,
  partNamed,
} from "@cluster-ipam/cloud-model/aws/eks";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";

/** `aws_eks_fargate_profile`. Every argument but the tags replaces it. */
export const eksFargateProfile: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    createFargateProfile(context, {
      ...namesIn(planned),
      podExecutionRoleArn: config.text("pod_execution_role_arn"),
      subnets: [...config.texts("subnet_ids")],
      selectors: config.blocks("selector").map((selector) => ({
        namespace: selector.text("namespace"),
        labels: selector.map("labels"),
      })),
    });
    return { arn: findProfile(context, planned)?.arn ?? null };
  },
  delete(context, state) {
    if (findProfile(context, state)) deleteFargateProfile(context, namesIn(state));
  },
  read: (context, state) => (findProfile(context, state) ? {} : null),
};

function namesIn(values: ObjectValue) {
  const config = new ConfigReader(values);
  return {
    clusterName: config.text("cluster_name"),
    fargateProfileName: config.text("fargate_profile_name"),
  };
}

function findProfile(
  { transaction, caller }: ResourceContext,
  state: ObjectValue,
): EksFargateProfile | undefined {
  const { clusterName, fargateProfileName } = namesIn(state);
  const cluster = findCluster(transaction, caller, clusterName);
  return cluster && partNamed(transaction, fargateProfiles, cluster, fargateProfileName);
}
