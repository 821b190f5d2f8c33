import {
  type CreatePodIdentityAssociationRequest,
  type DeletePodIdentityAssociationRequest,
  type UpdatePodIdentityAssociationRequest,
} from "@aws-sdk/client-eks";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";
import { type EksCluster } from "../documents/cluster";
import {
  type EksPodIdentity,
  locationIn,
  partNamed,
  partsOf,
  podIdentities,
  putPart,
  removePart,
} from "../documents/cluster-part";
import { inUse, notFound } from "../rules/refusals";
import { checkPodRole } from "../rules/service-roles";
import { getCluster } from "./cluster";

/** Gives a service account a role. @throws ServiceError if it has one, or if pods cannot assume the role */
export function createPodIdentityAssociation(
  context: RequestContext,
  request: CreatePodIdentityAssociationRequest,
): EksPodIdentity {
  const { clusterName, namespace = "", serviceAccount = "", roleArn = "" } = request;
  return associateRole(context, getCluster(context, clusterName), `${namespace}/${serviceAccount}`, {
    roleArn,
  });
}

/**
 * Gives a service account of a cluster a role.
 *
 * @param name `<namespace>/<service account>`
 * @throws ServiceError if it has one, or if pods cannot assume the role
 */
export function associateRole(
  context: RequestContext,
  cluster: EksCluster,
  name: string,
  { roleArn, ownerArn = "" }: { readonly roleArn: string; readonly ownerArn?: string },
): EksPodIdentity {
  const { transaction } = context;
  const existing = partNamed(transaction, podIdentities, cluster, name);
  if (existing) throw inUse(`Association already exists: ${existing.associationId}`);
  checkPodRole(context, roleArn);
  const associationId = `a-${transaction.hex(17)}`;
  return putPart(transaction, podIdentities, {
    ...locationIn(cluster),
    name,
    associationId,
    roleArn,
    ownerArn,
  });
}

/** The ARN of an association. */
export const associationArn = ({ owner, region, clusterName, associationId }: EksPodIdentity): string =>
  `arn:${awsPartition(region)}:eks:${region}:${owner}:podidentityassociation/${clusterName}/${associationId}`;

/** Gives an association another role. @throws ServiceError if pods cannot assume it */
export function updatePodIdentityAssociation(
  context: RequestContext,
  { clusterName, associationId, roleArn }: UpdatePodIdentityAssociationRequest,
): void {
  const association = getAssociation(context, clusterName, associationId);
  const role = roleArn ?? association.roleArn;
  checkPodRole(context, role);
  putPart(context.transaction, podIdentities, { ...association, roleArn: role });
}

/** Deletes an association. */
export function deletePodIdentityAssociation(
  context: RequestContext,
  { clusterName, associationId }: DeletePodIdentityAssociationRequest,
): void {
  removePart(context.transaction, podIdentities, getAssociation(context, clusterName, associationId));
}

/** The association of that id in a cluster, or undefined. */
export const findAssociation = (
  { transaction }: RequestContext,
  cluster: EksCluster,
  associationId: string,
): EksPodIdentity | undefined =>
  partsOf(transaction, podIdentities, cluster).find(
    (association) => association.associationId === associationId,
  );

function getAssociation(
  context: RequestContext,
  clusterName: string | undefined,
  associationId = "",
): EksPodIdentity {
  const association = findAssociation(context, getCluster(context, clusterName), associationId);
  if (!association) throw notFound(`Association: ${associationId} not found in cluster: ${clusterName}`);
  return association;
}
