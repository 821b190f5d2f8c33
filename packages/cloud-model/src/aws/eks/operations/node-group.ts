import {
  type CreateNodegroupRequest,
  type CreateNodegroupResponse,
  type DeleteNodegroupRequest,
  type DescribeNodegroupRequest,
  type DescribeNodegroupResponse,
  type LaunchTemplateSpecification,
  type ListNodegroupsRequest,
  type ListNodegroupsResponse,
  type Nodegroup,
  type Taint,
  type UpdateNodegroupConfigRequest,
  type UpdateNodegroupVersionRequest,
} from "@aws-sdk/client-eks";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";
import { imageOf, launchTemplates } from "../../ec2/documents/launch-template";
import { attachServiceInterface, deleteServiceInterfaces } from "../../ec2/operations/service-interface";
import { clusterNamed, type EksCluster } from "../documents/cluster";
import {
  type EksNodegroup,
  locationIn,
  nodegroups,
  type NodegroupSettings,
  partNamed,
  partsOf,
  putPart,
  removePart,
} from "../documents/cluster-part";
import { getSubnets } from "../rules/cluster-subnets";
import { checkSkew } from "../rules/kubernetes-version";
import { checkSize, placeNodes } from "../rules/node-placement";
import { inUse, invalidParameter, notFound } from "../rules/refusals";
import { checkNodeRole } from "../rules/service-roles";
import { getCluster } from "./cluster";
import { pageOfNames } from "./page-of-names";

/** Creates a node group and starts its nodes. @throws ServiceError, ProvisioningError */
export function createNodegroup(
  context: RequestContext,
  request: CreateNodegroupRequest,
): CreateNodegroupResponse {
  const { transaction, caller } = context;
  const cluster = getCluster(context, request.clusterName);
  const { nodegroupName: name = "", nodeRole = "", version = cluster.version } = request;
  if (partNamed(transaction, nodegroups, cluster, name))
    throw inUse(`NodeGroup already exists with name ${name} and cluster name ${cluster.name}`);
  checkNodeRole(context, nodeRole);
  checkLaunchTemplate(context, request.launchTemplate);
  checkTemplateSettings(context, request);
  checkSkew(name, version, cluster.version);
  const { owner, region } = caller;
  const nodegroup = scale(context, cluster, request.scalingConfig, {
    ...locationIn(cluster),
    name,
    arn: `arn:${awsPartition(region)}:eks:${region}:${owner}:nodegroup/${cluster.name}/${name}/${transaction.hex(32)}`,
    version,
    subnetIds: request.subnets ?? [],
    instanceTypes: request.instanceTypes ?? [],
    size: { min: 0, desired: 0, max: 0 },
    interfaceIds: [],
    createdAt: new Date(transaction.now).toISOString(),
    settings: {
      amiType: imageIn(context, request.launchTemplate) === undefined ? request.amiType : "CUSTOM",
      capacityType: request.capacityType,
      diskSize: request.diskSize,
      labels: request.labels,
      launchTemplate: templateOf(context, request.launchTemplate),
      nodeRepairConfig: request.nodeRepairConfig,
      nodeRole,
      releaseVersion: request.releaseVersion,
      remoteAccess: request.remoteAccess,
      tags: request.tags,
      taints: request.taints,
      updateConfig: request.updateConfig,
    },
  });
  return { nodegroup: toShape(context, putPart(transaction, nodegroups, nodegroup)) };
}

/** Gives a node group another version or launch template. @throws ServiceError for a version outside the skew */
export function updateNodegroupVersion(
  context: RequestContext,
  request: UpdateNodegroupVersionRequest,
): void {
  const cluster = getCluster(context, request.clusterName);
  const nodegroup = getNodegroup(context, cluster, request.nodegroupName);
  const { version = nodegroup.version } = request;
  checkLaunchTemplate(context, request.launchTemplate);
  checkSkew(nodegroup.name, version, cluster.version);
  const { settings = {} } = nodegroup;
  putPart(context.transaction, nodegroups, {
    ...nodegroup,
    version,
    modifiedAt: new Date(context.transaction.now).toISOString(),
    settings: {
      ...settings,
      launchTemplate: templateOf(context, request.launchTemplate) ?? settings.launchTemplate,
      releaseVersion: request.releaseVersion ?? settings.releaseVersion,
    },
  });
}

