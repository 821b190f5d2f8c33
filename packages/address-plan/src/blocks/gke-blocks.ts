import { podRangePerNode, PRIMARY_RANGE_RESERVED } from "../cloud/gke-ranges";
import { type GoogleClusterDefinition } from "../demand/plan-definition";
import { formatCount } from "../message/format-count";
import { addressesOf } from "../prefix/prefix";
import { clusterKey, parseClusterKey } from "./block-key";
import { growthBlocks } from "./growth-blocks";
import { type LockedClusterBlock, lockedOf, nextNumber } from "./locked-cluster";
import { leafBlock, type PlacedInPool, type RequiredBlock, type RequiredChoice } from "./required-block";

/** A surge upgrade adds one node per zone by default. */
export const GKE_SURGE_PER_ZONE = 1;
/** Addresses of the primary range for internal load balancers and endpoints. */
const PRIMARY_RANGE_HEADROOM = 16;
/** Netmask length of the control plane range. */
const CONTROL_PLANE = 28;
/**
 * A larger range would leave no room for other clusters in 10.0.0.0/8, and the largest pod range, for 15,000 nodes, is a
 * /9 too. The smallest one has room for a node.
 */
const LARGEST_GROWTH = 9;

/** A cluster with what the lock has of it. */
export interface GkeCluster {
  /** Name in the plan. */
  readonly name: string;
  readonly definition: GoogleClusterDefinition;
  readonly locked: readonly LockedClusterBlock[];
}

/** Keys of the application pools of new blocks. */
export interface GkePools {
  readonly nodes: string;
  readonly pods: string;
}

/** The blocks of a GKE cluster, and whether its primary range is widened or it gets a further subnet. */
export interface GkeBlocks {
  readonly blocks: readonly PlacedInPool[];
  readonly choices: readonly RequiredChoice[];
}

/** The blocks of a GKE cluster: primary ranges, control plane, pod ranges and growth. */
export function gkeBlocks(cluster: GkeCluster, pools: GkePools): GkeBlocks {
  const { name, definition, locked } = cluster;
  const surge = GKE_SURGE_PER_ZONE * definition.zones.length;
  const nodes = definition.nodes + surge;
  const ranges = nodeRanges(cluster, pools, surge);
  const pods = podRanges(cluster, pools, nodes, ranges.kept);
  const controlPlaneKey =
    lockedOf(locked, "control-plane")[0]?.key ?? clusterKey(pools.nodes, name, "control-plane");
  const growth = growthBlocks(
    {
      name,
      pool: pools.pods,
      podAddresses: podAddresses(cluster, nodes),
      growthPercent: definition.growthPercent,
      largest: LARGEST_GROWTH,
      smallest: podRangePerNode(definition.podsPerNode),
    },
    locked,
  );
  const blocks = [
    ...ranges.blocks,
    leafBlock(controlPlaneKey, CONTROL_PLANE, `/${CONTROL_PLANE}`, "subnet", name),
    ...pods.kept,
    ...(ranges.missing > 0 ? [] : pods.added),
  ];
  return {
    blocks: [...blocks.map(inItsPool), ...growth],
    choices: ranges.missing > 0 ? [furtherNodes(cluster, pools, ranges, pods.added)] : [],
  };
}

function inItsPool(required: RequiredBlock): PlacedInPool {
  return { pool: parseClusterKey(required.key)!.pool, block: required };
}

/** Nodes of a cluster, with those of an upgrade, that a primary range of this netmask length has room for. */
export function nodesInRange(length: number): number {
  return addressesOf(length) - PRIMARY_RANGE_RESERVED - PRIMARY_RANGE_HEADROOM;
}

/** Netmask length of the primary range for this many nodes. */
function nodeRange(nodes: number): number {
  return 32 - Math.ceil(Math.log2(nodes + PRIMARY_RANGE_RESERVED + PRIMARY_RANGE_HEADROOM));
}

/** The primary ranges that a cluster keeps. */
interface NodeRanges {
  readonly blocks: readonly RequiredBlock[];
  /** The ranges in the lock that are needed. */
  readonly kept: readonly LockedClusterBlock[];
  /** Nodes without room in them. */
  readonly missing: number;
  readonly reason: string;
}

function nodeRanges({ name, definition, locked }: GkeCluster, pools: GkePools, surge: number): NodeRanges {
  const reason = `${formatCount(definition.nodes)} nodes + ${surge} surge`;
  const nodes = definition.nodes + surge;
  const ranges = lockedOf(locked, "nodes");
  if (ranges.length === 0) {
    const length = nodeRange(nodes);
    const key = clusterKey(pools.nodes, name, "nodes");
    return { blocks: [nodeBlock(key, length, `/${length}: ${reason}`, name)], kept: [], missing: 0, reason };
  }
  const kept: LockedClusterBlock[] = [];
  let missing = nodes;
  for (const range of ranges) {
    if (missing <= 0 && kept.length > 0) break;
    kept.push(range);
    missing -= nodesInRange(range.prefix.length);
  }
  const part = nodesInRange(kept[0]!.prefix.length) < nodes ? "part of " : "";
  const blocks = kept.map(({ key, prefix }) =>
    nodeBlock(key, prefix.length, `/${prefix.length}: ${part}${reason}`, name),
  );
  return { blocks, kept, missing: Math.max(0, missing), reason };
}

/**
 * Room for more nodes: one of the primary ranges is widened in place (Compute Engine: `expandIpCidrRange`), else the
 * cluster gets a further subnet with a pod range of its own (GKE: additional subnets of a cluster).
 *
 * @param morePods pod ranges to add to the cluster's own subnet
 */
