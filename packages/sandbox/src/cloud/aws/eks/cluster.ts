import { type ObjectValue } from "../../../plugin/value";
import { Asked } from "../../asked";
import { partitionOf } from "../../fill";
import { type ResourceModel, type Scene } from "../../resource-model";
import { ServiceError } from "../../service-error";
import { settled } from "../../settled";
import { plugIn, unplug } from "../network/interface";
import { clusterNamed, type EksCluster, findCluster, putCluster, removeCluster } from "./cluster-documents";
import { checkControlPlaneSubnets, subnetsNamed } from "./cluster-network";
import { accessEntries, addons, nodegroups, partsOf, podIdentities, removePart } from "./cluster-parts";
import { checkClusterRole, invalidParameter, invalidRequest } from "./refusals";
import { checkSkew, checkUpgrade, defaultVersion, minorOf } from "./kubernetes-version";

/** The control plane's interfaces (EKS makes 2 to 4, in different zones). */
const interfaces = 2;

/** `aws_eks_cluster` */
export const eksCluster: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    checkClusterRole(scene, asked.text("role_arn"));
    const cluster = putCluster(scene.transaction, newCluster(scene, asked));
    return decided(cluster, planned);
  },

  update(scene, prior, planned) {
    const cluster = clusterNamed(scene.transaction, scene.place, String(prior["name"]));
    const next = changed(scene, cluster, new Asked(planned));
    putCluster(scene.transaction, next);
    return decided(next, planned);
  },

  delete(scene, state) {
    const cluster = findCluster(scene.transaction, scene.place, String(state["name"]));
    if (!cluster) return;
    if (cluster.deletionProtection)
      throw invalidRequest(
        `Deletion protection is enabled for cluster ${cluster.name}. Disable it to delete the cluster.`,
      );
    if (partsOf(scene.transaction, nodegroups, cluster).length > 0)
      throw new ServiceError("ResourceInUseException", "Cluster has nodegroups attached", 409);
    for (const kind of [addons, accessEntries, podIdentities])
      for (const part of partsOf(scene.transaction, kind, cluster)) removePart(scene.transaction, kind, part);
    unplug(scene, cluster.interfaceIds);
    removeCluster(scene.transaction, cluster);
  },

  read(scene, state) {
    const cluster = findCluster(scene.transaction, scene.place, String(state["name"]));
    return cluster ? {} : null;
  },
};

function newCluster(scene: Scene, asked: Asked): EksCluster {
  const { transaction, place } = scene;
  const [name, version] = [asked.text("name"), asked.text("version") || defaultVersion];
  minorOf(version);
  const vpc = asked.block("vpc_config");
  const subnets = subnetsNamed(scene, vpc.texts("subnet_ids"));
  checkControlPlaneSubnets(name, subnets);
  const { vpcId } = subnets[0]!;
  const clusterSecurityGroupId = `sg-${transaction.hex(17)}`;
  const groups = [clusterSecurityGroupId, ...vpc.texts("security_group_ids")];
  const token = transaction.hex(32).toUpperCase();
  return {
    ...place,
    name,
    arn: `arn:${partitionOf(place.region)}:eks:${place.region}:${place.owner}:cluster/${name}`,
    platformVersion: "eks.1",
    endpoint: `https://${token}.gr7.${place.region}.eks.amazonaws.com`,
    certificateAuthority: "c2FuZGJveA==",
    issuer: `https://oidc.eks.${place.region}.amazonaws.com/id/${token}`,
    createdAt: new Date(transaction.now).toISOString(),
    vpcId,
    clusterSecurityGroupId,
    selfManagedAddons: asked.flag("bootstrap_self_managed_addons"),
    ...askedFor(asked),
    version,
    roleArn: asked.text("role_arn"),
    interfaceIds: onePerZone(subnets)
      .slice(0, interfaces)
      .map(({ id }) => plugIn(scene, id, { description: `Amazon EKS ${name}`, groups })),
  };
}

/** What a cluster is told, and can be told again. */
function askedFor(asked: Asked) {
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
function changed(scene: Scene, cluster: EksCluster, asked: Asked): EksCluster {
  const version = asked.text("version") || cluster.version;
  if (version !== cluster.version) {
    checkUpgrade(cluster.version, version);
    for (const { name, version: nodes } of partsOf(scene.transaction, nodegroups, cluster))
      checkSkew(name, nodes, version);
  }
  const next = { ...cluster, ...askedFor(asked), version };
  if (next.subnetIds.join() !== cluster.subnetIds.join()) checkOtherSubnets(scene, cluster, next.subnetIds);
  return next;
}

/** Source: Amazon EKS networking requirements: same VPC and zones, at least two zones. */
function checkOtherSubnets(scene: Scene, cluster: EksCluster, ids: readonly string[]): void {
  const subnets = subnetsNamed(scene, ids);
  checkControlPlaneSubnets(cluster.name, subnets);
  const zones = new Set(subnetsNamed(scene, cluster.subnetIds).map(({ zone }) => zone));
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
  access_config: settled(planned["access_config"], {
    authentication_mode: cluster.authenticationMode,
    bootstrap_cluster_creator_admin_permissions: null,
  }),
  kubernetes_network_config: settled(planned["kubernetes_network_config"], {
    ip_family: cluster.ipFamily,
    service_ipv4_cidr: cluster.serviceIpv4Cidr,
    service_ipv6_cidr: cluster.ipFamily === "ipv6" ? "fd30:1c53:5f8a::/108" : "",
    elastic_load_balancing: [],
  }),
  upgrade_policy: settled(planned["upgrade_policy"], { support_type: cluster.supportType }),
  vpc_config: settled(planned["vpc_config"], {
    vpc_id: cluster.vpcId,
    cluster_security_group_id: cluster.clusterSecurityGroupId,
    public_access_cidrs: cluster.endpointPublicAccess ? ["0.0.0.0/0"] : [],
  }),
});
