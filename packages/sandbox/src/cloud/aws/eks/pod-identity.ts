import { Asked } from "../../asked";
import { type ResourceModel, type Scene } from "../../resource-model";
import { ServiceError } from "../../service-error";
import { clusterNamed, type EksCluster, findCluster } from "./cluster-documents";
import { type EksPodIdentity, partNamed, placeIn, podIdentities, putPart, removePart } from "./cluster-parts";
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
export function associate(scene: Scene, cluster: EksCluster, association: Association): EksPodIdentity {
  const { namespace, serviceAccount, roleArn, ownerArn } = association;
  const name = `${namespace}/${serviceAccount}`;
  const before = partNamed(scene.transaction, podIdentities, cluster, name);
  if (before)
    throw new ServiceError(
      "ResourceInUseException",
      `Association already exists: ${before.associationId}`,
      409,
    );
  const associationId = `a-${scene.transaction.hex(17)}`;
  return putPart(scene.transaction, podIdentities, {
    ...placeIn(cluster),
    name,
    associationId,
    roleArn,
    ownerArn,
  });
}

/** `aws_eks_pod_identity_association` */
export const eksPodIdentity: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    const cluster = clusterNamed(scene.transaction, scene.place, asked.text("cluster_name"));
    checkPodRole(scene, asked.text("role_arn"));
    const { associationId } = associate(scene, cluster, { ...accountIn(asked), ownerArn: "" });
    return { association_id: associationId };
  },

  update(scene, _prior, planned) {
    const asked = new Asked(planned);
    checkPodRole(scene, asked.text("role_arn"));
    const association = standing(scene, asked);
    if (association)
      putPart(scene.transaction, podIdentities, { ...association, roleArn: asked.text("role_arn") });
    return {};
  },

  delete(scene, state) {
    const association = standing(scene, new Asked(state));
    if (association) removePart(scene.transaction, podIdentities, association);
  },

  read: (scene, state) => (standing(scene, new Asked(state)) ? {} : null),
};

const accountIn = (asked: Asked) => ({
  namespace: asked.text("namespace"),
  serviceAccount: asked.text("service_account"),
  roleArn: asked.text("role_arn"),
});

function standing({ transaction, place }: Scene, asked: Asked): EksPodIdentity | undefined {
  const cluster = findCluster(transaction, place, asked.text("cluster_name"));
  const { namespace, serviceAccount } = accountIn(asked);
  return cluster && partNamed(transaction, podIdentities, cluster, `${namespace}/${serviceAccount}`);
}
