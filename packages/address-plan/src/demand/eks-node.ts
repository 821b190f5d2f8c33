import { expandFamilies, type Instance, instanceShape } from "../cloud/instance-types";
import { maxPods, type MaxPods } from "../cloud/max-pods";
import { type AwsClusterDefinition } from "./plan-definition";

/** EKS recommends at most 250 pods on a node of any size. */
const MAX_PODS_PER_NODE = 250;

/** EKS Auto Mode limits every node to 110 pods (EKS user guide: "Create a Node Class for Amazon EKS", Considerations). */
const AUTO_MODE_PODS_PER_NODE = 110;

/**
 * Karpenter and the node pools of EKS Auto Mode replace 10 % of the nodes at a time, unless a budget says otherwise
 * (Karpenter: "Disruption", NodePool disruption budgets).
 */
const DEFAULT_CHURN_PERCENT = 10;

/** The instance types of a cluster's nodes, with their families written out. */
export function instanceTypesOf({ instanceType }: AwsClusterDefinition): readonly string[] {
  return expandFamilies(instanceType);
}

/** The instances of a cluster's nodes: the shape in the plan, or known types, less the reserved interfaces. */
export function instancesOf(cluster: AwsClusterDefinition): readonly Instance[] {
  const { instanceShape: shape, reservedEnis } = cluster;
  const all = shape === undefined ? instanceTypesOf(cluster) : [shape];
  if (reservedEnis === 0) return all;
  return all.map((instance) => {
    const known = instanceShape(instance, "instanceType");
    return { ...known, enis: known.enis - reservedEnis };
  });
}

/** Maximum pods per node: the plan's value, or the recommended one of the smallest type, with pods off the first interface. */
export function eksPodsPerNode(cluster: AwsClusterDefinition): number {
  return (
    cluster.podsPerNode ??
    Math.min(
      mostPods(cluster),
      leastOf(cluster, ({ recommended }) => recommended),
    )
  );
}

/** The highest `podsPerNode` that all instance types of a cluster support. */
export function eksPodsPerNodeLimit(cluster: AwsClusterDefinition): number {
  return Math.min(
    mostPods(cluster),
    leastOf(cluster, ({ raw }) => raw),
  );
}

/** The share of a cluster's nodes that is replaced at a time, in percent: the plan's, or the provisioner's default. */
export function churnPercent({ churnPercent: planned, provisioner }: AwsClusterDefinition): number {
  return planned ?? (provisioner === "node-groups" ? 0 : DEFAULT_CHURN_PERCENT);
}

function mostPods({ provisioner }: AwsClusterDefinition): number {
  return provisioner === "auto-mode" ? AUTO_MODE_PODS_PER_NODE : MAX_PODS_PER_NODE;
}

function leastOf(cluster: AwsClusterDefinition, member: (pods: MaxPods) => number): number {
  const all = instancesOf(cluster).map((one) => member(maxPods(one, "custom-networking-with-prefixes")));
  return Math.min(...all);
}
