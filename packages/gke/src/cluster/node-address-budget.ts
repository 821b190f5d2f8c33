import { Token } from "cdktf";
import { type Construct } from "constructs";
import {
  nodesPerPodRange,
  nodesPerPrimaryRange,
  podRangePerNode,
  Prefix,
  PRIMARY_RANGE_RESERVED,
} from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type GkeNetworkContract } from "../network/gke-network-contract";

/** Where a node pool lives. */
export interface PoolPlace {
  /** CIDR of the primary range that its nodes are in. */
  readonly nodes: string;
  /** CIDR of the pod range, shared with other pools. It holds the whole pool: a pool's range never grows. */
  readonly pods: string;
  /** Auto IPAM: CIDRs that pools take their ranges from too. */
  readonly growth?: readonly string[];
  /** Name of the pod range to write down; absent with Auto IPAM. */
  readonly podRangeName?: string;
  /** The extra subnet; absent on the cluster's own. */
  readonly subnetwork?: string;
}

/** What a node pool takes at most. */
export interface PoolDemand {
  readonly maxNodes: number;
  /** Nodes that an upgrade adds on top. */
  readonly surgeNodes: number;
  readonly maxPodsPerNode: number;
}

/** Which range a node pool asks for, by name. */
export interface PoolWish {
  readonly podRange?: string;
  readonly subnet?: string;
}

/** The addresses of a cluster that its node pools share, and what they have taken of them. */
export class NodeSpace {
  /** Addresses taken, by pod range. */
  private readonly podAddresses = new Map<string, number>();
  /** Nodes taken, by primary range. */
  private readonly nodes = new Map<string, number>();

  constructor(private readonly contract: GkeNetworkContract) {}

  /**
   * Finds a pool's ranges.
   *
   * @throws ValidationError a range or subnet that does not exist, or any with Auto IPAM
   */
  place(where: Construct, wish: PoolWish): PoolPlace {
    const { cluster, ipam } = this.contract;
    if (ipam.mode === "planned") return this.plannedPlace(where, wish);
    const named = wish.podRange ?? wish.subnet;
    if (named !== undefined) {
      throw new ValidationError(
        where,
        `the pool names "${named}" but ipam is "auto", where GKE gives a new pool its range; leave it out or use mode: "planned"`,
      );
    }
    return { nodes: cluster.nodes, pods: cluster.pods, growth: cluster.growth.map(({ cidr }) => cidr) };
  }

  /**
   * Takes a pool's nodes and pods from its ranges.
   *
   * @throws ValidationError with the formula and the fix, where the pool at its largest and in an upgrade does not fit
   */
  take(where: Construct, place: PoolPlace, demand: PoolDemand): void {
    this.takePods(where, place, demand);
    this.takeNodes(where, place, demand);
  }

  private plannedPlace(where: Construct, { podRange, subnet }: PoolWish): PoolPlace {
    const { cluster, podRanges, extraSubnets } = this.contract;
    const extra = extraSubnets.find(({ name }) => name === subnet);
    if (subnet !== undefined && extra === undefined) {
      throw new ValidationError(where, unknownName("subnet", subnet, extraSubnets));
    }
    const ranges = extra === undefined ? podRanges : [extra.pods];
    const range = podRange === undefined ? ranges[0] : ranges.find(({ name }) => name === podRange);
    if (range === undefined)
      throw new ValidationError(where, unknownName("pod range", podRange ?? "pods", ranges));
    return {
      nodes: extra?.nodes ?? cluster.nodes,
      pods: range.cidr,
      podRangeName: range.rangeName,
      ...(extra === undefined ? {} : { subnetwork: extra.subnetwork }),
    };
  }

  private takePods(where: Construct, { pods, growth = [] }: PoolPlace, demand: PoolDemand): void {
    const { maxPodsPerNode } = demand;
    const nodeRange = podRangePerNode(maxPodsPerNode);
    const addressesPerNode = 2 ** (32 - nodeRange);
    const taken = this.podAddresses.get(pods) ?? 0;
    const free = [pods, ...growth].reduce((sum, cidr) => sum + addresses(cidr), 0) - taken;
    const rangeLength = Prefix.parse(pods).length;
    const inRange = nodesPerPodRange(rangeLength, maxPodsPerNode);
    const holds = Math.min(inRange, Math.floor(free / addressesPerNode));
    const needs = demand.maxNodes + demand.surgeNodes;
    if (needs > holds) {
      const others = holds < inRange ? `, of which other pools leave ${holds}` : "";
      throw new ValidationError(
        where,
        `the pool needs ${nodesInWords(demand)}, a /${nodeRange} each for ${maxPodsPerNode} pods, but the pod range ${pods} holds ${inRange} (2^(${nodeRange} − ${rangeLength}))${others}; ${fix(holds, demand)} take fewer pods per node or plan more pods`,
      );
    }
    this.podAddresses.set(pods, taken + needs * addressesPerNode);
  }

  private takeNodes(where: Construct, { nodes }: PoolPlace, demand: PoolDemand): void {
    const { length } = Prefix.parse(nodes);
    // Auto IPAM adds subnets for later pools; each pool still lives in one.
    const taken = this.contract.ipam.mode === "auto" ? 0 : (this.nodes.get(nodes) ?? 0);
    const usable = nodesPerPrimaryRange(length);
    const needs = demand.maxNodes + demand.surgeNodes;
    if (needs > usable - taken) {
      const others = taken > 0 ? `, of which other pools leave ${usable - taken}` : "";
      throw new ValidationError(
        where,
        `the pool needs ${nodesInWords(demand)} but the primary range ${nodes} holds ${usable} (2^(32 − ${length}) − ${PRIMARY_RANGE_RESERVED})${others}; ${fix(usable - taken, demand)} plan more nodes`,
      );
    }
    this.nodes.set(nodes, taken + needs);
  }
}

/**
 * Refuses numbers that capacity cannot be reckoned with at synth.
 *
 * @throws ValidationError a number that is known after apply only
 */
export function checkKnown(where: Construct, what: string, ...numbers: readonly number[]): void {
  if (numbers.some((number) => Token.isUnresolved(number))) {
    throw new ValidationError(
      where,
      `${what} is known after apply only but is checked at synth; write a number`,
    );
  }
}

/**
 * Refuses a number of pods that GKE has no range for.
 *
 * @throws ValidationError not a whole number from 8 to 256
 */
export function checkMaxPods(where: Construct, what: string, maxPods: number): void {
  checkKnown(where, what, maxPods);
  if (!Number.isInteger(maxPods) || maxPods < 8 || maxPods > 256) {
    throw new ValidationError(
      where,
      `${what} is ${maxPods} but GKE takes 8 to 256 pods per node; use a number in between`,
    );
  }
}

function addresses(cidr: string): number {
  return Number(Prefix.parse(cidr).size);
}

function nodesInWords({ maxNodes, surgeNodes }: PoolDemand): string {
  return `${maxNodes + surgeNodes} nodes (${maxNodes} + ${surgeNodes} surge)`;
}

function fix(holds: number, { surgeNodes }: PoolDemand): string {
  const most = holds - surgeNodes;
  return most >= 1 ? `use at most ${most} nodes,` : "";
}

function unknownName(what: string, name: string, known: readonly { readonly name: string }[]): string {
  const names = known.map((one) => `"${one.name}"`).join(", ");
  return `${what} "${name}" is not one of the network's; ${names === "" ? "it has none" : `use ${names}`}`;
}
