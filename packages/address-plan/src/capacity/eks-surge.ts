import { type Demand } from "../demand/cluster-demand";

/** A rolling update of a managed node group adds up to two nodes per zone. */
export const EKS_SURGE_PER_ZONE = 2;

/** What a zone has for a while beside the nodes and pods that it needs. */
export interface Surge {
  readonly nodes: number;
  /** Pods that run on a node that goes while their successors start. */
  readonly pods: number;
}

/**
 * The surge of one zone: a rolling update of the node groups, and the nodes that Karpenter or EKS Auto Mode replaces. Karpenter
 * starts the new nodes before it drains the old ones, and rounds its budget up over the nodes of all zones (Karpenter:
 * "Disruption", NodePool disruption budgets), so all of them may be in one zone, full of pods.
 *
 * @param nodes of all zones
 * @param pods of all zones
 */
export function eksSurge(
  { churnPercent = 0, podsPerNode }: Pick<Demand, "churnPercent" | "podsPerNode">,
  nodes: number,
  pods: number,
): Surge {
  const replaced = Math.ceil((nodes * churnPercent) / 100);
  return { nodes: EKS_SURGE_PER_ZONE + replaced, pods: Math.min(pods, replaced * podsPerNode) };
}
