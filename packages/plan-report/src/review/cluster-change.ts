import { type Limit } from "@cluster-ipam/address-plan";
import { type AddressNode, type AddressReport, type ClusterReport } from "../read/address-report";
import { addressesIn } from "../read/ipv4-range";

/** What a cluster is asked to carry and can carry, at one time. */
export interface ClusterState {
  /** Asked for. */
  readonly pods: number;
  /** Asked for. */
  readonly nodes: number;
  /** The most pods its addresses carry. */
  readonly podsUpTo: number;
  /** The most nodes its addresses carry. */
  readonly nodesUpTo: number;
  /** How many more pods than asked for fit, in percent, rounded down; negative if they do not fit. */
  readonly headroomPercent: number;
  /** Addresses kept for growth. */
  readonly growthAddresses: number;
  /** CIDRs kept for growth. */
  readonly growth: readonly string[];
  /** The limit that is reached first. */
  readonly binding: Limit;
}

/** A cluster before and after a change. */
export interface ClusterChange {
  readonly name: string;
  readonly environment: string;
  readonly cloud: "aws" | "google";
  readonly region: string;
  /** Undefined for a new cluster, or without a base. */
  readonly before?: ClusterState;
  /** Undefined for a cluster that goes. */
  readonly after?: ClusterState;
}

/** Every cluster of two address plans, sorted by name. @param before undefined: every cluster is new */
export function clusterChanges(before: AddressReport | undefined, after: AddressReport): ClusterChange[] {
  const [old, now] = [statesOf(before), statesOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name): ClusterChange[] => {
    const [was, is] = [old.get(name), now.get(name)];
    const outline = is ?? was;
    if (outline === undefined) return [];
    const { environment, cloud, region } = outline.cluster;
    return [
      {
        ...{ name, environment, cloud, region },
        ...(was === undefined ? {} : { before: was.state }),
        ...(is === undefined ? {} : { after: is.state }),
      },
    ];
  });
}

interface Known {
  readonly cluster: ClusterReport;
  readonly state: ClusterState;
}

function statesOf(report: AddressReport | undefined): Map<string, Known> {
  if (report === undefined) return new Map();
  const growth = growthByCluster(report.tree);
  return new Map(
    report.clusters.map((cluster) => [
      cluster.name,
      { cluster, state: stateOf(cluster, growth.get(cluster.name) ?? []) },
    ]),
  );
}

function stateOf({ demand, capacity }: ClusterReport, growth: readonly string[]): ClusterState {
  return {
    pods: demand.pods,
    nodes: demand.nodes,
    podsUpTo: capacity.pods,
    nodesUpTo: capacity.nodes,
    headroomPercent: Math.floor(((capacity.pods - demand.pods) * 100) / demand.pods),
    growthAddresses: growth.reduce((sum, cidr) => sum + addressesIn(cidr), 0),
    growth,
    binding: capacity.binding,
  };
}

function growthByCluster(roots: readonly AddressNode[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const walk = (node: AddressNode): void => {
    if (node.kind === "growth") found.set(node.owner, [...(found.get(node.owner) ?? []), node.cidr]);
    node.children.forEach(walk);
  };
  roots.forEach(walk);
  return found;
}
