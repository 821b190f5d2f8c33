import {
  type AuthenticationMode,
  type Cluster,
  type CreateClusterRequest,
  type CreateClusterResponse,
  type DeleteClusterRequest,
  type DescribeClusterRequest,
  type DescribeClusterResponse,
  type ListClustersRequest,
  type Logging,
  type LogType,
  type ListClustersResponse,
  type SupportType,
  type UpdateClusterConfigRequest,
  type UpdateClusterVersionRequest,
} from "@aws-sdk/client-eks";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";
import { type Kind } from "../../../store/kind";
import { makeSecurityGroup, removeSecurityGroup } from "../../ec2/documents/connectivity/security-group";
import { attachServiceInterface, deleteServiceInterfaces } from "../../ec2/operations/service-interface";
import {
  clusterNamed,
  clustersIn,
  type EksCluster,
  findCluster,
  putCluster,
  removeCluster,
} from "../documents/cluster";
import {
  accessEntries,
  addons,
  type ClusterPart,
  nodegroups,
  partsOf,
  podIdentities,
  removePart,
} from "../documents/cluster-part";
import {
  checkControlPlaneSubnets,
  checkOtherSubnets,
  getSubnets,
  onePerZone,
  zonesOfSubnets,
} from "../rules/cluster-subnets";
import { checkSkew, checkUpgrade, defaultVersion, minorOf } from "../rules/kubernetes-version";
import { inUse, invalidRequest } from "../rules/refusals";
import { checkClusterRole } from "../rules/service-roles";
import { pageOfNames } from "./page-of-names";

/** Network interfaces of a control plane. EKS makes 2 to 4, in different zones. */
const controlPlaneInterfaces = 2;

/**
 * Creates a cluster with its security group and the control plane's network interfaces.
 *
 * @throws ServiceError, ProvisioningError
 */
export function createCluster(context: RequestContext, request: CreateClusterRequest): CreateClusterResponse {
  const { transaction, caller } = context;
  const { name = "", roleArn = "" } = request;
  if (findCluster(transaction, caller, name)) throw inUse(`Cluster already exists with name: ${name}`);
  checkClusterRole(context, roleArn);
  return { cluster: toShape(putCluster(transaction, newCluster(context, request, name, roleArn))) };
}

function newCluster(
  context: RequestContext,
  request: CreateClusterRequest,
  name: string,
  roleArn: string,
): EksCluster {
  const { transaction, caller } = context;
  const { owner, region } = caller;
  const { version = defaultVersion, resourcesVpcConfig: vpc = {} } = request;
  minorOf(version);
  const subnets = getSubnets(context, vpc.subnetIds ?? []);
  checkControlPlaneSubnets(name, subnets);
  const { vpcId } = subnets[0]!;
  const { GroupId: clusterSecurityGroupId } = makeSecurityGroup(context, {
    GroupName: `eks-cluster-sg-${name}`,
    Description:
      "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes.",
    VpcId: vpcId,
  });
  const token = transaction.hex(32).toUpperCase();
  const ipFamily = request.kubernetesNetworkConfig?.ipFamily ?? "ipv4";
  const description = `Amazon EKS ${name}`;
  const groups = [clusterSecurityGroupId, ...(vpc.securityGroupIds ?? [])];
  return {
    owner,
    region,
    name,
    arn: `arn:${awsPartition(region)}:eks:${region}:${owner}:cluster/${name}`,
    version,
    platformVersion: "eks.1",
    roleArn,
    endpoint: `https://${token}.gr7.${region}.eks.amazonaws.com`,
    certificateAuthority: "c2FuZGJveA==",
    issuer: `https://oidc.eks.${region}.amazonaws.com/id/${token}`,
    createdAt: new Date(transaction.now).toISOString(),
    vpcId,
    clusterSecurityGroupId,
    ...vpcSettings(vpc),
    zones: zonesOfSubnets(subnets),
    ipFamily,
    serviceIpv4Cidr:
      ipFamily === "ipv6" ? "" : (request.kubernetesNetworkConfig?.serviceIpv4Cidr ?? "172.20.0.0/16"),
    authenticationMode: request.accessConfig?.authenticationMode ?? "CONFIG_MAP",
    supportType: request.upgradePolicy?.supportType ?? "EXTENDED",
    deletionProtection: request.deletionProtection ?? false,
    selfManagedAddons: request.bootstrapSelfManagedAddons ?? true,
    loggedTypes: loggedTypes(request.logging),
    encryptionConfig: request.encryptionConfig ?? [],
    tags: request.tags ?? {},
    interfaceIds: onePerZone(subnets)
      .slice(0, controlPlaneInterfaces)
      .map(({ id }) => attachServiceInterface(context, id, { description, groups })),
  };
}

