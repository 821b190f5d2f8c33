import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  type AdditionalIpRanges,
  type Cluster,
  type ClusterRequest,
  type ClusterUpdate,
  type IpAllocationPolicy,
  subnetworkPath,
} from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { nodePoolRequest } from "./node-pool-request";

/** The request for a cluster. */
export function clusterRequest(config: ConfigReader): ClusterRequest {
  const privateConfig = config.block("private_cluster_config");
  const maxPodsPerNode = config.number("default_max_pods_per_node");
  return {
    name: config.text("name"),
    network: config.text("network"),
    subnetwork: config.text("subnetwork"),
    locations: config.texts("node_locations"),
    initialClusterVersion: config.text("min_master_version"),
    releaseChannel: { channel: config.block("release_channel").text("channel") },
    autopilot: { enabled: config.flag("enable_autopilot") },
    defaultMaxPodsConstraint: maxPodsPerNode === undefined ? undefined : { maxPodsPerNode },
    ipAllocationPolicy: ipAllocationPolicy(config),
    privateClusterConfig: {
      enablePrivateEndpoint: privateConfig.flag("enable_private_endpoint"),
      masterIpv4CidrBlock: privateConfig.text("master_ipv4_cidr_block"),
      privateEndpointSubnetwork: privateConfig.text("private_endpoint_subnetwork"),
    },
    initialNodeCount: config.number("initial_node_count"),
    nodePools: config
      .blocks("node_pool")
      .map((block, i) => nodePoolRequest(block.text("name") || `pool-${i}`, block)),
  };
}

function ipAllocationPolicy(config: ConfigReader): IpAllocationPolicy {
  const policy = config.block("ip_allocation_policy");
  return {
    useRoutes: config.text("networking_mode") === "ROUTES" || config.text("cluster_ipv4_cidr") !== "",
    clusterSecondaryRangeName: policy.text("cluster_secondary_range_name"),
    servicesSecondaryRangeName: policy.text("services_secondary_range_name"),
    clusterIpv4CidrBlock: policy.text("cluster_ipv4_cidr_block"),
    servicesIpv4CidrBlock: policy.text("services_ipv4_cidr_block"),
    additionalPodRangesConfig: { podRangeNames: podRangeNames(policy) },
    additionalIpRangesConfigs: additionalIpRanges(policy),
    autoIpamConfig: { enabled: policy.block("auto_ipam_config").flag("enabled") },
  };
}

const podRangeNames = (policy: ConfigReader): readonly string[] =>
  policy.block("additional_pod_ranges_config").texts("pod_range_names");

const additionalIpRanges = (policy: ConfigReader): readonly AdditionalIpRanges[] =>
  policy.blocks("additional_ip_ranges_config").map((block) => ({
    subnetwork: block.text("subnetwork"),
    podIpv4RangeNames: block.texts("pod_ipv4_range_names"),
  }));

/** The change of a cluster: ranges and subnetworks that GKE added, and that Terraform has not seen, stay. */
export function clusterUpdate(before: Cluster, prior: ObjectValue, planned: ObjectValue): ClusterUpdate {
  const [old, config] = [new ConfigReader(prior), new ConfigReader(planned)];
  const [known, policy] = [old.block("ip_allocation_policy"), config.block("ip_allocation_policy")];
  const minimum = config.text("min_master_version");
  const podRanges = podRangeNames(policy);
  return {
    desiredMasterVersion: minimum === old.text("min_master_version") ? "" : minimum,
    desiredLocations: config.texts("node_locations"),
    desiredAutoIpamConfig: { enabled: policy.block("auto_ipam_config").flag("enabled") },
    additionalPodRangesConfig: { podRangeNames: podRanges },
    removedAdditionalPodRangesConfig: {
      podRangeNames: podRangeNames(known).filter((name) => !podRanges.includes(name)),
    },
    desiredAdditionalIpRangesConfig: {
      additionalIpRangesConfigs: [
        ...additionalIpRanges(policy),
        ...unseenIpRanges(before, [...additionalIpRanges(known), ...additionalIpRanges(policy)]),
      ],
    },
  };
}

/** The additional subnetworks of a cluster that Terraform does not list. */
function unseenIpRanges(
  { subnets, project, region }: Cluster,
  listed: readonly AdditionalIpRanges[],
): readonly AdditionalIpRanges[] {
  const ids = listed.map(({ subnetwork }) => subnetworkPath.expand(subnetwork, { project, region }));
  return subnets
    .slice(1)
    .filter(({ subnetwork }) => !ids.includes(subnetwork))
    .map(({ subnetwork, podRanges }) => ({ subnetwork, podIpv4RangeNames: podRanges }));
}