function furtherNodes(
  { name, definition, locked }: GkeCluster,
  pools: GkePools,
  { kept, missing, reason }: NodeRanges,
  morePods: readonly RequiredBlock[],
): RequiredChoice {
  const number = nextRange(locked);
  const length = Math.min(nodeRange(missing), ...kept.map(({ prefix }) => prefix.length));
  const podLength = Math.min(
    podRangeLength(nodesInRange(length), definition.podsPerNode),
    ...morePods.map(({ size }) => lengthOf(size)),
  );
  const nodes = nodeBlock(
    clusterKey(pools.nodes, name, "nodes", undefined, number),
    length,
    `/${length}: part of ${reason}`,
    name,
  );
  const podsKey = clusterKey(pools.pods, name, "pods", undefined, number);
  const pods = leafBlock(podsKey, podLength, `/${podLength}: pods of nodes-${number}`, "pods", name);
  return {
    widen: widerRanges(kept, missing, reason),
    widened: morePods.map(inItsPool),
    otherwise: [nodes, pods].map(inItsPool),
  };
}

/** The ranges to widen, without those that would make the last range superfluous. */
function widerRanges(
  kept: readonly LockedClusterBlock[],
  missing: number,
  reason: string,
): RequiredChoice["widen"] {
  const last = kept.at(-1)!;
  return kept.flatMap((range) => {
    const own = nodesInRange(range.prefix.length);
    const length = nodeRange(own + missing);
    if (range !== last && nodesInRange(length) >= own + missing + nodesInRange(last.prefix.length)) return [];
    return [{ key: range.key, length, demand: `/${length}: ${kept.length > 1 ? "part of " : ""}${reason}` }];
  });
}

/** The number of the next range: a further subnet and its pod range have the same number. */
function nextRange(locked: readonly LockedClusterBlock[]): number {
  return Math.max(nextNumber(locked, "nodes", false), nextNumber(locked, "pods", false));
}

/** The pod ranges that a cluster keeps, and those to add to its own subnet. */
interface PodRanges {
  readonly kept: readonly RequiredBlock[];
  readonly added: readonly RequiredBlock[];
}

/** The pod ranges. The first one records the `podsPerNode` that the cluster was created with. */
function podRanges(
  { name, definition, locked }: GkeCluster,
  pools: GkePools,
  nodes: number,
  nodeRangesKept: readonly LockedClusterBlock[],
): PodRanges {
  const { podsPerNode } = definition;
  const reason = `${formatCount(nodes)} nodes × ${podsPerNode} pods`;
  const ranges = lockedOf(locked, "pods");
  if (ranges.length === 0) {
    const length = podRangeLength(nodes, podsPerNode);
    const key = clusterKey(pools.pods, name, "pods");
    return {
      kept: [],
      added: [leafBlock(key, length, `/${length}: ${reason}`, "pods", name, { podsPerNode })],
    };
  }
  const ofSubnet = new Set(lockedOf(locked, "nodes").map(({ number }) => number));
  const kept: LockedClusterBlock[] = [];
  const needed = nodes * addressesOf(podRangePerNode(podsPerNode));
  let missing = needed;
  for (const range of ranges) {
    // The range of a further subnet stays as long as the subnet.
    const further = range.number > 1 && ofSubnet.has(range.number);
    const isNeeded = further
      ? nodeRangesKept.some(({ number }) => number === range.number)
      : missing > 0 || kept.length === 0;
    if (!isNeeded) continue;
    kept.push(range);
    missing -= addressesOf(range.prefix.length);
  }
  const part = addressesOf(kept[0]!.prefix.length) < needed ? "part of " : "";
  const keptBlocks = kept.map(({ key, prefix, number, podsPerNode: createdWith = podsPerNode }) => {
    const text = ofSubnet.has(number) && number > 1 ? `pods of nodes-${number}` : `${part}${reason}`;
    return leafBlock(key, prefix.length, `/${prefix.length}: ${text}`, "pods", name, {
      podsPerNode: number === 1 ? createdWith : undefined,
    });
  });
  if (missing <= 0) return { kept: keptBlocks, added: [] };
  const length = Math.min(32 - Math.ceil(Math.log2(missing)), ...kept.map(({ prefix }) => prefix.length));
  const key = clusterKey(pools.pods, name, "pods", undefined, nextRange(locked));
  return { kept: keptBlocks, added: [leafBlock(key, length, `/${length}: ${part}${reason}`, "pods", name)] };
}

/** Addresses of the pods, for growth: what they need, at least the first pod range. Free space has no influence. */
function podAddresses({ definition, locked }: GkeCluster, nodes: number): number {
  const { podsPerNode } = definition;
  const [first] = lockedOf(locked, "pods");
  const length = first?.prefix.length ?? podRangeLength(nodes, podsPerNode);
  return Math.max(addressesOf(length), nodes * addressesOf(podRangePerNode(podsPerNode)));
}

function podRangeLength(nodes: number, podsPerNode: number): number {
  return podRangePerNode(podsPerNode) - Math.ceil(Math.log2(nodes));
}

/** A primary range. */
function nodeBlock(key: string, length: number, demand: string, owner: string): RequiredBlock {
  return leafBlock(key, length, demand, "subnet", owner, { widens: true });
}

function lengthOf(size: RequiredBlock["size"]): number {
  return size.kind === "content" ? size.smallest : size.length;
}
