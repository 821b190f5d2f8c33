import { type CreateFargateProfileRequest, type DeleteFargateProfileRequest } from "@aws-sdk/client-eks";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";
import {
  type EksFargateProfile,
  fargateProfiles,
  locationIn,
  partNamed,
  putPart,
  removePart,
} from "../documents/cluster-part";
import { getSubnets } from "../rules/cluster-subnets";
import { checkPrivateSubnets } from "../rules/private-subnets";
import { inUse, invalidParameter, notFound } from "../rules/refusals";
import { checkFargateRole } from "../rules/service-roles";
import { getCluster } from "./cluster";

/** EKS takes 1 to 5 selectors (EKS API reference: FargateProfile). */
const MOST_SELECTORS = 5;

/**
 * Creates a Fargate profile.
 *
 * @throws ServiceError for a name that is taken, a role that Fargate cannot assume, a public subnet and too many selectors
 */
export function createFargateProfile(context: RequestContext, request: CreateFargateProfileRequest): void {
  const { transaction, caller } = context;
  const cluster = getCluster(context, request.clusterName);
  const { fargateProfileName: name = "", podExecutionRoleArn = "", subnets = [], selectors = [] } = request;
  if (partNamed(transaction, fargateProfiles, cluster, name))
    throw inUse(`FargateProfile already exists with name ${name} and cluster name ${cluster.name}`);
  if (selectors.length === 0 || selectors.length > MOST_SELECTORS)
    throw invalidParameter(`Fargate profile ${name} must have 1 to ${MOST_SELECTORS} selectors`);
  checkFargateRole(context, podExecutionRoleArn);
  checkPrivateSubnets(context, getSubnets(context, subnets));
  const { owner, region } = caller;
  putPart(transaction, fargateProfiles, {
    ...locationIn(cluster),
    name,
    arn: `arn:${awsPartition(region)}:eks:${region}:${owner}:fargateprofile/${cluster.name}/${name}/${transaction.hex(32)}`,
  });
}

/** Deletes a Fargate profile. */
export function deleteFargateProfile(context: RequestContext, request: DeleteFargateProfileRequest): void {
  removePart(context.transaction, fargateProfiles, getProfile(context, request));
}

function getProfile(
  context: RequestContext,
  { clusterName, fargateProfileName: name = "" }: DeleteFargateProfileRequest,
): EksFargateProfile {
  const cluster = getCluster(context, clusterName);
  const profile = partNamed(context.transaction, fargateProfiles, cluster, name);
  if (!profile) throw notFound(`No Fargate Profile found with name: ${name}.`);
  return profile;
}
