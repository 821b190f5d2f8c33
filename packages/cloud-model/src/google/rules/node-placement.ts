import { podRangePerNode, PRIMARY_RANGE_RESERVED } from "@cluster-ipam/address-plan/cloud";
import { countFreeBlocks, freeBlocks, Prefix } from "@cluster-ipam/address-plan/prefix";
import { identifier } from "../../store/identifier";
import { type Transaction } from "../../store/transaction";
import { ServiceError } from "../../service-error";
import { type Cluster } from "../documents/cluster";
import { type Node, type NodePool, poolsOn } from "../documents/node-pool";
import { type SecondaryRange, type Subnetwork, subnetworkOf } from "../documents/subnetwork";

/** The ranges in which the nodes of a pool have their addresses. */
export interface Placement {
  readonly subnetwork: Subnetwork;
  /** The pods' secondary range; absent in routes-based clusters. */
  readonly podRange?: SecondaryRange | undefined;
}

/** Nodes that need addresses. */
export interface NodeDemand {
  readonly nodes: number;
  readonly maxPodsPerNode: number;
}

/** How many more nodes fit into a placement. */
export function room(
  transaction: Transaction,
  { subnetwork, podRange }: Placement,
  maxPodsPerNode: number,
): number {
  const taken = nodesOn(transaction, subnetwork);
  const addresses = Number(Prefix.parse(subnetwork.cidr).size) - PRIMARY_RANGE_RESERVED - taken.length;
  if (!podRange) return Math.max(0, addresses);
  const blocks = countFreeBlocks(
    Prefix.parse(podRange.cidr),
    podBlocks(taken),
    podRangePerNode(maxPodsPerNode),
  );
  return Math.max(0, Math.min(addresses, Number(blocks)));
}

/**
 * Places a new pool where all its nodes fit: in the cluster's own subnetwork first, and there in the pod range with
 * the most room (GKE: "additional pod ranges").
 *
 * @returns undefined where they fit nowhere
 */
export function placementFor(
  transaction: Transaction,
  cluster: Cluster,
  demand: NodeDemand,
): Placement | undefined {
  for (const { subnetwork: id, podRanges } of cluster.subnets) {
    const roomiest = placementsIn(transaction, id, podRanges)
      .map((placement) => ({ placement, nodes: room(transaction, placement, demand.maxPodsPerNode) }))
      .filter(({ nodes }) => nodes >= demand.nodes)
      .sort((a, b) => b.nodes - a.nodes)[0];
    if (roomiest) return roomiest.placement;
  }
  return undefined;
}

/** The cluster's own subnetwork and default pod range. */
export function defaultPlacement(transaction: Transaction, cluster: Cluster): Placement {
  const own = cluster.subnets[0]!;
  return placementsIn(transaction, own.subnetwork, own.podRanges)[0]!;
}

function placementsIn(
  transaction: Transaction,
  id: string,
  podRanges: readonly string[],
): readonly Placement[] {
  const subnetwork = subnetworkOf(transaction, id);
  if (!subnetwork) return [];
  if (podRanges.length === 0) return [{ subnetwork }];
  return podRanges.flatMap((name) => {
    const podRange = subnetwork.secondary.find((range) => range.name === name);
    return podRange ? [{ subnetwork, podRange }] : [];
  });
}

/**
 * The nodes of a pool after a resize: nodes that remain keep their addresses.
 *
 * @param pool the pool before the resize
 * @param size nodes over all zones
 * @throws ServiceError IP_SPACE_EXHAUSTED
 */
export function resizedNodes(
  transaction: Transaction,
  cluster: Cluster,
  pool: NodePool,
  size: number,
): readonly Node[] {
  const remaining = pool.nodes.slice(0, size);
  const more = size - remaining.length;
  if (more === 0) return remaining;
  const subnetwork = subnetworkOf(transaction, pool.subnetwork)!;
  const podRange = subnetwork.secondary.find(({ name }) => name === pool.podRange);
  const placement = { subnetwork, podRange };
  const fitting = room(transaction, placement, pool.maxPodsPerNode);
  if (fitting < more)
    throw exhausted(transaction, cluster, pool, placement, { size, fitting: remaining.length + fitting });
  const taken = nodesOn(transaction, subnetwork);
  const addresses = freeAddresses(subnetwork, taken, more);
  const blocks = podRange ? freeNodeBlocks(podRange, taken, pool.maxPodsPerNode, more) : [];
  const made = addresses.map((address, i) => ({
    name: nodeName(cluster, pool, remaining.length + i),
    address,
    pods: blocks[i],
  }));
  return [...remaining, ...made];
}

const nodesOn = (transaction: Transaction, { id }: Subnetwork): readonly Node[] =>
  poolsOn(transaction, id).flatMap(({ nodes }) => nodes);

const podBlocks = (nodes: readonly Node[]): readonly Prefix[] =>
  nodes.flatMap(({ pods }) => (pods === undefined ? [] : [Prefix.parse(pods)]));

/** Google reserves the first two and the last two addresses of a primary range. */
function freeAddresses({ cidr }: Subnetwork, taken: readonly Node[], count: number): readonly string[] {
  const range = Prefix.parse(cidr);
  const used = new Set(taken.map(({ address }) => address));
  const found: string[] = [];
  for (let at = Number(range.first) + 2; found.length < count && at <= Number(range.last) - 2; at++) {
    const address = Prefix.ipv4At(at, 32).toString().split("/")[0]!;
    if (!used.has(address)) found.push(address);
  }
  return found;
}

function freeNodeBlocks(
  { cidr }: SecondaryRange,
  taken: readonly Node[],
  maxPodsPerNode: number,
  count: number,
): readonly string[] {
  const length = podRangePerNode(maxPodsPerNode);
  const found: string[] = [];
  for (const space of freeBlocks(Prefix.parse(cidr), podBlocks(taken))) {
    const step = 2 ** (32 - length);
    for (
      let at = Number(space.first);
      at + step - 1 <= Number(space.last) && found.length < count;
      at += step
    )
      found.push(Prefix.ipv4At(at, length).toString());
  }
  return found;
}

const nodeName = (cluster: Cluster, { name, id }: NodePool, index: number): string =>
  `gke-${cluster.name}-${name}-${identifier(id, 8)}-${identifier(`${id}/${index}`, 4)}`;

/** Wording: Compute Engine, as GKE repeats it. */
function exhausted(
  transaction: Transaction,
  cluster: Cluster,
  pool: NodePool,
  { subnetwork, podRange }: Placement,
  { size, fitting }: { readonly size: number; readonly fitting: number },
): ServiceError {
  const addresses = room(transaction, { subnetwork }, pool.maxPodsPerNode);
  const range = podRange && addresses >= size - pool.nodes.length ? podRange.cidr : subnetwork.cidr;
  return new ServiceError(
    "IP_SPACE_EXHAUSTED",
    `Not all instances running in IGM. Expected ${size}, running ${fitting}, transitioning ${size - fitting}. ` +
      `Current errors: [IP_SPACE_EXHAUSTED_WITH_DETAILS]: Instance '${nodeName(cluster, pool, fitting)}' creation failed: ` +
      `IP space of '${subnetwork.id}' is exhausted. Insufficient free IP addresses in the IP range '${range}'. ` +
      "Consider expanding the current IP range or selecting an alternative IP range. " +
      "If this is a secondary range, consider adding an additional secondary range.",
  );
}
