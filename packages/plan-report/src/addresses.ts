import { type Capacity, type Demand } from "@cluster-ipam/address-plan";
import { NETWORK } from "./environment";

/** A block of the address plan and what it is cut into. */
export interface AddressNode {
  /** IPv4 CIDR. */
  readonly cidr: string;
  /**
   * `space` is cut further, `cluster` belongs to one cluster, `block` is a part of a cluster, `growth` its part that
   * is attached and empty, `free` is nobody's, `reserved` lives elsewhere.
   */
  readonly kind: "space" | "cluster" | "block" | "growth" | "free" | "reserved";
  /** Who owns it, for people. */
  readonly owner: string;
  /** Environment it belongs to; absent above the environments. */
  readonly environment?: string;
  /** In the order of their addresses. */
  readonly children: readonly AddressNode[];
}

/** What a cluster is asked to carry and what its addresses can carry. */
export interface ClusterReport {
  readonly name: string;
  readonly environment: string;
  readonly cloud: "aws" | "google";
  readonly region: string;
  readonly demand: Demand;
  readonly capacity: Capacity;
}

/** The address plan, as far as it concerns some environments. */
export interface AddressReport {
  readonly tree: readonly AddressNode[];
  readonly clusters: readonly ClusterReport[];
}

/**
 * The part of an address plan that belongs to some environments: their blocks, and the spaces these are cut from.
 *
 * @param names of environments; the network owns the whole plan, and no name means all
 */
export function addressesOf(report: AddressReport, names: readonly string[]): AddressReport {
  if (names.length === 0 || names.includes(NETWORK)) return report;
  return {
    tree: report.tree.flatMap((node) => belonging(node, names)),
    clusters: report.clusters.filter(({ environment }) => names.includes(environment)),
  };
}

function belonging(node: AddressNode, names: readonly string[]): AddressNode[] {
  if (node.environment !== undefined) return names.includes(node.environment) ? [node] : [];
  const children = node.children.flatMap((child) => belonging(child, names));
  return children.length === 0 ? [] : [{ ...node, children }];
}
