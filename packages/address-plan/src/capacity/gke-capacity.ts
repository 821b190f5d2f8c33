import {
  GKE_ADDITIONAL_SUBNETS,
  GKE_SECONDARY_RANGES,
  nodesPerPodRange,
  nodesPerPrimaryRange,
  podRangePerNode,
  PRIMARY_RANGE_RESERVED,
} from "../cloud/gke-ranges";
import { type Demand } from "../demand/cluster-demand";
import { AddressPlanError } from "../message/address-plan-error";
import { formatCount } from "../message/format-count";
import { Prefix } from "../prefix/prefix";
import { type Capacity, capacityOf, type Limit } from "./capacity";

/** Inputs of `gkeCapacity`: everything that limits the pods of a GKE cluster. */
export interface GkeCapacityProps {
  /** Name of the cluster, for errors. */
  readonly name: string;
  readonly demand: Demand;
  /** Primary ranges: the cluster's subnet first, then up to 8 additional ones. IPv4 CIDRs, at least one. */
  readonly nodeRanges: readonly string[];
  /** Pod ranges: the cluster's default first, then the additional ones. IPv4 CIDRs, at least one. */
  readonly podRanges: readonly string[];
}

/**
 * The capacity of a GKE cluster's addresses.
 *
 * @throws AddressPlanError if a CIDR is invalid, pods per node are out of bounds or there are more ranges than GKE allows
 */
export function gkeCapacity({ name, demand, nodeRanges, podRanges }: GkeCapacityProps): Capacity {
  checkNumber(name, "primary ranges", nodeRanges.length, 1 + GKE_ADDITIONAL_SUBNETS);
  checkNumber(name, "pod ranges", podRanges.length, nodeRanges.length * GKE_SECONDARY_RANGES);
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
    formula: `(${formula} = ${formatCount(nodes)} nodes) × ${podsPerNode} pods`,
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
    limit("pods per node", demand.nodes, "nodes requested", "increase nodes or podsPerNode"),
    limit(
      "additional subnets",
      (1 + GKE_ADDITIONAL_SUBNETS) * primaries[0]!,
      `(1 + ${GKE_ADDITIONAL_SUBNETS} subnets) × ${formatCount(primaries[0]!)}`,
      "use a larger primary range or split the cluster",
    ),
    limit(
      "secondary ranges",
      GKE_SECONDARY_RANGES * ranges[0]!,
      `${GKE_SECONDARY_RANGES} ranges × ${formatCount(ranges[0]!)}`,
      "use a larger pod range or an additional subnet",
    ),
  ]);
}

function checkNumber(name: string, ranges: string, given: number, maximum: number): void {
  if (given >= 1 && given <= maximum) return;
  throw new AddressPlanError(
    name,
    `${given} ${ranges}, but GKE supports 1 to ${maximum}; merge them or split the cluster`,
  );
}
