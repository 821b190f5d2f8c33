import {
  createPodIdentityAssociation,
  deletePodIdentityAssociation,
  findAssociation,
  findCluster,
  updatePodIdentityAssociation,
} from "@cluster-ipam/cloud-model/aws/eks";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";

/** `aws_eks_pod_identity_association`. */
export const eksPodIdentityAssociation: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    const { associationId } = createPodIdentityAssociation(context, {
      clusterName: config.text("cluster_name"),
      namespace: config.text("namespace"),
      serviceAccount: config.text("service_account"),
      roleArn: config.text("role_arn"),
    });
    return { association_id: associationId };
  },
  update(context, prior, planned) {
    updatePodIdentityAssociation(context, {
      ...idIn(prior),
      roleArn: new ConfigReader(planned).text("role_arn"),
    });
    return {};
  },
  delete(context, state) {
    if (exists(context, state)) deletePodIdentityAssociation(context, idIn(state));
  },
  read: (context, state) => (exists(context, state) ? {} : null),
};

function idIn(state: ObjectValue) {
  const config = new ConfigReader(state);
  return { clusterName: config.text("cluster_name"), associationId: config.text("association_id") };
}

function exists(context: ResourceContext, state: ObjectValue): boolean {
  const { clusterName, associationId } = idIn(state);
  const cluster = findCluster(context.transaction, context.caller, clusterName);
  return cluster !== undefined && findAssociation(context, cluster, associationId) !== undefined;
}
