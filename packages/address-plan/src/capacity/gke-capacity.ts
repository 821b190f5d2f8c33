import { AddressPlanError } from "../message/address-plan-error";
import { type Capacity, type Limit } from "./capacity";
import { capacityOf, count } from "./capacity-of";
import { type Demand } from "../addresses/cluster-addresses";
import { Prefix } from "../prefix/prefix";

/** Reserved addresses of a primary range: the first two and the last two (VPC: "Subnets"). */
export const PRIMARY_RANGE_RESERVED = 4;

/** Additional subnets a VPC-native cluster can use, from GKE 1.30.3-gke.1211000. */
export const GKE_ADDITIONAL_SUBNETS = 8;

/** Secondary ranges of one subnet. */
export const GKE_SECONDARY_RANGES = 30;

/** Everything that bounds the pods of a GKE cluster. */
export interface GkeCapacityProps {
  /** Name of the cluster, for errors. */
  readonly name: string;
  readonly demand: Demand;
  /** Primary ranges: the cluster's subnet first, then up to 8 additional ones. IPv4 CIDRs, at least one. */
  readonly nodeRanges: readonly string[];
  /** Pod ranges: the cluster's default first, then the others. IPv4 CIDRs, at least one. */
  readonly podRanges: readonly string[];
}

/**
 * Netmask length of the block that GKE gives each node for its pods: twice the pods, rounded up to a power of
 * two, at least a /28 (GKE: "Configure maximum Pods per node").
 *
 * @param podsPerNode 8 to 256
 * @throws AddressPlanError if out of bounds
 */
export function podRangePerNode(podsPerNode: number): number {
  if (!Number.isInteger(podsPerNode) || podsPerNode < 8 || podsPerNode > 256)
    throw new AddressPlanError(
      "podsPerNode",
      `${podsPerNode} pods a node is not possible on GKE; use 8 to 256`,
    );
  return 32 - Math.max(4, Math.ceil(Math.log2(2 * podsPerNode)));
}

/** Nodes that a pod range of this netmask length carries; 0 if it is smaller than one node's block. */
export function nodesPerPodRange(length: number, podsPerNode: number): number {
  return Math.floor(2 ** (podRangePerNode(podsPerNode) - length));
}

/** Nodes that a primary range of this netmask length carries. */
export function nodesPerPrimaryRange(length: number): number {
  return Math.max(0, 2 ** (32 - length) - PRIMARY_RANGE_RESERVED);
}

/**
 * What the addresses of a GKE cluster can carry.
 *
 * @throws AddressPlanError on bad CIDRs, pods per node out of bounds or more ranges than GKE allows
 */
export function gkeCapacity({ name, demand, nodeRanges, podRanges }: GkeCapacityProps): Capacity {
  bound(name, "primary ranges", nodeRanges.length, 1 + GKE_ADDITIONAL_SUBNETS);
  bound(name, "pod ranges", podRanges.length, nodeRanges.length * GKE_SECONDARY_RANGES);
  const { podsPerNode } = demand;
  const lengths = (cidrs: readonly string[]): number[] => cidrs.map((cidr) => Prefix.parse(cidr, 4).length);
  const perNode = podRangePerNode(podsPerNode);
  const primaries = lengths(nodeRanges).map(nodesPerPrimaryRange);
  const ranges = lengths(podRanges).map((length) => nodesPerPodRange(length, podsPerNode));
  const nodesByAddress = primaries.reduce((a, b) => a + b);
  const nodesByPods = ranges.reduce((a, b) => a + b);
  const limit = (title: string, nodes: number, formula: string, fix: string): Limit => ({
    name: title,
    pods: nodes * podsPerNode,
    formula: `(${formula} = ${count(nodes)} nodes) × ${podsPerNode} pods`,
    fix,
  });
  const terms = (cidrs: readonly string[], term: (length: number) => string): string =>
    lengths(cidrs).map(term).join(" + ");
  return capacityOf(Math.min(nodesByAddress, nodesByPods), [
    limit(
      "nodes in primary range",
      nodesByAddress,
      terms(nodeRanges, (length) => `2^(32−${length}) − ${PRIMARY_RANGE_RESERVED}`),
      "use a larger primary range or an additional subnet",
    ),
    limit(
      "nodes per pod range",
      nodesByPods,
      terms(podRanges, (length) => `2^(${perNode}−${length})`),
      "use a larger pod range, attach the growth range or lower podsPerNode",
    ),
    limit("pods per node", demand.nodes, "nodes asked for", "ask for more nodes or more pods per node"),
    limit(
      "additional subnets",
      (1 + GKE_ADDITIONAL_SUBNETS) * primaries[0]!,
      `(1 + ${GKE_ADDITIONAL_SUBNETS} subnets) × ${count(primaries[0]!)}`,
      "use a larger primary range or split the cluster",
    ),
    limit(
      "secondary ranges",
      GKE_SECONDARY_RANGES * ranges[0]!,
      `${GKE_SECONDARY_RANGES} ranges × ${count(ranges[0]!)}`,
      "use a larger pod range or an additional subnet",
    ),
  ]);
}

function bound(name: string, what: string, given: number, most: number): void {
  if (given >= 1 && given <= most) return;
  throw new AddressPlanError(
    name,
    `${given} ${what}; GKE takes 1 to ${most}: merge them or split the cluster`,
  );
}
