import {
  GKE_ADDITIONAL_SUBNETS,
  podRangePerNode,
  Prefix,
  PRIMARY_RANGE_RESERVED,
} from "@cluster-ipam/address-plan";
import { identifier, type Transaction } from "@cluster-ipam/cloud-model";
import {
  chooseFree,
  type Cluster,
  internalRangesOf,
  type NodeDemand,
  type Placement,
  poolsOn,
  putCluster,
  type RangePurpose,
  rangesIn,
  removeSubnetwork,
  room,
  type SecondaryRange,
  type Subnetwork,
  subnetworkOf,
  subnetworksWhere,
} from "@cluster-ipam/cloud-model/google";
import { type ResourceContext } from "../resource-model";
import { PROHIBITED_RANGES } from "./range-rules";
import { projectOf, subnetworkPath } from "./resource-path";
import { put } from "./subnetwork";

type Ground = Pick<ResourceContext, "transaction" | "quotas">;

/** Where GKE looks for ranges of its own choice (gcloud: --cluster-ipv4-cidr). */
const CHOSEN_FROM = [Prefix.parse("10.0.0.0/8")];
/** The smallest primary range of a subnetwork. */
const SMALLEST_SUBNET = 29;

/**
 * A range that GKE chooses: free in the network, outside every internal range. Google chooses at random;
 * here the same seed gives the same range.
 *
 * @param lengths netmask lengths, the preferred one first
 */
export function chosenRange(
  transaction: Transaction,
  network: string,
  lengths: readonly number[],
  seed: string,
): Prefix | undefined {
  const used = [
    ...rangesIn(transaction, network).map(({ prefix }) => prefix),
    ...internalRangesOf(transaction, network).map(({ cidr }) => Prefix.parse(cidr)),
    ...PROHIBITED_RANGES,
  ].filter(({ family }) => family === 4);
  for (const length of lengths) {
    const found = chooseFree(CHOSEN_FROM, used, length, { by: "seed", seed });
    if (found) return found;
  }
  return undefined;
}

