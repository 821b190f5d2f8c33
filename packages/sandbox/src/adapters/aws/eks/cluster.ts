import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { partitionOf, ServiceError } from "@cluster-ipam/cloud-model";
import {
  accessEntries,
  addons,
  clusterNamed,
  type EksCluster,
  findCluster,
  nodegroups,
  partsOf,
  podIdentities,
  putCluster,
  removeCluster,
  removePart,
} from "@cluster-ipam/cloud-model/aws/eks";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { resolveUnknown } from "../../../computed-values/resolve-unknown";
import { attachServiceInterface, deleteInterfaces } from "../network/interface";
import { checkControlPlaneSubnets, subnetsNamed } from "./cluster-network";
import { checkClusterRole, invalidParameter, invalidRequest } from "./refusals";
import { checkSkew, checkUpgrade, defaultVersion, minorOf } from "./kubernetes-version";

/** The control plane's interfaces (EKS makes 2 to 4, in different zones). */
const interfaces = 2;

/** `aws_eks_cluster` */
export const eksCluster: ResourceModel = {
  create(context, planned) {
    const asked = new ConfigReader(planned);
    checkClusterRole(context, asked.text("role_arn"));
    const cluster = putCluster(context.transaction, newCluster(context, asked));
    return decided(cluster, planned);
  },

  update(context, prior, planned) {
    const cluster = clusterNamed(context.transaction, context.caller, String(prior["name"]));
    const next = changed(context, cluster, new ConfigReader(planned));
    putCluster(context.transaction, next);
    return decided(next, planned);
  },

  delete(context, state) {
    const cluster = findCluster(context.transaction, context.caller, String(state["name"]));
    if (!cluster) return;
    if (cluster.deletionProtection)
      throw invalidRequest(
        `Deletion protection is enabled for cluster ${cluster.name}. Disable it to delete the cluster.`,
      );
    if (partsOf(context.transaction, nodegroups, cluster).length > 0)
      throw new ServiceError("ResourceInUseException", "Cluster has nodegroups attached", 409);
    for (const kind of [addons, accessEntries, podIdentities])
      for (const part of partsOf(context.transaction, kind, cluster))
        removePart(context.transaction, kind, part);
    deleteInterfaces(context, cluster.interfaceIds);
    removeCluster(context.transaction, cluster);
  },

  read(context, state) {
    const cluster = findCluster(context.transaction, context.caller, String(state["name"]));
    return cluster ? {} : null;
  },
};

function newCluster(context: ResourceContext, asked: ConfigReader): EksCluster {
  const { transaction, caller } = context;
  const [name, version] = [asked.text("name"), asked.text("version") || defaultVersion];
  minorOf(version);
  const vpc = asked.block("vpc_config");
  const subnets = subnetsNamed(context, vpc.texts("subnet_ids"));
  checkControlPlaneSubnets(name, subnets);
  const { vpcId } = subnets[0]!;
  const clusterSecurityGroupId = `sg-${transaction.hex(17)}`;
  const groups = [clusterSecurityGroupId, ...vpc.texts("security_group_ids")];
  const token = transaction.hex(32).toUpperCase();
  return {
    ...caller,
    name,
    arn: `arn:${partitionOf(caller.region)}:eks:${caller.region}:${caller.owner}:cluster/${name}`,
    platformVersion: "eks.1",
    endpoint: `https://${token}.gr7.${caller.region}.eks.amazonaws.com`,
    certificateAuthority: "c2FuZGJveA==",
    issuer: `https://oidc.eks.${caller.region}.amazonaws.com/id/${token}`,
    createdAt: new Date(transaction.now).toISOString(),
    vpcId,
    clusterSecurityGroupId,
    selfManagedAddons: asked.flag("bootstrap_self_managed_addons"),
    ...askedFor(asked),
    version,
    roleArn: asked.text("role_arn"),
    interfaceIds: onePerZone(subnets)
      .slice(0, interfaces)
      .map(({ id }) => attachServiceInterface(context, id, { description: `Amazon EKS ${name}`, groups })),
  };
}