/** The enabled types after a request, which names only those that it switches. */
function loggedTypes({ clusterLogging = [] }: Logging = {}, before: readonly LogType[] = []): LogType[] {
  const on = clusterLogging.flatMap(({ enabled, types = [] }) => (enabled ? types : []));
  const off = clusterLogging.flatMap(({ enabled, types = [] }) => (enabled ? [] : types));
  return [...new Set([...before, ...on])].filter((type) => !off.includes(type));
}

const logTypes: readonly LogType[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** The enabled types and the others, each in a list of its own, as EKS shows them. */
function loggingShape(enabledTypes: readonly LogType[] = []): Logging {
  const disabled = logTypes.filter((type) => !enabledTypes.includes(type));
  const setups = [
    { types: [...enabledTypes], enabled: true },
    { types: disabled, enabled: false },
  ];
  return { clusterLogging: setups.filter(({ types }) => types.length > 0) };
}

type VpcConfig = NonNullable<CreateClusterRequest["resourcesVpcConfig"]>;
type VpcSettings = Pick<
  EksCluster,
  "subnetIds" | "securityGroupIds" | "endpointPrivateAccess" | "endpointPublicAccess" | "publicAccessCidrs"
>;

/** The settings of a request. Without `before`, members that the request lacks have EKS's defaults. */
function vpcSettings(config: VpcConfig, before?: VpcSettings): VpcSettings {
  const endpointPublicAccess = config.endpointPublicAccess ?? before?.endpointPublicAccess ?? true;
  const cidrs = config.publicAccessCidrs ?? before?.publicAccessCidrs ?? [];
  return {
    subnetIds: config.subnetIds ?? before?.subnetIds ?? [],
    securityGroupIds: config.securityGroupIds ?? before?.securityGroupIds ?? [],
    endpointPrivateAccess: config.endpointPrivateAccess ?? before?.endpointPrivateAccess ?? false,
    endpointPublicAccess,
    publicAccessCidrs: endpointPublicAccess && cidrs.length === 0 ? ["0.0.0.0/0"] : cidrs,
  };
}

/** Upgrades the control plane by one minor version. @throws ServiceError if node groups would be too old */
export function updateClusterVersion(context: RequestContext, request: UpdateClusterVersionRequest): void {
  const cluster = getCluster(context, request.name);
  const { version = cluster.version } = request;
  checkUpgrade(cluster.version, version);
  for (const nodegroup of partsOf(context.transaction, nodegroups, cluster))
    checkSkew(nodegroup.name, nodegroup.version, version);
  putCluster(context.transaction, { ...cluster, version });
}

/** Changes a cluster's settings. @throws ServiceError for subnets of another VPC or of other zones */
export function updateClusterConfig(context: RequestContext, request: UpdateClusterConfigRequest): void {
  const cluster = getCluster(context, request.name);
  const next: EksCluster = {
    ...cluster,
    ...vpcSettings(request.resourcesVpcConfig ?? {}, cluster),
    authenticationMode: request.accessConfig?.authenticationMode ?? cluster.authenticationMode,
    supportType: request.upgradePolicy?.supportType ?? cluster.supportType,
    deletionProtection: request.deletionProtection ?? cluster.deletionProtection,
    loggedTypes: loggedTypes(request.logging, cluster.loggedTypes),
  };
  if (next.subnetIds.join() !== cluster.subnetIds.join()) checkOtherSubnets(context, cluster, next.subnetIds);
  putCluster(context.transaction, next);
}

/** Replaces a cluster's tags, as `TagResource` and `UntagResource` do together. */
export function setClusterTags(
  context: RequestContext,
  name: string,
  tags: Readonly<Record<string, string>>,
): void {
  putCluster(context.transaction, { ...getCluster(context, name), tags });
}

/** Deletes a cluster with its add-ons, access entries and pod identity associations. */
export function deleteCluster(context: RequestContext, request: DeleteClusterRequest): void {
  const { transaction } = context;
  const cluster = getCluster(context, request.name);
  if (cluster.deletionProtection)
    throw invalidRequest(
      `Deletion protection is enabled for cluster ${cluster.name}. Disable it to delete the cluster.`,
    );
  if (partsOf(transaction, nodegroups, cluster).length > 0) throw inUse("Cluster has nodegroups attached");
  for (const kind of [addons, accessEntries, podIdentities] as readonly Kind<ClusterPart>[])
    for (const part of partsOf(transaction, kind, cluster)) removePart(transaction, kind, part);
  deleteServiceInterfaces(context, cluster.interfaceIds);
  removeSecurityGroup(context, cluster.clusterSecurityGroupId);
  removeCluster(transaction, cluster);
}

/** Describes a cluster. */
export const describeCluster = (
  context: RequestContext,
  request: DescribeClusterRequest,
): DescribeClusterResponse => ({ cluster: toShape(getCluster(context, request.name)) });

/** Lists the names of clusters. */
export function listClusters(
  { transaction, caller }: RequestContext,
  request: ListClustersRequest,
): ListClustersResponse {
  const { names, nextToken } = pageOfNames(clustersIn(transaction, caller), request);
  return { clusters: names, nextToken };
}

/** The caller's cluster of that name. @throws ServiceError `ResourceNotFoundException` */
export const getCluster = ({ transaction, caller }: RequestContext, name = ""): EksCluster =>
  clusterNamed(transaction, caller, name);

const toShape = (cluster: EksCluster): Cluster => ({
  name: cluster.name,
  arn: cluster.arn,
  status: "ACTIVE",
  version: cluster.version,
  platformVersion: cluster.platformVersion,
  roleArn: cluster.roleArn,
  endpoint: cluster.endpoint,
  certificateAuthority: { data: cluster.certificateAuthority },
  identity: { oidc: { issuer: cluster.issuer } },
  createdAt: new Date(cluster.createdAt),
  resourcesVpcConfig: {
    vpcId: cluster.vpcId,
    subnetIds: [...cluster.subnetIds],
    securityGroupIds: [...cluster.securityGroupIds],
    clusterSecurityGroupId: cluster.clusterSecurityGroupId,
    endpointPrivateAccess: cluster.endpointPrivateAccess,
    endpointPublicAccess: cluster.endpointPublicAccess,
    publicAccessCidrs: [...cluster.publicAccessCidrs],
  },
  kubernetesNetworkConfig: {
    ipFamily: cluster.ipFamily,
    ...(cluster.serviceIpv4Cidr && { serviceIpv4Cidr: cluster.serviceIpv4Cidr }),
    elasticLoadBalancing: { enabled: false },
  },
  logging: loggingShape(cluster.loggedTypes),
  health: { issues: [] },
  ...((cluster.encryptionConfig ?? []).length > 0 && { encryptionConfig: [...cluster.encryptionConfig!] }),
  computeConfig: { enabled: false, nodePools: [] },
  storageConfig: { blockStorage: { enabled: false } },
  zonalShiftConfig: { enabled: false },
  accessConfig: { authenticationMode: cluster.authenticationMode as AuthenticationMode },
  upgradePolicy: { supportType: cluster.supportType as SupportType },
  deletionProtection: cluster.deletionProtection,
  tags: cluster.tags,
});
