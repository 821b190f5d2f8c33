import { type Construct } from "constructs";
import {
  nodesPerPodRange,
  nodesPerPrimaryRange,
  podRangePerNode,
  Prefix,
  PRIMARY_RANGE_RESERVED,
} from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { checkKnown } from "./known-number";
import { mostNodes, upgradeNodes, type UpgradeOptions } from "./pool-upgrade";
import { type GkeNetworkContract, type PodRange } from "../network/gke-network-contract";

/** The ranges of a node pool. */
export interface PoolRanges {
  /** CIDR of the primary range for its nodes. */
  readonly nodes: string;
  /** CIDR of the pod range, shared with other pools. The whole pool must fit, because a pool's range never grows. */
  readonly pods: string;
  /** Auto IPAM: CIDRs of the growth space, from which pools also get ranges. @default none */
  readonly growth?: readonly string[];
  /** Name of the pod range. @default none; GKE chooses with Auto IPAM */
  readonly podRangeName?: string;
  /** The extra subnet. @default the cluster's own */
  readonly subnetwork?: string;
}

/** Maximum nodes and pods of a node pool. */
export interface PoolDemand {
  readonly maxNodes: number;
  readonly upgrade: UpgradeOptions;
  readonly maxPodsPerNode: number;
}

/** Ranges that a node pool requests by name. */
export interface RequestedRanges {
  readonly podRange?: string;
  readonly subnet?: string;
}

/** The addresses that a cluster's node pools share, and how many are allocated. */
export class NodeAddressBudget {
  /** Allocated addresses, by pod range. */
  private readonly podAddresses = new Map<string, number>();
  /** Allocated nodes, by primary range. */
  private readonly nodes = new Map<string, number>();

  constructor(private readonly contract: GkeNetworkContract) {}

  /**
   * Returns the ranges for a pool.
   *
   * @throws ValidationError for a range or subnet that does not exist or is draining, or any with Auto IPAM
   */
  rangesFor(where: Construct, requested: RequestedRanges): PoolRanges {
    const { addresses, ipam } = this.contract;
    if (ipam.mode === "planned") return this.plannedRanges(where, requested);
    const named = requested.podRange ?? requested.subnet;
    if (named !== undefined) {
      throw new ValidationError(
        where,
        `the pool requests "${named}", but ipam is "auto", where GKE chooses the range of a new pool; remove it or use mode: "planned"`,
      );
    }
    const further = [
      ...addresses.furtherPods,
      ...addresses.furtherSubnets.map(({ pods, state }) => ({ ...pods, state: state ?? pods.state })),
      ...addresses.growth,
    ].filter(({ state }) => state === undefined);
    return { nodes: addresses.nodes, pods: addresses.pods, growth: further.map(({ cidr }) => cidr) };
  }

  /**
   * Allocates a pool's nodes and pods in its ranges.
   *
   * @throws ValidationError with the formula and the fix, if the pool at its maximum size does not fit during an
   * upgrade
   */
  allocate(where: Construct, ranges: PoolRanges, demand: PoolDemand): void {
    this.allocatePods(where, ranges, demand);
    this.allocateNodes(where, ranges, demand);
  }

  private plannedRanges(where: Construct, { podRange, subnet }: RequestedRanges): PoolRanges {
    const { addresses, podRanges, extraSubnets } = this.contract;
    const extra = extraSubnets.find(({ name }) => name === subnet);
    if (subnet !== undefined && extra === undefined) {
      throw new ValidationError(where, unknownName("subnet", subnet, extraSubnets));
    }
    if (extra !== undefined) checkNotDraining(where, "subnet", extra, extraSubnets);
    const ranges = extra === undefined ? podRanges : [extra.pods];
    const range = podRange === undefined ? ranges[0] : ranges.find(({ name }) => name === podRange);
    if (range === undefined)
      throw new ValidationError(where, unknownName("pod range", podRange ?? "pods", ranges));
    checkNotDraining(where, "pod range", range, ranges);
    return {
      nodes: extra?.nodes ?? addresses.nodes,
      pods: range.cidr,
      podRangeName: range.rangeName,
      ...(extra === undefined ? {} : { subnetwork: extra.subnetwork }),
    };
  }

