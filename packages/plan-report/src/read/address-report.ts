import {
  type AddressNode as PlanNode,
  type AddressPlan,
  type Capacity,
  type Demand,
} from "@cluster-ipam/address-plan";
import { BlockEnvironments } from "./block-environment";
import { NETWORK } from "./environment";

/** A block of the address plan and the blocks inside it. */
export interface AddressNode {
  /** Key of the allocation; for a reserved or free block, its parent's key and its CIDR. */
  readonly key: string;
  /** IPv4 CIDR. */
  readonly cidr: string;
  readonly kind: PlanNode["kind"];
  /** Readable name of the owner. */
  readonly owner: string;
  /** Environment the block belongs to; absent for blocks above the environments. */
  readonly environment?: string;
  /**
   * `draining`: its cluster no longer needs it. `retired`: nothing composes it, and its addresses stay taken.
   * @default in use
   */
  readonly state?: PlanNode["state"];
  /** Sorted by address, including free blocks. */
  readonly children: readonly AddressNode[];
}

/** A cluster's demand and the capacity of its addresses. */
export interface ClusterReport {
  readonly name: string;
  readonly environment: string;
  readonly cloud: "aws" | "google";
  readonly region: string;
  readonly demand: Demand;
  readonly capacity: Capacity;
}

/** The blocks and clusters of an address plan, or of some of its environments. */
export interface AddressReport {
  readonly tree: readonly AddressNode[];
  readonly clusters: readonly ClusterReport[];
}

/** Reads the blocks and clusters of an address plan. */
export function addressReport(plan: AddressPlan): AddressReport {
  const tree = plan.tree();
  const environments = new BlockEnvironments(keysOf(tree));
  return {
    tree: tree.map((node) => withEnvironment(node, undefined, environments)),
    clusters: plan.clusters.map(({ key, environment, cloud, region, demand, capacity }) => ({
      ...{ name: key, environment, cloud, region, demand, capacity },
    })),
  };
}

/** Keys of the allocations in a tree, in tree order. Free and reserved blocks are not allocations. */
export const keysOf = (nodes: readonly PlanNode[]): string[] =>
  nodes.flatMap(({ key, kind, children }) =>
    kind === "free" || kind === "reserved" ? [] : [key, ...keysOf(children)],
  );

/**
 * The clusters and blocks of some environments, with the spaces that contain them.
 *
 * @param names environments; none, or the network, which owns all addresses, selects the whole plan
 */
export function selectEnvironments(report: AddressReport, names: readonly string[]): AddressReport {
  if (names.length === 0 || names.includes(NETWORK)) return report;
  return {
    tree: report.tree.flatMap((node) => selectNode(node, names)),
    clusters: report.clusters.filter(({ environment }) => names.includes(environment)),
  };
}

/** Readable name of a block: `prod-payments pods`, `prod-search growth`, `reserved: on-premises`. */
export function blockName(node: AddressNode, parent: AddressNode | undefined): string {
  const { key, kind, owner } = node;
  if (kind === "pool") return owner;
  if (kind === "reserved") return `reserved: ${owner}`;
  if (kind === "free") return "free";
  if (kind === "cluster") return `${owner} VPC${/#\d+$/.exec(key)?.[0] ?? ""}`;
  const steps = key.split("/");
  const use = steps.slice(steps.lastIndexOf(owner) + 1).join(" ");
  return parent?.owner === owner ? use : `${owner} ${use}`;
}

function withEnvironment(
  node: PlanNode,
  inherited: string | undefined,
  environments: BlockEnvironments,
): AddressNode {
  const { key, cidr, kind, owner, state, children } = node;
  const isAllocation = kind !== "reserved" && kind !== "free";
  const environment = inherited ?? (isAllocation ? environments.of(key) : undefined);
  return {
    ...{ key, cidr, kind, owner },
    ...(environment === undefined ? {} : { environment }),
    ...(state === undefined ? {} : { state }),
    children: children.map((child) => withEnvironment(child, environment, environments)),
  };
}

function selectNode(node: AddressNode, names: readonly string[]): AddressNode[] {
  if (node.environment !== undefined) return names.includes(node.environment) ? [node] : [];
  const children = node.children.flatMap((child) => selectNode(child, names));
  return children.length === 0 ? [] : [{ ...node, children }];
}
