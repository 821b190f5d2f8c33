import {
  type AddressNode as PlannedNode,
  type AddressPlan,
  type Capacity,
  type Demand,
} from "@cluster-ipam/address-plan";
import { NETWORK } from "./environment";

/** A block of the address plan with everything inside. */
export interface AddressNode {
  /** Key of the allocation; of a reserved or free block, its parent's key and its CIDR. */
  readonly key: string;
  /** IPv4 CIDR. */
  readonly cidr: string;
  readonly kind: PlannedNode["kind"];
  /** Who lives there, for people. */
  readonly owner: string;
  /** Environment it belongs to; absent above the environments. */
  readonly environment?: string;
  /** In the order of their addresses, what is free included. */
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

/** What a report needs of an address plan. */
export function addressReport(plan: AddressPlan): AddressReport {
  return {
    tree: plan.tree().map((node) => withEnvironment(node, undefined)),
    clusters: plan.clusters.map(({ name, environment, cloud, region, demand, capacity }) => ({
      ...{ name, environment, cloud, region, demand, capacity },
    })),
  };
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

function withEnvironment(node: PlannedNode, inherited: string | undefined): AddressNode {
  const { key, cidr, kind, owner, children } = node;
  const environment = inherited ?? environmentOf(node);
  return {
    ...{ key, cidr, kind, owner },
    ...(environment === undefined ? {} : { environment }),
    children: children.map((child) => withEnvironment(child, environment)),
  };
}

/** Keys are `<cloud>/<region>/<environment>/…`; pools of the pod space are called `<environment>-pods`. */
function environmentOf({ key, kind }: PlannedNode): string | undefined {
  if (kind === "reserved" || kind === "free") return undefined;
  return key.split("/")[2]?.replace(/-pods$/, "");
}

function belonging(node: AddressNode, names: readonly string[]): AddressNode[] {
  if (node.environment !== undefined) return names.includes(node.environment) ? [node] : [];
  const children = node.children.flatMap((child) => belonging(child, names));
  return children.length === 0 ? [] : [{ ...node, children }];
}
