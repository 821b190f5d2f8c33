import { type Limit } from "@cluster-ipam/address-plan";
import { type AddressNode, type AddressReport, type ClusterReport } from "../read/address-report";
import { addressCount } from "../read/ipv4-range";

/** A cluster's demand and capacity, before or after a change. */
export interface ClusterState {
  /** Demanded pods. */
  readonly pods: number;
  /** Demanded nodes. */
  readonly nodes: number;
  /** Most pods its addresses can carry. */
  readonly maxPods: number;
  /** Most nodes its addresses can carry. */
  readonly maxNodes: number;
  /** Spare pod capacity in percent of the demand, rounded down; negative if the demand does not fit. */
  readonly headroomPercent: number;
  /** Number of addresses in its growth space. */
  readonly growthAddresses: number;
  /** CIDRs of its growth space. */
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
  /** Undefined for a removed cluster. */
  readonly after?: ClusterState;
}

/** Every cluster of two address plans, sorted by name. @param before undefined: every cluster counts as new */
export function clusterChanges(before: AddressReport | undefined, after: AddressReport): ClusterChange[] {
  const [old, current] = [statesOf(before), statesOf(after)];
  const names = [...new Set([...old.keys(), ...current.keys()])].sort();
  return names.flatMap((name): ClusterChange[] => {
    const [was, is] = [old.get(name), current.get(name)];
    const latest = is ?? was;
    if (latest === undefined) return [];
    const { environment, cloud, region } = latest.cluster;
    return [
      {
        ...{ name, environment, cloud, region },
        ...(was === undefined ? {} : { before: was.state }),
        ...(is === undefined ? {} : { after: is.state }),
      },
    ];
  });
}

/** Below this headroom a cluster is tight: reports say how to raise its limit. In percent of the demanded pods. */
export const TIGHT_HEADROOM_PERCENT = 20;

/** Spare pod capacity in percent of the demand, rounded down; negative if the demand does not fit. */
export const headroomPercent = ({ demand, capacity }: Pick<ClusterReport, "demand" | "capacity">) =>
  Math.floor(((capacity.pods - demand.pods) * 100) / demand.pods);

interface ClusterWithState {
  readonly cluster: ClusterReport;
  readonly state: ClusterState;
}

function statesOf(report: AddressReport | undefined): Map<string, ClusterWithState> {
  if (report === undefined) return new Map();
  const growth = growthByCluster(report.tree);
  return new Map(
    report.clusters.map((cluster) => [
      cluster.name,
      { cluster, state: stateOf(cluster, growth.get(cluster.name) ?? []) },
    ]),
  );
}

function stateOf(cluster: ClusterReport, growth: readonly string[]): ClusterState {
  const { demand, capacity } = cluster;
  return {
    pods: demand.pods,
    nodes: demand.nodes,
    maxPods: capacity.pods,
    maxNodes: capacity.nodes,
    headroomPercent: headroomPercent(cluster),
    growthAddresses: growth.reduce((sum, cidr) => sum + addressCount(cidr), 0),
    growth,
    binding: capacity.binding,
  };
}

function growthByCluster(roots: readonly AddressNode[]): Map<string, string[]> {
  const cidrs = new Map<string, string[]>();
  const walk = (node: AddressNode): void => {
    if (node.kind === "growth") cidrs.set(node.owner, [...(cidrs.get(node.owner) ?? []), node.cidr]);
    node.children.forEach(walk);
  };
  roots.forEach(walk);
  return cidrs;
}
