import { type GkeClusterAddresses, Prefix, summarize } from "@cluster-ipam/address-plan";
import { composedContract } from "../../../packages/gke/src/network/composed-contract";
import { type ExtraSubnet, type PodRange } from "../../../packages/gke/src/network/gke-network-contract";
import { OWNER } from "./cloud";
import { type GoogleResources, type IpAllocation, type SecondaryRange } from "./google-resources";
import { type ComposedResource, type Stack } from "./stack";

const NETWORK = "google_compute_network.network";

function contractOf(addresses: GkeClusterAddresses) {
  return composedContract({ addresses, project: OWNER }, { mode: "planned" });
}

/** The network of a GKE cluster in planned mode: fences and reservations, then subnetworks. */
export function gkeNetwork(
  addresses: GkeClusterAddresses,
  google: GoogleResources,
  stack: Stack,
): ComposedResource[] {
  const { name } = addresses;
  const contract = contractOf(addresses);
  const blocks = reservedBlocks(addresses);
  const range = (role: string, cidr: string, usage: string, immutable: boolean): ComposedResource => ({
    address: `google_network_connectivity_internal_range.${role}`,
    api: google.internalRange,
    attributes: () => ({
      name: immutable ? `${name}-${role}-${cidr.replace(/[./]/g, "-")}` : `${name}-${role}`,
      network: stack.attributesOf(NETWORK)["id"],
      ip_cidr_range: cidr,
      usage,
      immutable,
    }),
  });
  const reservationOf = (cidr: string): string => {
    const block = blocks.find((candidate) => Prefix.parse(candidate.cidr).contains(Prefix.parse(cidr)))!;
    const reserved = stack.attributesOf(`google_network_connectivity_internal_range.${block.role}`);
    return `networkconnectivity.googleapis.com/${reserved["id"] as string}`;
  };
  const subnetwork = (link: string, nodes: string, pods: readonly PodRange[]): ComposedResource => ({
    address: `google_compute_subnetwork.${link.slice(link.lastIndexOf("/") + 1)}`,
    api: google.subnetwork,
    attributes: () => ({
      name: link.slice(link.lastIndexOf("/") + 1),
      region: addresses.region,
      network: stack.attributesOf(NETWORK)["id"],
      ip_cidr_range: nodes,
      reserved_internal_range: reservationOf(nodes),
      secondary_ip_range: pods.map(({ rangeName, cidr }): SecondaryRange => ({
        range_name: rangeName,
        ip_cidr_range: cidr,
        reserved_internal_range: reservationOf(cidr),
      })),
    }),
  });
  const fences = summarize(addresses.fences.map(({ cidr }) => Prefix.parse(cidr)));
  return [
    { address: NETWORK, api: google.network, attributes: () => ({ name }) },
    ...fences.map((fence) =>
      range(`fence-${String(fence).replace(/[./]/g, "-")}`, String(fence), "EXTERNAL_TO_VPC", true),
    ),
    ...blocks.map(({ role, cidr }) => range(role, cidr, "FOR_VPC", !/^nodes(-\d+)?$/.test(role))),
    subnetwork(contract.subnetwork, addresses.nodes, contract.podRanges),
    ...contract.extraSubnets.map((extra) => subnetwork(extra.subnetwork, extra.nodes, [extra.pods])),
  ];
}

/** The blocks that the network reserves, those included that nothing uses any more. */
function reservedBlocks(addresses: GkeClusterAddresses): { readonly role: string; readonly cidr: string }[] {
  const named = [
    ...addresses.furtherPods,
    ...addresses.furtherSubnets.flatMap(({ name, nodes, pods }) => [{ name, cidr: nodes }, pods]),
    ...addresses.growth,
    ...addresses.retired,
  ];
  return [
    { role: "nodes", cidr: addresses.nodes },
    { role: "pods", cidr: addresses.pods },
    ...named.map(({ name, cidr }) => ({ role: name, cidr })),
  ];
}

/** A GKE cluster with a node pool in each range that is in use. */
export function gkeCluster(addresses: GkeClusterAddresses, google: GoogleResources): ComposedResource[] {
  const { name, region, zones, controlPlane, demand } = addresses;
  const contract = contractOf(addresses);
  const inUse = ({ state }: { readonly state?: string | undefined }) => state === undefined;
  const ranges = contract.podRanges.filter(inUse);
  const subnets = contract.extraSubnets.filter(inUse);
  const policy: IpAllocation = {
    cluster_secondary_range_name: ranges[0]!.rangeName,
    additional_pod_range_names: ranges.slice(1).map(({ rangeName }) => rangeName),
    additional_subnetworks: subnets.map(({ subnetwork, pods }) => ({
      subnetwork,
      range_names: [pods.rangeName],
    })),
  };
  // The pool of the first range has a node in each zone.
  const pool = (range: PodRange, extra?: ExtraSubnet): ComposedResource => {
    const label = `${extra?.name ?? "own"}-${range.name}-${demand.podsPerNode}`;
    return {
      address: `google_container_node_pool.${label}`,
      api: google.nodePool,
      attributes: () => ({
        name: label,
        cluster: name,
        region,
        initial_node_count: range === ranges[0] && demand.podsPerNode <= addresses.defaultPodsPerNode ? 1 : 0,
        max_pods_per_node: demand.podsPerNode,
        pod_range: range.rangeName,
        subnetwork: extra?.subnetwork ?? contract.subnetwork,
      }),
    };
  };
  return [
    {
      address: "google_container_cluster.cluster",
      api: google.cluster,
      attributes: () => ({
        name,
        region,
        node_locations: zones,
        network: contract.network,
        subnetwork: contract.subnetwork,
        ip_allocation_policy: policy,
        master_ipv4_cidr_block: controlPlane,
        private_cluster_config: { master_ipv4_cidr_block: controlPlane },
        default_max_pods_per_node: addresses.defaultPodsPerNode,
      }),
    },
    ...ranges.map((range) => pool(range)),
    ...subnets.map((extra) => pool(extra.pods, extra)),
  ];
}
