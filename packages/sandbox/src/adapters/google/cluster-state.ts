import { Prefix } from "@cluster-ipam/address-plan";
import { type ObjectValue, unknown } from "@cluster-ipam/terraform-provider";
import { identifier, type Transaction } from "@cluster-ipam/cloud-model";
import { type Cluster, type NodeSubnet } from "@cluster-ipam/cloud-model/google";
import { ConfigReader } from "../config-reader";
import { privateEndpoint } from "./cluster-ranges";
import { podRangeOf, servicesRangeOf } from "./cluster-services";
import { subnetworkPath } from "./resource-path";

/**
 * What Terraform is told of a cluster: what it knows as it knows it, with the ranges as they are.
 *
 * @param known what was planned or kept
 */
export function clusterState(transaction: Transaction, cluster: Cluster, known: ObjectValue): ObjectValue {
  const asked = new ConfigReader(known);
  const services = servicesRangeOf(transaction, cluster, asked.block("ip_allocation_policy"));
  return {
    master_version: cluster.version,
    location: cluster.location,
    subnetwork: asked.text("subnetwork") || cluster.subnets[0]!.subnetwork,
    node_locations: otherZones(cluster, asked),
    cluster_ipv4_cidr: podRangeOf(transaction, cluster)?.cidr ?? asked.text("cluster_ipv4_cidr"),
    services_ipv4_cidr: services.cidr,
    default_max_pods_per_node: asked.number("default_max_pods_per_node") ?? cluster.maxPodsPerNode,
    endpoint: cluster.endpoint,
    ip_allocation_policy:
      cluster.subnets[0]!.podRanges.length === 0 ? [] : [policyState(transaction, cluster, asked)],
    ...controlPlaneState(cluster, asked),
  };
}

/** A zonal cluster does not list its own zone. */
const otherZones = ({ zones, location }: Cluster, asked: ConfigReader): readonly string[] => {
  const said = asked.texts("node_locations");
  return said.length > 0 ? said : zones.filter((zone) => zone !== location);
};

function policyState(transaction: Transaction, cluster: Cluster, asked: ConfigReader): ObjectValue {
  const planned: ObjectValue = asked.objects("ip_allocation_policy")[0] ?? emptyPolicy;
  const policy = new ConfigReader(planned);
  const pods = podRangeOf(transaction, cluster)!;
  const services = servicesRangeOf(transaction, cluster, policy);
  const own = cluster.subnets[0]!;
  return {
    ...planned,
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

/** Subnets that Terraform knows keep their words; those that GKE added follow. */
function subnetsState({ subnets, project, region }: Cluster, policy: ConfigReader): readonly ObjectValue[] {
  const known = policy.objects("additional_ip_ranges_config").map((block) => {
    const values = subnetworkPath.read(new ConfigReader(block).text("subnetwork"), { project, region });
    return { block, id: values && subnetworkPath.of(values) };
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

/** The addresses at which a control plane answers. */
function controlPlaneState(cluster: Cluster, asked: ConfigReader): ObjectValue {
  const dnsName = `gke-${identifier(cluster.id, 36)}.${cluster.region}.gke.goog`;
  const privateConfig = asked.objects("private_cluster_config").map((block) => {
    const master = new ConfigReader(block).text("master_ipv4_cidr_block");
    return { ...block, private_endpoint: master === "" ? "" : privateEndpoint(master) };
  });
  const endpoints = asked.objects("control_plane_endpoints_config").map((block) => ({
    ...block,
    dns_endpoint_config: new ConfigReader(block)
      .objects("dns_endpoint_config")
      .map((dns) => ({ ...dns, endpoint: dnsName })),
  }));
  return {
    ...(privateConfig.length > 0 ? { private_cluster_config: privateConfig } : {}),
    ...(endpoints.length > 0 ? { control_plane_endpoints_config: endpoints } : {}),
  };
}

const PUBLIC_ENDPOINTS = Prefix.parse("203.0.113.0/24");

/** An address of the documentation range for a public control plane, another for each. @param taken of other clusters */
export function publicEndpoint(taken: readonly string[]): string {
  const addresses = PUBLIC_ENDPOINTS.split(32).map((prefix) => String(prefix).split("/")[0]!);
  return addresses.slice(10).find((address) => !taken.includes(address)) ?? addresses[10]!;
}
