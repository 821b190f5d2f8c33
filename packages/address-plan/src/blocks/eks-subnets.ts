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
import { exactly, type PlacedInPool } from "./required-block";

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
  const { added } = zoneSubnets("", [], demand);
  const inZone = added.reduce((sum, length) => sum + 2 ** (32 - length), 0);
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
  const zones = definition.zones.map((zone) =>
    zoneSubnets(zone, lockedOf(locked, demand.role, zone), demand),
  );
  const first = nextNumber(locked, demand.role, true);
  const part = zones.some(({ kept, added }) => kept.length + added.length > 1) ? "part of " : "";
  const required: PlacedInPool[] = [];
  const push = (pool: string, key: string, length: number) => {
    const size = `/${length}: ${part}${demand.reason}`;
    const block = {
      key,
      size: exactly(length),
      demand: size,
      kind: "subnet",
      owner: name,
      children: [],
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

function zoneSubnets(zone: string, locked: readonly LockedClusterBlock[], demand: ZoneDemand): ZoneSubnets {
  const kept: LockedClusterBlock[] = [];
  let missing = demand.needed;
  for (const block of locked) {
    // The first subnet stays as long as the zone.
    if (missing <= 0 && kept.length > 0) break;
    kept.push(block);
    missing -= demand.units(block.prefix.length);
  }
  // At least as large as the largest one before it, so that few subnets and CIDRs are enough for years of growth.
  const largest = Math.min(VPC_CIDR.smallest, ...kept.map(({ prefix }) => prefix.length));
  const added: number[] = [];
  while (missing > 0) {
    let length: number = largest;
    while (length > VPC_CIDR.largest && demand.units(length) < missing) length--;
    added.push(length);
    missing -= demand.units(length);
  }
  return { zone, kept, added };
}
