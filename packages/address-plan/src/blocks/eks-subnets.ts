import { eksSurge, type Surge } from "../capacity/eks-surge";
import {
  NODE_SUBNET_HEADROOM,
  type PodAddressUsage,
  podAddressUsage,
  type WarmTargets,
} from "../capacity/pod-address-usage";
import { instanceShape } from "../cloud/instance-types";
import { SUBNET_RESERVED_ADDRESSES, VPC_CIDR } from "../cloud/vpc-cidr";
import { churnPercent, eksPodsPerNode, instancesOf } from "../demand/eks-node";
import { type AwsClusterDefinition } from "../demand/plan-definition";
import { formatCount } from "../message/format-count";
import { addressesOf } from "../prefix/prefix";
import { clusterKey, subnetKey } from "./block-key";
import { type LockedClusterBlock, lockedOf, nextNumber } from "./locked-cluster";
import { leafBlock, type RequiredBlock } from "./required-block";

/** A cluster with what the lock has of it. */
export interface EksCluster {
  /** Name in the plan. */
  readonly name: string;
  readonly definition: AwsClusterDefinition;
  readonly locked: readonly LockedClusterBlock[];
}

/** The subnets of one role that a zone needs. */
interface ZoneDemand {
  readonly role: "nodes" | "pods";
  /** Key of the application pool of new subnets. */
  readonly pool: string;
  /** The units that the zone needs. */
  readonly needed: number;
  /** The units of a subnet of this netmask length. */
  units(length: number): number;
  /** Reason, for display. */
  readonly reason: string;
}

/** The subnets of a zone: those in the lock that are needed, and the netmask lengths of those to add. */
interface ZoneSubnets {
  readonly zone: string;
  readonly kept: readonly LockedClusterBlock[];
  readonly added: readonly number[];
}

/**
 * The node subnets: those in the lock, in the order of their sets, until they are enough, and a further set for the zones
 * in which they are not. A set never gets another subnet, because a node group keeps the subnets it was created with.
 */
export function nodeSubnets(cluster: EksCluster, pool: string): RequiredBlock[] {
  const { definition } = cluster;
  const nodes = Math.ceil(definition.nodes / definition.zones.length);
  const fargate = Math.ceil(definition.fargatePods / definition.zones.length);
  const surge = surgeOf(definition);
  const demand: ZoneDemand = {
    role: "nodes",
    pool,
    needed: nodes + surge.nodes + fargate,
    units: nodesIn,
    reason: `${formatCount(nodes)} nodes + ${surge.nodes} surge${fargate > 0 ? ` + ${formatCount(fargate)} Fargate pods` : ""}`,
  };
  return subnets(cluster, demand, addedSubnets(NO_SUBNETS, demand));
}

/** Nodes that a subnet of this netmask length has room for. */
function nodesIn(length: number): number {
  return Math.max(0, addressesOf(length) - SUBNET_RESERVED_ADDRESSES - NODE_SUBNET_HEADROOM);
}

/** The pod subnets of a cluster. */
export interface PodSubnets {
  readonly subnets: readonly RequiredBlock[];
  /** The addresses that a new cluster with this demand would get for its pods: growth is a share of them. */
  readonly addresses: number;
}

/** The pod subnets, likewise. */
export function podSubnets(cluster: EksCluster, pool: string): PodSubnets {
  const demand = podDemand(cluster, pool);
  const inNewZone = addedSubnets(NO_SUBNETS, demand);
  let addresses = 0;
  for (const length of inNewZone) addresses += addressesOf(length);
  return {
    subnets: subnets(cluster, demand, inNewZone),
    addresses: addresses === 0 ? 0 : 2 ** Math.ceil(Math.log2(addresses * cluster.definition.zones.length)),
  };
}

function podDemand(cluster: EksCluster, pool: string): ZoneDemand {
  const { definition } = cluster;
  const usage = plannedUsage(cluster);
  const zones = definition.zones.length;
  const nodes = Math.ceil(definition.nodes / zones);
  const inNodeSubnets = definition.adopted?.podsInNodeSubnets ?? 0;
  const pods = Math.ceil(Math.max(0, definition.pods - inNodeSubnets) / zones);
  const surge = surgeOf(definition);
  return {
    role: "pods",
    pool,
    needed: pods === 0 ? 0 : usage.units(nodes + surge.nodes, pods + surge.pods),
    units: usage.usable,
    reason: `${formatCount(pods)} pods on ${formatCount(nodes)} nodes + ${surge.nodes} surge`,
  };
}