/** What a cluster is told, and can be told again. */
function askedFor(asked: ConfigReader) {
  const vpc = asked.block("vpc_config");
  const kubernetes = asked.block("kubernetes_network_config");
  const ipFamily = kubernetes.text("ip_family") === "ipv6" ? ("ipv6" as const) : ("ipv4" as const);
  return {
    subnetIds: vpc.texts("subnet_ids"),
    securityGroupIds: vpc.texts("security_group_ids"),
    endpointPrivateAccess: vpc.flag("endpoint_private_access"),
    endpointPublicAccess: vpc.flag("endpoint_public_access"),
    publicAccessCidrs: vpc.texts("public_access_cidrs"),
    ipFamily,
    serviceIpv4Cidr: ipFamily === "ipv6" ? "" : kubernetes.text("service_ipv4_cidr") || "172.20.0.0/16",
    authenticationMode: asked.block("access_config").text("authentication_mode") || "CONFIG_MAP",
    supportType: asked.block("upgrade_policy").text("support_type") || "EXTENDED",
    deletionProtection: asked.flag("deletion_protection"),
    tags: asked.map("tags_all"),
  };
}

/** @throws ServiceError for a step EKS does not take, and for subnets of other zones than the cluster's */
function changed(context: ResourceContext, cluster: EksCluster, asked: ConfigReader): EksCluster {
  const version = asked.text("version") || cluster.version;
  if (version !== cluster.version) {
    checkUpgrade(cluster.version, version);
    for (const { name, version: nodes } of partsOf(context.transaction, nodegroups, cluster))
      checkSkew(name, nodes, version);
  }
  const next = { ...cluster, ...askedFor(asked), version };
  if (next.subnetIds.join() !== cluster.subnetIds.join()) checkOtherSubnets(context, cluster, next.subnetIds);
  return next;
}

/** Source: Amazon EKS networking requirements: same VPC and zones, at least two zones. */
function checkOtherSubnets(context: ResourceContext, cluster: EksCluster, ids: readonly string[]): void {
  const subnets = subnetsNamed(context, ids);
  checkControlPlaneSubnets(cluster.name, subnets);
  const zones = new Set(subnetsNamed(context, cluster.subnetIds).map(({ zone }) => zone));
  if (subnets.some(({ zone, vpcId }) => !zones.has(zone) || vpcId !== cluster.vpcId))
    throw invalidParameter(
      "Provided subnets must belong to the VPC and the set of Availability Zones that were given when the cluster was created",
      "UpdateClusterConfig",
    );
}

const onePerZone = <T extends { readonly zone: string }>(subnets: readonly T[]): readonly T[] =>
  subnets.filter(({ zone }, index) => subnets.findIndex((subnet) => subnet.zone === zone) === index);

/** What EKS gives where nothing was asked for, and what only it knows. */
const decided = (cluster: EksCluster, planned: ObjectValue): ObjectValue => ({
  arn: cluster.arn,
  version: cluster.version,
  deletion_protection: cluster.deletionProtection,
  endpoint: cluster.endpoint,
  created_at: cluster.createdAt,
  identity: [{ oidc: [{ issuer: cluster.issuer }] }],
  access_config: resolveUnknown(planned["access_config"], {
    authentication_mode: cluster.authenticationMode,
    bootstrap_cluster_creator_admin_permissions: null,
  }),
  kubernetes_network_config: resolveUnknown(planned["kubernetes_network_config"], {
    ip_family: cluster.ipFamily,
    service_ipv4_cidr: cluster.serviceIpv4Cidr,
    service_ipv6_cidr: cluster.ipFamily === "ipv6" ? "fd30:1c53:5f8a::/108" : "",
    elastic_load_balancing: [],
  }),
  upgrade_policy: resolveUnknown(planned["upgrade_policy"], { support_type: cluster.supportType }),
  vpc_config: resolveUnknown(planned["vpc_config"], {
    vpc_id: cluster.vpcId,
    cluster_security_group_id: cluster.clusterSecurityGroupId,
    public_access_cidrs: cluster.endpointPublicAccess ? ["0.0.0.0/0"] : [],
  }),
});
