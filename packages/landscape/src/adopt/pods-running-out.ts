import {
  GKE_PODS_PER_NODE,
  nodesPerPodRange,
  podRangePerNode,
  SUBNET_RESERVED_ADDRESSES,
} from "@cluster-ipam/address-plan";
import { type ExistingCluster } from "../landscape/existing-cluster";
import { type Landscape } from "../landscape/landscape";
import { type Finding } from "./finding";

/** Below this share of free addresses a cluster is reported. */
const FEW = 0.2;

/** Clusters with few addresses left for pods. What is not known is not reported as fine: it is not reported. */
export function podsRunningOut(landscape: Landscape): readonly Finding[] {
  return landscape.clusters.flatMap((cluster) =>
    cluster.cloud === "aws" ? subnetsRunningOut(cluster, landscape) : rangeRunningOut(cluster, landscape),
  );
}

function subnetsRunningOut(cluster: ExistingCluster, { ranges }: Landscape): Finding[] {
  const used = new Set(cluster.nodes.flatMap(({ subnets }) => subnets));
  return ranges.flatMap(({ kind, id, free, prefix, zone, network }) => {
    if (kind !== "subnet" || network !== cluster.network || !used.has(id) || free === undefined) return [];
    const size = Number(prefix.size) - SUBNET_RESERVED_ADDRESSES;
    if (free / size >= FEW) return [];
    return [runningOut(cluster, `subnet ${id} (${prefix}, ${zone}) has ${free} of ${size} addresses left`)];
  });
}

function rangeRunningOut(cluster: ExistingCluster, { ranges }: Landscape): Finding[] {
  const { currentNodes, podRange, subnets, nodes } = cluster;
  const range = ranges.find(
    ({ kind, id, subnet }) => kind === "secondary-range" && id === podRange && subnet === subnets[0],
  );
  if (range === undefined || currentNodes === undefined) return [];
  const podsPerNode = Math.max(...nodes.map((pool) => pool.podsPerNode ?? GKE_PODS_PER_NODE.standard));
  const most = nodesPerPodRange(range.prefix.length, podsPerNode);
  if (1 - currentNodes / most >= FEW) return [];
  return [
    runningOut(
      cluster,
      `pod range ${range.id} (${range.prefix}) has room for ${most} nodes with a /${podRangePerNode(podsPerNode)} each, and ${currentNodes} run`,
    ),
  ];
}

function runningOut({ name }: ExistingCluster, problem: string): Finding {
  return {
    kind: "pods-running-out",
    subject: name,
    message: `${problem}; adopt it and raise its pods, and the plan adds space`,
  };
}