/** The surge of a zone, if every zone has as many nodes and pods as the fullest one. */
function surgeOf(definition: AwsClusterDefinition): Surge {
  const inAllZones = (count: number) => Math.ceil(count / definition.zones.length) * definition.zones.length;
  const [nodes, pods] = [inAllZones(definition.nodes), inAllZones(definition.pods)];
  return eksSurge(
    { podsPerNode: eksPodsPerNode(definition), churnPercent: churnPercent(definition) },
    nodes,
    pods,
  );
}

/** The address usage that the plan assumes: prefix delegation with one warm prefix. */
function plannedUsage({ name, definition }: EksCluster): PodAddressUsage {
  return podAddressUsage({
    shapes: instancesOf(definition).map((instance) => instanceShape(instance, `${name}/instanceType`)),
    mode: "custom-networking-with-prefixes",
    podsPerNode: eksPodsPerNode(definition),
    warm: NO_TARGETS,
    sharesNodeSubnets: false,
    path: name,
  });
}

const NO_TARGETS: WarmTargets = {};

/** @param inNewZone netmask lengths of the subnets of a zone that has none in the lock */
function subnets(cluster: EksCluster, demand: ZoneDemand, inNewZone: readonly number[]): RequiredBlock[] {
  const { name, definition, locked } = cluster;
  const { role, pool, reason } = demand;
  const zones: ZoneSubnets[] = [];
  let part = "";
  const isAdopted = definition.adopted !== undefined;
  for (const zone of definition.zones) {
    const own = lockedOf(locked, role, zone);
    const kept = isAdopted ? own : keptSubnets(own, demand);
    const added = kept.length === 0 ? inNewZone : addedSubnets(kept, demand);
    zones.push({ zone, kept, added });
    if (kept.length + added.length > 1) part = "part of ";
  }
  // A zone without subnets of this role was like that before the plan: it gets one when the others grow.
  if (isAdopted && zones.some(({ kept }) => kept.length > 0) && zones.every(isEnough))
    return zones.flatMap(({ kept }) => kept.map((subnet) => keptBlock(subnet, part + reason, name)));
  const first = nextNumber(locked, role, true);
  const vpc = clusterKey(pool, name, "vpc");
  const required: RequiredBlock[] = [];
  for (const { zone, kept, added } of zones) {
    for (const subnet of kept) required.push(keptBlock(subnet, part + reason, name));
    for (let set = 0; set < added.length; set++) {
      const length = added[set]!;
      const key = subnetKey(vpc, role, zone, first + set);
      required.push(leafBlock(key, length, `/${length}: ${part}${reason}`, "subnet", name));
    }
  }
  return required;
}

function isEnough({ kept, added }: ZoneSubnets): boolean {
  return kept.length === 0 || added.length === 0;
}

function keptBlock({ key, prefix }: LockedClusterBlock, reason: string, owner: string): RequiredBlock {
  return leafBlock(key, prefix.length, `/${prefix.length}: ${reason}`, "subnet", owner);
}

const NO_SUBNETS: readonly LockedClusterBlock[] = [];

/** The subnets of a zone that it needs, in the order of their sets. */
function keptSubnets(
  locked: readonly LockedClusterBlock[],
  demand: ZoneDemand,
): readonly LockedClusterBlock[] {
  if (locked.length === 0) return NO_SUBNETS;
  let missing = demand.needed;
  return locked.filter(({ prefix }, index) => {
    // The first subnet stays as long as the zone.
    const needed = index === 0 || missing > 0;
    missing -= demand.units(prefix.length);
    return needed;
  });
}

/** The netmask lengths of the subnets that a zone needs besides those that it keeps. */
function addedSubnets(kept: readonly LockedClusterBlock[], demand: ZoneDemand): number[] {
  let missing = demand.needed;
  // At least as large as the largest one before it, so that few subnets and CIDRs are enough for years of growth.
  let largest: number = VPC_CIDR.smallest;
  for (const { prefix } of kept) {
    missing -= demand.units(prefix.length);
    largest = Math.min(largest, prefix.length);
  }
  const added: number[] = [];
  while (missing > 0) {
    let length: number = largest;
    while (length > VPC_CIDR.largest && demand.units(length) < missing) length--;
    added.push(length);
    missing -= demand.units(length);
  }
  return added;
}
