import {
  type AuthenticationMode,
  type Cluster,
  type CreateClusterRequest,
  type CreateClusterResponse,
  type DeleteClusterRequest,
  type DescribeClusterRequest,
  type DescribeClusterResponse,
  type ListClustersRequest,
  type ListClustersResponse,
  type Logging,
  type LogType,
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
  type ClusterSettings,
  type EksCluster,
  findCluster,
  putCluster,
  removeCluster,
} from "../documents/cluster";
import {
  accessEntries,
  addons,
  type ClusterPart,
  fargateProfiles,
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
import { checkAutoMode } from "../rules/auto-mode";
import { inUse, invalidParameter, invalidRequest } from "../rules/refusals";
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
  checkAutoMode(request, {});
  if (request.computeConfig?.enabled && request.bootstrapSelfManagedAddons !== false)
    throw invalidParameter("bootstrapSelfManagedAddons must be set to false if EKS Auto Mode is enabled");
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
    tags: request.tags ?? {},
    settings: settingsIn(request),
    interfaceIds: onePerZone(subnets)
      .slice(0, controlPlaneInterfaces)
      .map(({ id }) => attachServiceInterface(context, id, { description, groups })),
  };
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

/** The settings of a request, over those before. Members that it lacks stay. */
function settingsIn(
  request: CreateClusterRequest | UpdateClusterConfigRequest,
  before: ClusterSettings = {},
): ClusterSettings {
  const { encryptionConfig = before.encryptionConfig } = request as CreateClusterRequest;
  return {
    computeConfig: request.computeConfig ?? before.computeConfig,
    controlPlaneScalingConfig: request.controlPlaneScalingConfig ?? before.controlPlaneScalingConfig,
    encryptionConfig,
    loadBalancing: request.kubernetesNetworkConfig?.elasticLoadBalancing ?? before.loadBalancing,
    logging: request.logging ? loggingWith(request.logging) : before.logging,
    remoteNetworkConfig: request.remoteNetworkConfig ?? before.remoteNetworkConfig,
    storageConfig: request.storageConfig ?? before.storageConfig,
    zonalShiftConfig: request.zonalShiftConfig ?? before.zonalShiftConfig,
  };
}

const logTypes: LogType[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** The log types of a cluster: those that are enabled, and the others, which are not. */
function loggingWith({ clusterLogging = [] }: Logging): Logging {
  const enabled = clusterLogging.filter((setup) => setup.enabled).flatMap(({ types = [] }) => types);
  const others = logTypes.filter((type) => !enabled.includes(type));
  const setups = [
    { types: enabled, enabled: true },
    { types: others, enabled: false },
  ];
  return { clusterLogging: setups.filter(({ types }) => types.length > 0) };
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
  checkAutoMode(request, cluster.settings ?? {});
  const next: EksCluster = {
    ...cluster,
    ...vpcSettings(request.resourcesVpcConfig ?? {}, cluster),
    authenticationMode: request.accessConfig?.authenticationMode ?? cluster.authenticationMode,
    supportType: request.upgradePolicy?.supportType ?? cluster.supportType,
    deletionProtection: request.deletionProtection ?? cluster.deletionProtection,
    settings: settingsIn(request, cluster.settings),
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
  if (partsOf(transaction, fargateProfiles, cluster).length > 0)
    throw inUse("Cluster has fargate profiles attached");
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
    ...(cluster.ipFamily === "ipv6" && { serviceIpv6Cidr: "fd00:ec2::/108" }),
    elasticLoadBalancing: cluster.settings?.loadBalancing ?? { enabled: false },
  },
  logging: cluster.settings?.logging ?? loggingWith({}),
  encryptionConfig: cluster.settings?.encryptionConfig,
  health: { issues: [] },
  remoteNetworkConfig: cluster.settings?.remoteNetworkConfig,
  zonalShiftConfig: cluster.settings?.zonalShiftConfig ?? { enabled: false },
  computeConfig: cluster.settings?.computeConfig ?? { enabled: false },
  storageConfig: cluster.settings?.storageConfig ?? { blockStorage: { enabled: false } },
  controlPlaneScalingConfig: cluster.settings?.controlPlaneScalingConfig ?? { tier: "standard" },
  accessConfig: { authenticationMode: cluster.authenticationMode as AuthenticationMode },
  upgradePolicy: { supportType: cluster.supportType as SupportType },
  deletionProtection: cluster.deletionProtection,
  tags: cluster.tags,
});
