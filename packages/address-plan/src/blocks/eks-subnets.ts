import {
  EKS_SURGE_PER_ZONE,
  NODE_SUBNET_HEADROOM,
  type PodAddressUsage,
  podAddressUsage,
} from "../capacity/pod-address-usage";
import { instanceShape } from "../cloud/instance-types";
import { SUBNET_RESERVED_ADDRESSES, VPC_CIDR } from "../cloud/vpc-cidr";
import { eksPodsPerNode, instanceOf } from "../demand/eks-node";
import { type AwsClusterDefinition } from "../demand/plan-definition";
import { formatCount } from "../message/format-count";
import { clusterKey } from "./block-key";
import { type LockedClusterBlock, lockedOf, nextNumber } from "./locked-cluster";
import { exactly, NO_BLOCKS, type PlacedInPool } from "./required-block";

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
export function nodeSubnets(cluster: EksCluster, pool: string): PlacedInPool[] {
  const { definition } = cluster;
  const nodes = Math.ceil(definition.nodes / definition.zones.length);
  return subnets(cluster, {
    role: "nodes",
    pool,
    needed: nodes + EKS_SURGE_PER_ZONE,
    units: (length) => Math.max(0, 2 ** (32 - length) - SUBNET_RESERVED_ADDRESSES - NODE_SUBNET_HEADROOM),
    reason: `${formatCount(nodes)} nodes + ${EKS_SURGE_PER_ZONE} surge`,
  });
}

/** The pod subnets of a cluster. */
export interface PodSubnets {
  readonly subnets: readonly PlacedInPool[];
  /** The addresses that a new cluster with this demand would get for its pods: growth is a share of them. */
  readonly addresses: number;
}

/** The pod subnets, likewise. */
export function podSubnets(cluster: EksCluster, pool: string): PodSubnets {
  const demand = podDemand(cluster, pool);
  const inZone = addedSubnets([], demand).reduce((sum, length) => sum + 2 ** (32 - length), 0);
  const addresses = 2 ** Math.ceil(Math.log2(inZone * cluster.definition.zones.length));
  return { subnets: subnets(cluster, demand), addresses };
}

function podDemand(cluster: EksCluster, pool: string): ZoneDemand {
  const { definition } = cluster;
  const usage = plannedUsage(cluster);
  const zones = definition.zones.length;
  const [nodes, pods] = [Math.ceil(definition.nodes / zones), Math.ceil(definition.pods / zones)];
  return {
    role: "pods",
    pool,
    needed: usage.units(nodes + EKS_SURGE_PER_ZONE, pods),
    units: usage.usable,
    reason: `${formatCount(pods)} pods on ${formatCount(nodes)} nodes + ${EKS_SURGE_PER_ZONE} surge`,
  };
}

/** The address usage that the plan assumes: prefix delegation with one warm prefix. */
function plannedUsage({ name, definition }: EksCluster): PodAddressUsage {
  return podAddressUsage({
    shape: instanceShape(instanceOf(definition), `${name}/instanceType`),
    mode: "custom-networking-with-prefixes",
    podsPerNode: eksPodsPerNode(definition),
    warm: {},
    sharesNodeSubnets: false,
    path: name,
  });
}

function subnets({ name, definition, locked }: EksCluster, demand: ZoneDemand): PlacedInPool[] {
  const ofNewZone = addedSubnets(NO_SUBNETS, demand);
  const zones = definition.zones.map((zone): ZoneSubnets => {
    const existing = lockedOf(locked, demand.role, zone);
    if (existing.length === 0) return { zone, kept: NO_SUBNETS, added: ofNewZone };
    const kept = keptSubnets(existing, demand);
    return { zone, kept, added: addedSubnets(kept, demand) };
  });
  const first = nextNumber(locked, demand.role, true);
  const part = zones.some(({ kept, added }) => kept.length + added.length > 1) ? "part of " : "";
  // Most zones are alike.
  let last = { length: 0, text: "" };
  const describe = (length: number): string => {
    if (length !== last.length) last = { length, text: `/${length}: ${part}${demand.reason}` };
    return last.text;
  };
  const required: PlacedInPool[] = [];
  const push = (pool: string, key: string, length: number) => {
    const block = {
      key,
      size: exactly(length),
      demand: describe(length),
      kind: "subnet",
      owner: name,
      children: NO_BLOCKS,
    } as const;
    required.push({ pool, block });
  };
  for (const { zone, kept, added } of zones) {
    for (const { pool, key, prefix } of kept) push(pool, key, prefix.length);
    added.forEach((length, index) =>
      push(demand.pool, clusterKey(demand.pool, name, demand.role, zone, first + index), length),
    );
  }
  return required;
}

const NO_SUBNETS: readonly LockedClusterBlock[] = [];

/** The subnets of a zone that it needs, in the order of their sets. */
function keptSubnets(locked: readonly LockedClusterBlock[], demand: ZoneDemand): LockedClusterBlock[] {
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