/** Netmask lengths from the one that holds `most` nodes to the one that just holds `least`. */
export function podRangeLengths(maxPodsPerNode: number, most: number, least: number): readonly number[] {
  const length = (nodes: number) =>
    podRangePerNode(maxPodsPerNode) - Math.ceil(Math.log2(Math.max(1, nodes)));
  const [first, last] = [length(Math.max(most, least)), length(least)];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Adds a secondary range that belongs to a cluster. @param rangeName @default one of GKE's choice */
export function addGkeRange(
  ground: Ground,
  { id, name }: Pick<Cluster, "id" | "name">,
  subnetwork: Subnetwork,
  cidr: string,
  purpose: RangePurpose,
  rangeName = "",
): Placement {
  const kind = purpose === "services" ? "services" : "pods";
  const range: SecondaryRange = {
    name: rangeName || `gke-${name}-${kind}-${identifier(`${id}/${subnetwork.id}/${cidr}`, 8)}`,
    cidr,
    madeBy: id,
    purpose,
  };
  const changed = put(ground, subnetwork, { ...subnetwork, secondary: [...subnetwork.secondary, range] });
  return { subnetwork: changed, podRange: range };
}

/** What a new pool asks for where it finds no room. */
export interface NewPoolDemand extends NodeDemand {
  /** Nodes it may grow to: its range holds so many where there is space, because it never grows. */
  readonly most: number;
}

/**
 * Auto IPAM: makes room for a new node pool, with a secondary range where a subnet of the cluster has
 * addresses for the nodes, else with a subnet. GKE never does so for a pool that exists.
 *
 * @returns undefined when the network has no space left, or the cluster no subnet left
 */
export function makeRoom(ground: Ground, cluster: Cluster, demand: NewPoolDemand): Placement | undefined {
  const { transaction } = ground;
  const roomy = roomySubnet(ground, cluster, demand);
  const subnetwork = roomy ?? addSubnet(ground, cluster, demand);
  if (!subnetwork) return undefined;
  const lengths = podRangeLengths(demand.maxPodsPerNode, demand.most, demand.nodes);
  const pods = chosenRange(transaction, cluster.network, lengths, `${cluster.id}/pods`);
  if (!pods) return undefined;
  const placement = addGkeRange(ground, cluster, subnetwork, String(pods), "pool");
  const added = placement.podRange!.name;
  const subnets = roomy
    ? cluster.subnets.map((subnet) =>
        subnet.subnetwork === roomy.id ? { ...subnet, podRanges: [...subnet.podRanges, added] } : subnet,
      )
    : [...cluster.subnets, { subnetwork: subnetwork.id, podRanges: [added] }];
  putCluster(transaction, { ...cluster, subnets });
  return placement;
}

/** A subnet of the cluster that has addresses for the nodes and may have another range. */
function roomySubnet(
  { transaction, quotas }: Ground,
  cluster: Cluster,
  demand: NodeDemand,
): Subnetwork | undefined {
  return cluster.subnets
    .flatMap(({ subnetwork }) => subnetworkOf(transaction, subnetwork) ?? [])
    .filter(({ secondary }) => secondary.length < quotas.secondaryRangesPerSubnetwork)
    .find((subnetwork) => room(transaction, { subnetwork }, demand.maxPodsPerNode) >= demand.nodes);
}

function addSubnet(ground: Ground, cluster: Cluster, demand: NewPoolDemand): Subnetwork | undefined {
  if (cluster.subnets.length > GKE_ADDITIONAL_SUBNETS) return undefined;
  const length = (nodes: number) =>
    Math.min(SMALLEST_SUBNET, 32 - Math.ceil(Math.log2(nodes + PRIMARY_RANGE_RESERVED)));
  const seed = `${cluster.id}/nodes`;
  const lengths = [length(demand.most), length(demand.nodes)];
  const cidr = chosenRange(ground.transaction, cluster.network, lengths, seed);
  if (!cidr) return undefined;
  const name = `gke-${cluster.name}-subnet-${identifier(`${seed}/${cidr}`, 8)}`;
  const { region, network } = cluster;
  const project = projectOf(network);
  const id = subnetworkPath.of({ project, region, name });
  return put(ground, undefined, {
    id,
    project,
    region,
    name,
    network,
    cidr: String(cidr),
    secondary: [],
    madeBy: cluster.id,
  });
}

/** Removes the subnets and pod ranges that GKE added for node pools and that none uses any more. */
export function dropUnused(ground: Ground, cluster: Cluster): void {
  const { transaction } = ground;
  const subnets = cluster.subnets.flatMap((subnet, i) => {
    const subnetwork = subnetworkOf(transaction, subnet.subnetwork)!;
    const pools = poolsOn(transaction, subnetwork.id);
    if (i > 0 && subnetwork.madeBy === cluster.id && pools.length === 0) return [];
    const unused = subnetwork.secondary.filter(
      ({ name, madeBy, purpose }) =>
        madeBy === cluster.id && purpose === "pool" && !pools.some(({ podRange }) => podRange === name),
    );
    return [{ subnet, subnetwork, unused: unused.map(({ name }) => name) }];
  });
  const left = subnets.map(({ subnet, unused }) => ({
    ...subnet,
    podRanges: subnet.podRanges.filter((name) => !unused.includes(name)),
  }));
  putCluster(transaction, { ...cluster, subnets: left });
  for (const { subnetwork, unused } of subnets)
    if (unused.length > 0)
      put(ground, subnetwork, {
        ...subnetwork,
        secondary: subnetwork.secondary.filter(({ name }) => !unused.includes(name)),
      });
  for (const { subnetwork: id } of cluster.subnets)
    if (!left.some(({ subnetwork }) => subnetwork === id)) removeSubnetwork(transaction, id);
}

/** Removes what GKE made for a cluster: its subnets, and its secondary ranges on others. */
export function removeRangesOf(ground: Ground, cluster: string): void {
  const { transaction } = ground;
  for (const { id } of subnetworksWhere(transaction, ({ madeBy }) => madeBy === cluster))
    removeSubnetwork(transaction, id);
  const mine = (subnetwork: Subnetwork) => subnetwork.secondary.some(({ madeBy }) => madeBy === cluster);
  for (const subnetwork of subnetworksWhere(transaction, mine)) {
    const secondary = subnetwork.secondary.filter(({ madeBy }) => madeBy !== cluster);
    put(ground, subnetwork, { ...subnetwork, secondary });
  }
}