  private allocatePods(where: Construct, { pods, growth = [] }: PoolRanges, demand: PoolDemand): void {
    const { maxPodsPerNode } = demand;
    const nodeRange = podRangePerNode(maxPodsPerNode);
    const addressesPerNode = 2 ** (32 - nodeRange);
    const taken = this.podAddresses.get(pods) ?? 0;
    const free = [pods, ...growth].reduce((sum, cidr) => sum + sizeOf(cidr), 0) - taken;
    const rangeLength = Prefix.parse(pods).length;
    const inRange = nodesPerPodRange(rangeLength, maxPodsPerNode);
    const holds = Math.min(inRange, Math.floor(free / addressesPerNode));
    const needs = nodesOf(demand);
    if (needs > holds) {
      const others = holds < inRange ? `, of which ${holds} are free` : "";
      throw new ValidationError(
        where,
        `the pool needs ${nodesInWords(demand)}, a /${nodeRange} each for ${maxPodsPerNode} pods, but the pod range ${pods} has room for ${inRange} (2^(${nodeRange} − ${rangeLength}))${others}; ${fix(holds, demand)} use fewer pods per node, or plan more pods for another pool`,
      );
    }
    this.podAddresses.set(pods, taken + needs * addressesPerNode);
  }

  private allocateNodes(where: Construct, { nodes }: PoolRanges, demand: PoolDemand): void {
    const { length } = Prefix.parse(nodes);
    // Auto IPAM adds subnets for later pools, but each pool is in one subnet.
    const taken = this.contract.ipam.mode === "auto" ? 0 : (this.nodes.get(nodes) ?? 0);
    const usable = nodesPerPrimaryRange(length);
    const needs = nodesOf(demand);
    if (needs > usable - taken) {
      const others = taken > 0 ? `, of which ${usable - taken} are free` : "";
      throw new ValidationError(
        where,
        `the pool needs ${nodesInWords(demand)} but the primary range ${nodes} has room for ${usable} (2^(32 − ${length}) − ${PRIMARY_RANGE_RESERVED})${others}; ${fix(usable - taken, demand)} plan more nodes`,
      );
    }
    this.nodes.set(nodes, taken + needs);
  }
}

/**
 * Checks a maximum of pods per node.
 *
 * @throws ValidationError if it is not a whole number from 8 to 256
 */
export function checkMaxPods(where: Construct, what: string, maxPods: number): void {
  checkKnown(where, what, maxPods);
  if (!Number.isInteger(maxPods) || maxPods < 8 || maxPods > 256) {
    throw new ValidationError(
      where,
      `${what} is ${maxPods}; use a whole number from 8 to 256, which GKE allows`,
    );
  }
}

function sizeOf(cidr: string): number {
  return Number(Prefix.parse(cidr).size);
}

const nodesOf = ({ maxNodes, upgrade }: PoolDemand): number => maxNodes + upgradeNodes(upgrade, maxNodes);

function nodesInWords(demand: PoolDemand): string {
  const { maxNodes, upgrade } = demand;
  const others = upgrade === "blue-green" ? "blue-green" : "surge";
  return `${nodesOf(demand)} nodes (${maxNodes} + ${upgradeNodes(upgrade, maxNodes)} ${others})`;
}

function fix(holds: number, { upgrade }: PoolDemand): string {
  const most = mostNodes(upgrade, holds);
  return most >= 1 ? `use at most ${most} nodes,` : "";
}

/** A range or subnet that a pool may request. */
type Requestable = Pick<PodRange, "name" | "state">;

function checkNotDraining(
  where: Construct,
  what: string,
  { name, state }: Requestable,
  all: readonly Requestable[],
): void {
  if (state === undefined) return;
  const others = all.filter((one) => one.state === undefined).map((one) => `"${one.name}"`);
  const instead = others.length === 0 ? "in the cluster's own subnet" : `on ${others.join(" or ")}`;
  throw new ValidationError(
    where,
    `the pool uses the ${what} "${name}", which is draining; move its workloads to a pool ${instead}, and remove this pool`,
  );
}

function unknownName(what: string, name: string, known: readonly Requestable[]): string {
  const names = known
    .filter((one) => one.state === undefined)
    .map((one) => `"${one.name}"`)
    .join(", ");
  return `the network has no ${what} "${name}"; ${names === "" ? `remove it, the network has none` : `use ${names}`}`;
}
