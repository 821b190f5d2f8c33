import { type AutoscalerConfig } from "../config/config";
import { type SubnetUsage } from "./subnet-usage";

/** A node of a zone, over all its interfaces in pod subnets. */
interface ZoneNode {
  readonly id: string;
  readonly enis: number;
  readonly slots: number;
  readonly prefixes: number;
  /** Whether a subnet of its interfaces has a free prefix. */
  readonly hasRoom: boolean;
}

/** The nodes of a zone: what they have, and whether a subnet helps them. */
export class ZoneNodes {
  private readonly nodes: readonly ZoneNode[];
  /** Whether a pod subnet of the zone has a free prefix. */
  private readonly hasRoom: boolean;

  /**
   * @param pods usage of the zone's pod subnets
   * @param nodeSubnets usage of the zone's node subnets, where every node has its first interface
   * @param shape interfaces and addresses per interface, if all nodes have the same
   */
  constructor(
    pods: readonly SubnetUsage[],
    nodeSubnets: readonly SubnetUsage[],
    private readonly shape: AutoscalerConfig["nodeShape"],
  ) {
    const ids = new Set([...pods, ...nodeSubnets].flatMap((subnet) => [...subnet.nodes.keys()]));
    this.nodes = [...ids].sort().map((id) => zoneNode(id, pods));
    this.hasRoom = pods.some(({ free }) => free.free > 0);
  }

  /** Nodes with an interface in a pod subnet. */
  get count(): number {
    return this.nodes.filter(({ enis }) => enis > 0).length;
  }

  /** Prefixes of each node that has some. */
  get held(): readonly number[] {
    return this.nodes.map(({ prefixes }) => prefixes).filter((prefixes) => prefixes > 0);
  }

  /** Nodes whose interfaces and slots are all in use. */
  get full(): number {
    return this.nodes.filter((node) => this.hasAllInterfaces(node) && !this.hasSlots(node)).length;
  }

  /** IDs of the nodes with all their interfaces and slots left, but no free prefix in the subnets of these interfaces. */
  get stranded(): readonly string[] {
    return this.nodes.filter((node) => this.isStranded(node)).map(({ id }) => id);
  }

  /** Prefixes that nodes lack. @param typical prefixes of a typical node of the cluster */
  lacking(typical: number): number {
    return this.nodes
      .filter(({ prefixes }) => prefixes === 0 || !this.hasRoom)
      .filter((node) => !this.hasAllInterfaces(node))
      .reduce((sum, { prefixes }) => sum + Math.max(0, Math.ceil(typical - prefixes)), 0);
  }

  private isStranded(node: ZoneNode): boolean {
    return this.hasAllInterfaces(node) && this.hasSlots(node) && !node.hasRoom;
  }

  /** A node's first interface is in the node subnet, so one interface fewer can hold pod prefixes. */
  private hasAllInterfaces({ enis }: ZoneNode): boolean {
    return this.shape !== undefined && enis >= this.shape.enis - 1;
  }

  private hasSlots({ enis, slots }: ZoneNode): boolean {
    return this.shape !== undefined && slots < enis * (this.shape.addressesPerEni - 1);
  }
}

function zoneNode(id: string, pods: readonly SubnetUsage[]): ZoneNode {
  const subnets = pods.filter(({ nodes }) => nodes.has(id));
  const sum = (pick: "enis" | "slots" | "prefixes"): number =>
    subnets.reduce((total, { nodes }) => total + nodes.get(id)![pick], 0);
  return {
    id,
    enis: sum("enis"),
    slots: sum("slots"),
    prefixes: sum("prefixes"),
    hasRoom: subnets.some(({ free }) => free.free > 0),
  };
}

/** What a typical node has: the upper median; 1 while no node has any. */
export function typicalPrefixes(held: readonly number[]): number {
  return [...held].sort((a, b) => a - b)[Math.floor(held.length / 2)] ?? 1;
}
