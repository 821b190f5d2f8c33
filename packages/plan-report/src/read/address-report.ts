import {
  type AddressNode as PlanNode,
  type AddressPlan,
  type Capacity,
  type Demand,
} from "@cluster-ipam/address-plan";
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
  return {
    tree: plan.tree().map((node) => withEnvironment(node, undefined)),
    clusters: plan.clusters.map(({ name, environment, cloud, region, demand, capacity }) => ({
      ...{ name, environment, cloud, region, demand, capacity },
    })),
  };
}

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
  if (kind === "cluster") return `${owner} VPC`;
  const steps = key.split("/");
  const use = steps.slice(steps.lastIndexOf(owner) + 1).join(" ");
  return parent?.owner === owner ? use : `${owner} ${use}`;
}

function withEnvironment(node: PlanNode, inherited: string | undefined): AddressNode {
  const { key, cidr, kind, owner, children } = node;
  const environment = inherited ?? environmentOf(node);
  return {
    ...{ key, cidr, kind, owner },
    ...(environment === undefined ? {} : { environment }),
    children: children.map((child) => withEnvironment(child, environment)),
  };
}

/** Keys are `<cloud>/<region>/<environment>/…`; pools of the pod space are named `<environment>-pods`. */
function environmentOf({ key, kind }: PlanNode): string | undefined {
  if (kind === "reserved" || kind === "free") return undefined;
  return key.split("/")[2]?.replace(/-pods$/, "");
}

function selectNode(node: AddressNode, names: readonly string[]): AddressNode[] {
  if (node.environment !== undefined) return names.includes(node.environment) ? [node] : [];
  const children = node.children.flatMap((child) => selectNode(child, names));
  return children.length === 0 ? [] : [{ ...node, children }];
}
