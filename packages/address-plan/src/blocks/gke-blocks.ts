import { count } from "../capacity/capacity-of";
import { podRangePerNode, PRIMARY_RANGE_RESERVED } from "../capacity/gke-capacity";
import { growthBlocks, type LockedGrowth } from "./growth-blocks";
import { type GoogleClusterDefinition } from "../demand/plan-definition";
import { type WantedBlock } from "./required-block";

/** A surge upgrade adds one node a zone by default. */
const GKE_SURGE_PER_ZONE = 1;
/** Addresses of the primary range kept for internal load balancers and endpoints. */
const PRIMARY_RANGE_HEADROOM = 16;
/** Netmask length of a control plane's range. */
const CONTROL_PLANE = 28;
/**
 * A larger growth range would leave no room for others inside 10.0.0.0/8, a smaller one could not hold the smallest pod
 * range of a node. The largest pod range, of 15,000 nodes, is a /9 too.
 */
const GROWTH_RANGE = { name: "a range", largest: 9, smallest: 28 } as const;

/** Keys of a GKE cluster's blocks. */
export function gkeKeys(name: string, cluster: { environment: string; region: string }) {
  const pool = `google/${cluster.region}/${cluster.environment}/gke`;
  return {
    pool,
    nodes: `${pool}/${name}/nodes`,
    controlPlane: `${pool}/${name}/control-plane`,
    pods: `${pool}/${name}/pods`,
    growth: `${pool}/${name}/growth`,
  };
}

/** The blocks of a GKE cluster: primary range, control plane, pod range and growth. @param locked what stands of it */
export function gkeBlocks(
  name: string,
  cluster: GoogleClusterDefinition,
  locked: LockedGrowth,
): WantedBlock[] {
  const keys = gkeKeys(name, cluster);
  const surge = GKE_SURGE_PER_ZONE * cluster.zones.length;
  const nodes = cluster.nodes + surge;
  const nodeLength = 32 - Math.ceil(Math.log2(nodes + PRIMARY_RANGE_RESERVED + PRIMARY_RANGE_HEADROOM));
  const podLength = podRangePerNode(cluster.podsPerNode) - Math.ceil(Math.log2(nodes));
  const fix = `use a larger environments.${cluster.environment}.google.gke or split the cluster`;
  const block = (
    key: string,
    length: number,
    why: string,
    kind: WantedBlock["kind"] = "subnet",
  ): WantedBlock => ({ key, length, asked: `/${length}${why}`, kind, owner: name, fix, children: [] });
  const { growthPercent } = cluster;
  const growth = { name, key: keys.growth, podsLength: podLength, growthPercent, block: GROWTH_RANGE, fix };
  return [
    block(keys.nodes, nodeLength, `: ${count(cluster.nodes)} nodes + ${surge} surge`),
    block(keys.controlPlane, CONTROL_PLANE, ""),
    block(keys.pods, podLength, `: ${count(nodes)} nodes × ${cluster.podsPerNode} pods`, "pods"),
    ...growthBlocks(growth, locked),
  ];
}
