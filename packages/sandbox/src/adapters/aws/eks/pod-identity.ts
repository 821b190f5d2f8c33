import { ServiceError } from "@cluster-ipam/cloud-model";
import {
  clusterNamed,
  type EksCluster,
  type EksPodIdentity,
  findCluster,
  partNamed,
  placeIn,
  podIdentities,
  putPart,
  removePart,
} from "@cluster-ipam/cloud-model/aws/eks";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { checkPodRole } from "./refusals";

/** What an association is asked for. */
export interface Association {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  /** ARN of the add-on it belongs to; empty for none. */
  readonly ownerArn: string;
}

/** Gives a service account a role. @throws ServiceError when it has one */
export function associate(
  context: ResourceContext,
  cluster: EksCluster,
  association: Association,
): EksPodIdentity {
  const { namespace, serviceAccount, roleArn, ownerArn } = association;
  const name = `${namespace}/${serviceAccount}`;
  const before = partNamed(context.transaction, podIdentities, cluster, name);
  if (before)
    throw new ServiceError(
      "ResourceInUseException",
      `Association already exists: ${before.associationId}`,
      409,
    );
  const associationId = `a-${context.transaction.hex(17)}`;
  return putPart(context.transaction, podIdentities, {
    ...placeIn(cluster),
    name,
    associationId,
    roleArn,
    ownerArn,
  });
}

/** `aws_eks_pod_identity_association` */
export const eksPodIdentity: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    const cluster = clusterNamed(context.transaction, context.caller, asked.text("cluster_name"));
    checkPodRole(context, asked.text("role_arn"));
    const { associationId } = associate(context, cluster, { ...accountIn(asked), ownerArn: "" });
    return { association_id: associationId };
  },

  update(context, _prior, planned) {
    const asked = new ConfigReader(planned);
    checkPodRole(context, asked.text("role_arn"));
    const association = standing(context, asked);
    if (association)
      putPart(context.transaction, podIdentities, { ...association, roleArn: asked.text("role_arn") });
    return {};
  },

  delete(context, state) {
    const association = standing(context, new ConfigReader(state));
    if (association) removePart(context.transaction, podIdentities, association);
  },

  read: (context, state) => (standing(context, new ConfigReader(state)) ? {} : null),
};

const accountIn = (asked: ConfigReader) => ({
  namespace: asked.text("namespace"),
  serviceAccount: asked.text("service_account"),
  roleArn: asked.text("role_arn"),
});

function standing({ transaction, caller }: ResourceContext, asked: ConfigReader): EksPodIdentity | undefined {
  const cluster = findCluster(transaction, caller, asked.text("cluster_name"));
  const { namespace, serviceAccount } = accountIn(asked);
  return cluster && partNamed(transaction, podIdentities, cluster, `${namespace}/${serviceAccount}`);
}
