import { type Capacity, type Demand } from "@cluster-ipam/address-plan";

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
