import {
  type Addon,
  type CreateAddonRequest,
  type CreateAddonResponse,
  type DeleteAddonRequest,
  type DescribeAddonRequest,
  type DescribeAddonResponse,
  type ListAddonsRequest,
  type ListAddonsResponse,
  type UpdateAddonRequest,
} from "@aws-sdk/client-eks";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";
import { type EksCluster } from "../documents/cluster";
import {
  addons,
  type EksAddon,
  locationIn,
  partNamed,
  partsOf,
  podIdentities,
  putPart,
  removePart,
} from "../documents/cluster-part";
import { checkConfiguration } from "../rules/addon-configuration";
import { addonVersion } from "../rules/addon-version";
import { inUse, invalidParameter, notFound } from "../rules/refusals";
import { getCluster } from "./cluster";
import { pageOfNames } from "./page-of-names";
import { associationArn, associateRole } from "./pod-identity-association";

/** Installs an add-on. @throws ServiceError for a version, a configuration or a role that EKS does not accept */
export function createAddon(context: RequestContext, request: CreateAddonRequest): CreateAddonResponse {
  const cluster = getCluster(context, request.clusterName);
  const { addonName: name = "" } = request;
  if (partNamed(context.transaction, addons, cluster, name)) throw inUse("Addon already exists.");
  const { owner, region } = context.caller;
  const addon = changed(context, request, {
    ...locationIn(cluster),
    name,
    arn: `arn:${awsPartition(region)}:eks:${region}:${owner}:addon/${cluster.name}/${name}`,
    version: addonVersion(name),
    configurationValues: "",
    createdAt: new Date(context.transaction.now).toISOString(),
    tags: request.tags ?? {},
  });
  associateRoles(context, cluster, addon, request);
  return { addon: toShape(context, putPart(context.transaction, addons, addon)) };
}

/** Changes an add-on. Its pod identity associations are replaced if the request has any list of them. */
export function updateAddon(context: RequestContext, request: UpdateAddonRequest): void {
  const cluster = getCluster(context, request.clusterName);
  const addon = changed(context, request, getAddon(context, cluster, request.addonName));
  if (request.podIdentityAssociations) {
    removeAssociations(context, addon);
    associateRoles(context, cluster, addon, request);
  }
  putPart(context.transaction, addons, addon);
}

/** Removes an add-on with its pod identity associations. */
export function deleteAddon(context: RequestContext, request: DeleteAddonRequest): void {
  const addon = getAddon(context, getCluster(context, request.clusterName), request.addonName);
  removeAssociations(context, addon);
  removePart(context.transaction, addons, addon);
}

/** Describes an add-on. */
export const describeAddon = (
  context: RequestContext,
  request: DescribeAddonRequest,
): DescribeAddonResponse => ({
  addon: toShape(context, getAddon(context, getCluster(context, request.clusterName), request.addonName)),
});

/** Lists the names of a cluster's add-ons. */
export function listAddons(context: RequestContext, request: ListAddonsRequest): ListAddonsResponse {
  const parts = partsOf(context.transaction, addons, getCluster(context, request.clusterName));
  const { names, nextToken } = pageOfNames(parts, request);
  return { addons: names, nextToken };
}

function getAddon({ transaction }: RequestContext, cluster: EksCluster, name = ""): EksAddon {
  const addon = partNamed(transaction, addons, cluster, name);
  if (!addon) throw notFound(`No addon: ${name} found in cluster: ${cluster.name}`);
  return addon;
}

/** @throws ServiceError for a version of another form, or a configuration that does not fit the schema */
function changed(
  { transaction }: RequestContext,
  request: CreateAddonRequest | UpdateAddonRequest,
  addon: EksAddon,
): EksAddon {
  const { addonVersion: version = addon.version } = request;
  if (!/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version))
    throw invalidParameter("The specified addon version is not supported");
  const { configurationValues = addon.configurationValues } = request;
  checkConfiguration(addon.name, configurationValues);
  const { serviceAccountRoleArn = addon.serviceAccountRoleArn } = request;
  const modifiedAt = new Date(transaction.now).toISOString();
  return { ...addon, version, configurationValues, serviceAccountRoleArn, modifiedAt };
}

/** Add-ons run in `kube-system`. */
function associateRoles(
  context: RequestContext,
  cluster: EksCluster,
  { arn }: EksAddon,
  { podIdentityAssociations = [] }: CreateAddonRequest | UpdateAddonRequest,
): void {
  for (const { serviceAccount = "", roleArn = "" } of podIdentityAssociations)
    associateRole(context, cluster, `kube-system/${serviceAccount}`, { roleArn, ownerArn: arn });
}

function removeAssociations({ transaction }: RequestContext, { arn }: EksAddon): void {
  for (const association of transaction.filter(podIdentities, ({ ownerArn }) => ownerArn === arn))
    removePart(transaction, podIdentities, association);
}

const toShape = ({ transaction }: RequestContext, addon: EksAddon): Addon => ({
  addonName: addon.name,
  clusterName: addon.clusterName,
  addonArn: addon.arn,
  addonVersion: addon.version,
  status: "ACTIVE",
  health: { issues: [] },
  ...(addon.createdAt && { createdAt: new Date(addon.createdAt) }),
  ...(addon.modifiedAt && { modifiedAt: new Date(addon.modifiedAt) }),
  ...(addon.serviceAccountRoleArn && { serviceAccountRoleArn: addon.serviceAccountRoleArn }),
  tags: { ...addon.tags },
  owner: "aws",
  publisher: "eks",
  podIdentityAssociations: transaction
    .filter(podIdentities, ({ ownerArn }) => ownerArn === addon.arn)
    .map(associationArn),
  ...(addon.configurationValues && { configurationValues: addon.configurationValues }),
});
