import { AddressPlanError } from "./address-plan-error";
import { count } from "./capacity-of";
import { growthLength } from "./eks-blocks";
import { podRangePerNode, PRIMARY_RANGE_RESERVED } from "./gke-capacity";
import { type GoogleClusterDefinition } from "./plan-definition";
import { type WantedBlock } from "./wanted-block";

/** A surge upgrade adds one node a zone by default. */
const GKE_SURGE_PER_ZONE = 1;
/** Addresses of the primary range kept for internal load balancers and endpoints. */
const PRIMARY_RANGE_HEADROOM = 16;
/** Netmask length of a control plane's range. */
const CONTROL_PLANE = 28;
/** The largest range of a subnetwork that stays inside 10.0.0.0/8 with room for others. */
const LARGEST_RANGE = 9;

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

/** The blocks of a GKE cluster: primary range, control plane, pod range and growth. */
export function gkeBlocks(name: string, cluster: GoogleClusterDefinition): WantedBlock[] {
  const keys = gkeKeys(name, cluster);
  const surge = GKE_SURGE_PER_ZONE * cluster.zones.length;
  const nodes = cluster.nodes + surge;
  const nodeLength = 32 - Math.ceil(Math.log2(nodes + PRIMARY_RANGE_RESERVED + PRIMARY_RANGE_HEADROOM));
  const podLength = podRangePerNode(cluster.podsPerNode) - Math.ceil(Math.log2(nodes));
  const growth = growthLength(podLength, cluster.growthPercent);
  if (podLength < LARGEST_RANGE || growth < LARGEST_RANGE)
    throw new AddressPlanError(
      `${name}/pods`,
      `${count(nodes)} nodes × ${cluster.podsPerNode} pods with ${cluster.growthPercent} % growth need a /${Math.min(podLength, growth)} but a range is a /${LARGEST_RANGE} at most; lower podsPerNode or growthPercent, or split the cluster`,
    );
  const fix = `use a larger environments.${cluster.environment}.google.gke or split the cluster`;
  const block = (
    key: string,
    length: number,
    why: string,
    kind: WantedBlock["kind"] = "subnet",
  ): WantedBlock => ({ key, length, asked: `/${length}${why}`, kind, owner: name, fix, children: [] });
  return [
    block(keys.nodes, nodeLength, `: ${count(cluster.nodes)} nodes + ${surge} surge`),
    block(keys.controlPlane, CONTROL_PLANE, ""),
    block(keys.pods, podLength, `: ${count(nodes)} nodes × ${cluster.podsPerNode} pods`, "pods"),
    ...(cluster.growthPercent > 0
      ? [block(keys.growth, growth, `: ${cluster.growthPercent} % of the pods`, "growth")]
      : []),
  ];
}
