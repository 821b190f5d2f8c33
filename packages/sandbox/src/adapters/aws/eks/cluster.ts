import { type AuthenticationMode, type SupportType } from "@aws-sdk/client-eks";
import {
  createCluster,
  deleteCluster,
  type EksCluster,
  findCluster,
  setClusterTags,
  updateClusterConfig,
  updateClusterVersion,
} from "@cluster-ipam/cloud-model/aws/eks";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { resolveUnknown } from "../../../computed-values/resolve-unknown";
import { booleanAt, stringAt } from "../../arguments";
import { ConfigReader } from "../../config-reader";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { waitFor } from "./provisioning-failure";

/** `aws_eks_cluster`. */
export const eksCluster: ResourceModel = {
  create(context, planned) {
    const config = new ConfigReader(planned);
    const network = config.block("kubernetes_network_config");
    const name = config.text("name");
    waitFor(`EKS Cluster (${name})`, "FAILED", () =>
      createCluster(context, {
        ...settingsIn(planned),
        name,
        version: stringAt(planned, "version"),
        roleArn: config.text("role_arn"),
        bootstrapSelfManagedAddons: booleanAt(planned, "bootstrap_self_managed_addons"),
        kubernetesNetworkConfig: {
          elasticLoadBalancing: switchIn(network.block("elastic_load_balancing")),
          ipFamily: network.text("ip_family") === "ipv6" ? "ipv6" : "ipv4",
          serviceIpv4Cidr: network.text("service_ipv4_cidr") || undefined,
        },
        tags: config.map("tags_all"),
      }),
    );
    return toTerraformState(findCluster(context.transaction, context.caller, name), planned);
  },
  update(context, prior, planned) {
    const name = String(prior["name"]);
    const version = stringAt(planned, "version");
    const before = findCluster(context.transaction, context.caller, name);
    if (version !== undefined && version !== before?.version)
      updateClusterVersion(context, { name, version });
    waitFor(`EKS Cluster (${name})`, "FAILED", () =>
      updateClusterConfig(context, { ...settingsIn(planned), ...loadBalancingIn(planned), name }),
    );
    setClusterTags(context, name, new ConfigReader(planned).map("tags_all"));
    return toTerraformState(findCluster(context.transaction, context.caller, name), planned);
  },
  delete(context, state) {
    if (exists(context, state)) deleteCluster(context, { name: String(state["name"]) });
  },
  read: (context, state) => (exists(context, state) ? {} : null),
};

const exists = ({ transaction, caller }: ResourceContext, state: ObjectValue): boolean =>
  findCluster(transaction, caller, String(state["name"])) !== undefined;

/** The settings that a cluster is created with and that can be changed. */
function settingsIn(planned: ObjectValue) {
  const config = new ConfigReader(planned);
  const vpc = config.block("vpc_config");
  const publicCidrs = [...vpc.texts("public_access_cidrs")];
  const mode = config.block("access_config").text("authentication_mode");
  const support = config.block("upgrade_policy").text("support_type");
  return {
    resourcesVpcConfig: {
      subnetIds: [...vpc.texts("subnet_ids")],
      securityGroupIds: [...vpc.texts("security_group_ids")],
      endpointPrivateAccess: vpc.flag("endpoint_private_access"),
      endpointPublicAccess: vpc.flag("endpoint_public_access"),
      publicAccessCidrs: publicCidrs.length > 0 ? publicCidrs : undefined,
    },
    accessConfig: { authenticationMode: (mode || undefined) as AuthenticationMode | undefined },
    upgradePolicy: { supportType: (support || undefined) as SupportType | undefined },
    deletionProtection: booleanAt(planned, "deletion_protection"),
    ...autoModeIn(config),
  };
}

/** Compute and block storage of Auto Mode, as far as the configuration has them. */
function autoModeIn(config: ConfigReader) {
  const compute = config.block("compute_config");
  const blockStorage = switchIn(config.block("storage_config").block("block_storage"));
  const computeConfig = switchIn(compute);
  return {
    ...(computeConfig && {
      computeConfig: {
        ...computeConfig,
        nodePools: [...compute.texts("node_pools")],
        nodeRoleArn: compute.text("node_role_arn") || undefined,
      },
    }),
    ...(blockStorage && { storageConfig: { blockStorage } }),
  };
}

function loadBalancingIn(planned: ObjectValue) {
  const network = new ConfigReader(planned).block("kubernetes_network_config");
  const elasticLoadBalancing = switchIn(network.block("elastic_load_balancing"));
  return elasticLoadBalancing && { kubernetesNetworkConfig: { elasticLoadBalancing } };
}

/** A block with `enabled`; undefined if the configuration does not have it. */
function switchIn(block: ConfigReader): { readonly enabled: boolean } | undefined {
  return block.isSet("enabled") ? { enabled: block.flag("enabled") } : undefined;
}

/** What EKS decides: its defaults for what the plan leaves open, and what only it knows. */
const toTerraformState = (cluster: EksCluster | undefined, planned: ObjectValue): ObjectValue =>
  cluster
    ? {
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
          public_access_cidrs: [...cluster.publicAccessCidrs],
        }),
      }
    : {};