/** Changes a node group's size, labels, taints and settings. A request without a size keeps it. @throws ServiceError, ProvisioningError */
export function updateNodegroupConfig(context: RequestContext, request: UpdateNodegroupConfigRequest): void {
  const cluster = getCluster(context, request.clusterName);
  const nodegroup = getNodegroup(context, cluster, request.nodegroupName);
  const { min: minSize, desired: desiredSize, max: maxSize } = nodegroup.size;
  const size = request.scalingConfig ?? { minSize, desiredSize, maxSize };
  putPart(context.transaction, nodegroups, {
    ...scale(context, cluster, size, nodegroup),
    modifiedAt: new Date(context.transaction.now).toISOString(),
    settings: changedSettings(request, nodegroup.settings),
  });
}

/** Deletes a node group with its nodes. */
export function deleteNodegroup(context: RequestContext, request: DeleteNodegroupRequest): void {
  const nodegroup = getNodegroup(context, getCluster(context, request.clusterName), request.nodegroupName);
  deleteServiceInterfaces(context, nodegroup.interfaceIds);
  removePart(context.transaction, nodegroups, nodegroup);
}

/** Describes a node group. */
export const describeNodegroup = (
  context: RequestContext,
  request: DescribeNodegroupRequest,
): DescribeNodegroupResponse => ({
  nodegroup: toShape(
    context,
    getNodegroup(context, getCluster(context, request.clusterName), request.nodegroupName),
  ),
});

/** Lists the names of a cluster's node groups. */
export function listNodegroups(
  context: RequestContext,
  request: ListNodegroupsRequest,
): ListNodegroupsResponse {
  const parts = partsOf(context.transaction, nodegroups, getCluster(context, request.clusterName));
  const { names, nextToken } = pageOfNames(parts, request);
  return { nodegroups: names, nextToken };
}

function getNodegroup({ transaction }: RequestContext, cluster: EksCluster, name = ""): EksNodegroup {
  const nodegroup = partNamed(transaction, nodegroups, cluster, name);
  if (!nodegroup) throw notFound(`No node group found for name: ${name}.`);
  return nodegroup;
}

function changedSettings(
  { labels, taints, updateConfig, nodeRepairConfig }: UpdateNodegroupConfigRequest,
  before: NodegroupSettings = {},
): NodegroupSettings {
  const leaving = labels?.removeLabels ?? [];
  const kept = Object.entries(before.labels ?? {}).filter(([key]) => !leaving.includes(key));
  const isSame = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
  const replaced = [...(taints?.removeTaints ?? []), ...(taints?.addOrUpdateTaints ?? [])];
  return {
    ...before,
    labels: { ...Object.fromEntries(kept), ...labels?.addOrUpdateLabels },
    taints: [
      ...(before.taints ?? []).filter((taint) => !replaced.some((other) => isSame(taint, other))),
      ...(taints?.addOrUpdateTaints ?? []),
    ],
    updateConfig: updateConfig ?? before.updateConfig,
    nodeRepairConfig: nodeRepairConfig ?? before.nodeRepairConfig,
  };
}

/** A launch template as EKS shows it: with id, name and version. Undefined for a request that names none. */
function templateOf(
  context: RequestContext,
  { id, name, version }: LaunchTemplateSpecification = {},
): LaunchTemplateSpecification | undefined {
  const found = launchTemplates
    .all(context)
    .find((one) => one.LaunchTemplateId === id || one.LaunchTemplateName === name);
  return (
    found && {
      id: found.LaunchTemplateId,
      name: found.LaunchTemplateName,
      version: version ?? String(found.DefaultVersionNumber),
    }
  );
}

/** Starts or stops nodes, the newest first. Each node has an interface with one address. */
function scale(
  context: RequestContext,
  cluster: EksCluster,
  { minSize = 0, desiredSize = 0, maxSize = 0 }: NonNullable<CreateNodegroupRequest["scalingConfig"]> = {},
  nodegroup: EksNodegroup,
): EksNodegroup {
  const size = { min: minSize, desired: desiredSize, max: maxSize };
  checkSize(size);
  deleteServiceInterfaces(context, nodegroup.interfaceIds.slice(size.desired));
  const running = nodegroup.interfaceIds.slice(0, size.desired);
  const subnets = getSubnets(context, nodegroup.subnetIds);
  const added = placeNodes(subnets, size.desired - running.length, running.length).map((subnetId) =>
    attachServiceInterface(context, subnetId, {
      description: `${cluster.name}-${nodegroup.name}`,
      groups: [cluster.clusterSecurityGroupId],
      instance: true,
    }),
  );
  return { ...nodegroup, size, interfaceIds: [...running, ...added] };
}

