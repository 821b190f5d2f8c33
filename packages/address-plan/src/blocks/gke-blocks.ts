import { podRangePerNode, PRIMARY_RANGE_RESERVED } from "../cloud/gke-ranges";
import { type GoogleClusterDefinition } from "../demand/plan-definition";
import { formatCount } from "../message/format-count";
import { growthBlocks, type LockedGrowth } from "./growth-blocks";
import { type RequiredBlock } from "./required-block";

/** A surge upgrade adds one node per zone by default. */
const GKE_SURGE_PER_ZONE = 1;
/** Addresses of the primary range for internal load balancers and endpoints. */
const PRIMARY_RANGE_HEADROOM = 16;
/** Netmask length of the control plane range. */
const CONTROL_PLANE = 28;
/**
 * A larger growth range would leave no room for other clusters in 10.0.0.0/8; a smaller one has no room for the smallest
 * block of a node. The largest pod range, for 15,000 nodes, is a /9 too.
 */
const GROWTH_RANGE = { name: "range", largest: 9, smallest: 28 } as const;

/** The keys of a GKE cluster's blocks. */
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

/**
 * The blocks of a GKE cluster: primary range, control plane, pod range and growth.
 *
 * @param locked existing growth blocks
 * @throws AddressPlanError if growth does not fit into a /9
 */
export function gkeBlocks(
  name: string,
  cluster: GoogleClusterDefinition,
  locked: LockedGrowth,
): RequiredBlock[] {
  const keys = gkeKeys(name, cluster);
  const surge = GKE_SURGE_PER_ZONE * cluster.zones.length;
  const nodes = cluster.nodes + surge;
  const nodeLength = 32 - Math.ceil(Math.log2(nodes + PRIMARY_RANGE_RESERVED + PRIMARY_RANGE_HEADROOM));
  const podLength = podRangePerNode(cluster.podsPerNode) - Math.ceil(Math.log2(nodes));
  const fix = `use a larger environments.${cluster.environment}.google.gke or split the cluster`;
  const block = (
    key: string,
    length: number,
    reason: string,
    kind: RequiredBlock["kind"] = "subnet",
  ): RequiredBlock => ({ key, length, demand: `/${length}${reason}`, kind, owner: name, fix, children: [] });
  const { growthPercent } = cluster;
  const growth = { name, key: keys.growth, podsLength: podLength, growthPercent, block: GROWTH_RANGE, fix };
  return [
    block(keys.nodes, nodeLength, `: ${formatCount(cluster.nodes)} nodes + ${surge} surge`),
    block(keys.controlPlane, CONTROL_PLANE, ""),
    block(keys.pods, podLength, `: ${formatCount(nodes)} nodes × ${cluster.podsPerNode} pods`, "pods"),
    ...growthBlocks(growth, locked),
  ];
}
