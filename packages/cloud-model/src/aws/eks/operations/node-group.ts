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
import { launchTemplates } from "../../ec2/documents/launch-template";
import { attachServiceInterface, deleteServiceInterfaces } from "../../ec2/operations/service-interface";
import { type EksCluster } from "../documents/cluster";
import {
  type EksNodegroup,
  locationIn,
  type NodegroupSettings,
  nodegroups,
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
    settings: settingsOf(context, request),
  });
  return { nodegroup: toShape(putPart(transaction, nodegroups, nodegroup)) };
}

/** Gives a node group another version or launch template. @throws ServiceError for a version outside the skew */
export function updateNodegroupVersion(
  context: RequestContext,
  request: UpdateNodegroupVersionRequest,
): void {
  const cluster = getCluster(context, request.clusterName);
  const nodegroup = getNodegroup(context, cluster, request.nodegroupName);
  const { version = nodegroup.version, launchTemplate } = request;
  checkLaunchTemplate(context, launchTemplate);
  checkSkew(nodegroup.name, version, cluster.version);
  putPart(context.transaction, nodegroups, {
    ...modified(context, nodegroup, launchTemplate && { launchTemplate }),
    version,
  });
}

/** Scales a node group. @throws ServiceError, ProvisioningError */
export function updateNodegroupConfig(context: RequestContext, request: UpdateNodegroupConfigRequest): void {
  const cluster = getCluster(context, request.clusterName);
  const nodegroup = getNodegroup(context, cluster, request.nodegroupName);
  const labels = { ...nodegroup.settings?.labels, ...request.labels?.addOrUpdateLabels };
  for (const key of request.labels?.removeLabels ?? []) delete labels[key];
  const changed = modified(context, nodegroup, {
    labels,
    ...(request.updateConfig && { updateConfig: request.updateConfig }),
    ...(request.nodeRepairConfig && { nodeRepairConfig: request.nodeRepairConfig }),
    ...(request.taints && { taints: taintsAfter(nodegroup.settings?.taints, request.taints) }),
  });
  const { min, desired, max } = nodegroup.size;
  const { scalingConfig = { minSize: min, desiredSize: desired, maxSize: max } } = request;
  putPart(context.transaction, nodegroups, scale(context, cluster, scalingConfig, changed));
}

const taintsAfter = (
  before: readonly Taint[] = [],
  { addOrUpdateTaints = [], removeTaints = [] }: NonNullable<UpdateNodegroupConfigRequest["taints"]>,
): readonly Taint[] => {
  const isSame = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
  const gone = [...addOrUpdateTaints, ...removeTaints];
  return [...before.filter((one) => !gone.some((other) => isSame(one, other))), ...addOrUpdateTaints];
};

/** Source: Amazon EKS API Reference, CreateNodegroup: the defaults. */
function settingsOf({ transaction }: RequestContext, request: CreateNodegroupRequest): NodegroupSettings {
  const createdAt = new Date(transaction.now).toISOString();
  const { amiType = "AL2023_x86_64_STANDARD", launchTemplate, remoteAccess } = request;
  return {
    nodeRole: request.nodeRole ?? "",
    amiType,
    capacityType: request.capacityType ?? "ON_DEMAND",
    // With a launch template the disk is the template's.
    diskSize: launchTemplate ? undefined : (request.diskSize ?? 20),
    labels: request.labels ?? {},
    taints: request.taints ?? [],
    launchTemplate,
    remoteAccess,
    updateConfig: request.updateConfig ?? { maxUnavailable: 1 },
    nodeRepairConfig: request.nodeRepairConfig ?? { enabled: false },
    tags: request.tags ?? {},
    createdAt,
    modifiedAt: createdAt,
  };
}

function modified(
  { transaction }: RequestContext,
  nodegroup: EksNodegroup,
  changes: Partial<NodegroupSettings> = {},
): EksNodegroup {
  const { settings } = nodegroup;
  if (!settings) return nodegroup;
  const modifiedAt = new Date(transaction.now).toISOString();
  return { ...nodegroup, settings: { ...settings, ...changes, modifiedAt } };
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
  nodegroup: toShape(getNodegroup(context, getCluster(context, request.clusterName), request.nodegroupName)),
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

const toShape = (nodegroup: EksNodegroup): Nodegroup => ({
  nodegroupName: nodegroup.name,
  clusterName: nodegroup.clusterName,
  nodegroupArn: nodegroup.arn,
  version: nodegroup.version,
  status: "ACTIVE",
  subnets: [...nodegroup.subnetIds],
  instanceTypes: [...nodegroup.instanceTypes],
  scalingConfig: {
    minSize: nodegroup.size.min,
    maxSize: nodegroup.size.max,
    desiredSize: nodegroup.size.desired,
  },
  health: { issues: [] },
  resources: { autoScalingGroups: [{ name: `eks-${nodegroup.name}-${nodegroup.arn.slice(-36)}` }] },
  ...(nodegroup.settings && settingsShape(nodegroup.version, nodegroup.settings)),
});

const settingsShape = (
  version: string,
  { taints, labels, tags, createdAt, modifiedAt, ...settings }: NodegroupSettings,
): Partial<Nodegroup> => ({
  ...settings,
  // The AMI release of a version is EKS's; this one is made up, in its form.
  ...(settings.amiType !== "CUSTOM" && { releaseVersion: `${version}.0-20260701` }),
  labels: { ...labels },
  tags: { ...tags },
  ...(taints.length > 0 && { taints: [...taints] }),
  createdAt: new Date(createdAt),
  modifiedAt: new Date(modifiedAt),
});