/** @throws ServiceError for a template that does not exist, with EC2's code */
function checkLaunchTemplate(context: RequestContext, template: LaunchTemplateSpecification = {}): void {
  const { id, name } = template;
  if (id !== undefined && !launchTemplates.find(context, id))
    throw invalidParameter(
      `The specified launch template, with template ID ${id}, does not exist. (Service: AmazonEC2; Status Code: 400; Error Code: InvalidLaunchTemplateId.NotFound)`,
    );
  if (id !== undefined || name === undefined) return;
  if (!launchTemplates.all(context).some(({ LaunchTemplateName }) => LaunchTemplateName === name))
    throw invalidParameter(
      `The specified launch template, with template name ${name}, does not exist. (Service: AmazonEC2; Status Code: 400; Error Code: InvalidLaunchTemplateName.NotFoundException)`,
    );
}

/** @throws ServiceError for what a launch template, or one with an image, has instead of the node group */
function checkTemplateSettings(context: RequestContext, request: CreateNodegroupRequest): void {
  const { launchTemplate, amiType, diskSize, remoteAccess, version, releaseVersion } = request;
  const { id, name } = launchTemplate ?? {};
  if (id === undefined && name === undefined) return;
  if (diskSize !== undefined)
    throw invalidParameter("Disk size must be specified within the launch template.");
  if (remoteAccess !== undefined)
    throw invalidParameter("Remote access configuration cannot be specified with a launch template.");
  if (imageIn(context, launchTemplate) === undefined) return;
  if (amiType !== undefined && amiType !== "CUSTOM")
    throw invalidParameter(
      "You cannot specify an AMI Type other than CUSTOM, when specifying an image id in your launch template.",
    );
  if (version !== undefined || releaseVersion !== undefined)
    throw invalidParameter(
      "You cannot specify the version or the releaseVersion, when specifying an image id in your launch template.",
    );
}

/** The image of a launch template's version. */
function imageIn(context: RequestContext, template: LaunchTemplateSpecification = {}): string | undefined {
  const { id, name, version } = template;
  const found = launchTemplates
    .all(context)
    .find((one) => one.LaunchTemplateId === id || one.LaunchTemplateName === name);
  return found && imageOf(found, version);
}

/** Source: EKS API reference, CreateNodegroup: what a node group without a launch template gets. */
const defaults = { instanceTypes: ["t3.medium"], diskSize: 20, amiType: "AL2023_x86_64_STANDARD" } as const;

function toShape({ transaction, caller }: RequestContext, nodegroup: EksNodegroup): Nodegroup {
  const cluster = clusterNamed(transaction, caller, nodegroup.clusterName);
  const { createdAt = cluster.createdAt, modifiedAt = createdAt, settings = {} } = nodegroup;
  const hasTemplate = settings.launchTemplate !== undefined;
  const hasTypes = nodegroup.instanceTypes.length > 0 || hasTemplate;
  return {
    nodegroupName: nodegroup.name,
    clusterName: nodegroup.clusterName,
    nodegroupArn: nodegroup.arn,
    version: nodegroup.version,
    releaseVersion: settings.releaseVersion ?? `${nodegroup.version}.0-20260101`,
    createdAt: new Date(createdAt),
    modifiedAt: new Date(modifiedAt),
    status: "ACTIVE",
    capacityType: settings.capacityType ?? "ON_DEMAND",
    subnets: [...nodegroup.subnetIds],
    instanceTypes: [...(hasTypes ? nodegroup.instanceTypes : defaults.instanceTypes)],
    scalingConfig: {
      minSize: nodegroup.size.min,
      maxSize: nodegroup.size.max,
      desiredSize: nodegroup.size.desired,
    },
    amiType: settings.amiType ?? defaults.amiType,
    nodeRole: settings.nodeRole,
    labels: settings.labels ?? {},
    taints: settings.taints ?? [],
    resources: { autoScalingGroups: [{ name: `eks-${nodegroup.name}` }] },
    diskSize: settings.diskSize ?? (hasTemplate ? undefined : defaults.diskSize),
    health: { issues: [] },
    updateConfig: settings.updateConfig ?? { maxUnavailable: 1 },
    nodeRepairConfig: settings.nodeRepairConfig,
    launchTemplate: settings.launchTemplate,
    remoteAccess: settings.remoteAccess,
    tags: settings.tags ?? {},
  };
}
