import { type ObjectValue, unknown } from "@cluster-ipam/terraform-provider";
import { type Transaction } from "@cluster-ipam/cloud-model";
import {
  type Cluster,
  type NodeSubnet,
  podRangeOf,
  servicesRangeOf,
  subnetworkPath,
} from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";

/**
 * What Terraform is told of a cluster: members that it knows as it knows them, with the ranges as they are.
 *
 * @param known the planned or stored state
 */
export function clusterState(transaction: Transaction, cluster: Cluster, known: ObjectValue): ObjectValue {
  const config = new ConfigReader(known);
  const services = servicesRangeOf(transaction, cluster);
  return {
    master_version: cluster.version,
    location: cluster.location,
    subnetwork: config.text("subnetwork") || cluster.subnets[0]!.subnetwork,
    node_locations: otherZones(cluster, config),
    cluster_ipv4_cidr: podRangeOf(transaction, cluster)?.cidr ?? config.text("cluster_ipv4_cidr"),
    services_ipv4_cidr: services.cidr,
    default_max_pods_per_node: config.number("default_max_pods_per_node") ?? cluster.maxPodsPerNode,
    endpoint: cluster.endpoint,
    ip_allocation_policy:
      cluster.subnets[0]!.podRanges.length === 0 ? [] : [policyState(transaction, cluster, config)],
    ...controlPlaneState(cluster, config),
  };
}

/** A zonal cluster does not list its own zone. */
const otherZones = ({ zones, location }: Cluster, config: ConfigReader): readonly string[] => {
  const known = config.texts("node_locations");
  return known.length > 0 ? known : zones.filter((zone) => zone !== location);
};

function policyState(transaction: Transaction, cluster: Cluster, config: ConfigReader): ObjectValue {
  const block: ObjectValue = config.objects("ip_allocation_policy")[0] ?? emptyPolicy;
  const policy = new ConfigReader(block);
  const pods = podRangeOf(transaction, cluster)!;
  const services = servicesRangeOf(transaction, cluster);
  const own = cluster.subnets[0]!;
  return {
    ...block,
    cluster_secondary_range_name: policy.text("cluster_secondary_range_name") || pods.name,
    cluster_ipv4_cidr_block: pods.cidr,
    services_secondary_range_name: policy.text("services_secondary_range_name") || services.name,
    services_ipv4_cidr_block: services.cidr,
    additional_pod_ranges_config: podRangesState(own, policy),
    additional_ip_ranges_config: subnetsState(cluster, policy),
  };
}

const emptyPolicy: ObjectValue = {
  stack_type: "IPV4",
  auto_ipam_config: unknown,
  network_tier_config: unknown,
  pod_cidr_overprovision_config: unknown,
};

function podRangesState({ podRanges }: NodeSubnet, policy: ConfigReader): readonly ObjectValue[] {
  const more = podRanges.slice(1);
  const known = policy.block("additional_pod_ranges_config").texts("pod_range_names");
  const names = [
    ...known.filter((name) => more.includes(name)),
    ...more.filter((name) => !known.includes(name)),
  ];
  return names.length === 0 ? [] : [{ pod_range_names: names }];
}

/** Subnetworks that Terraform knows keep their names and their order; those that GKE added follow. */
function subnetsState({ subnets, project, region }: Cluster, policy: ConfigReader): readonly ObjectValue[] {
  const known = policy.objects("additional_ip_ranges_config").map((block) => {
    const text = new ConfigReader(block).text("subnetwork");
    return { block, id: subnetworkPath.expand(text, { project, region }) };
  });
  const others = subnets.slice(1);
  const order = (id: string) => {
    const index = known.findIndex((one) => one.id === id);
    return index < 0 ? known.length : index;
  };
  return [...others]
    .sort((a, b) => order(a.subnetwork) - order(b.subnetwork))
    .map(({ subnetwork, podRanges }) => {
      const block = known.find(({ id }) => id === subnetwork)?.block;
      return { ...(block ?? { subnetwork, status: null }), pod_ipv4_range_names: podRanges };
    });
}

/** The addresses of the API, in the blocks that Terraform knows. */
function controlPlaneState(
  { privateEndpoint = "", dnsEndpoint }: Cluster,
  config: ConfigReader,
): ObjectValue {
  const privateConfig = config
    .objects("private_cluster_config")
    .map((block) => ({ ...block, private_endpoint: privateEndpoint }));
  const endpoints = config.objects("control_plane_endpoints_config").map((block) => ({
    ...block,
    dns_endpoint_config: new ConfigReader(block)
      .objects("dns_endpoint_config")
      .map((dns) => ({ ...dns, endpoint: dnsEndpoint })),
  }));
  return {
    ...(privateConfig.length > 0 ? { private_cluster_config: privateConfig } : {}),
    ...(endpoints.length > 0 ? { control_plane_endpoints_config: endpoints } : {}),
  };
}
