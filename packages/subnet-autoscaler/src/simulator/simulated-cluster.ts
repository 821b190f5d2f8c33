import { INSTANCE_TYPES, type InstanceShape } from "@cluster-ipam/address-plan";
import { type Send, type SimulatedNetwork } from "./simulated-network";
import { type CniSettings, VpcCni } from "./vpc-cni";
import { WaitingPods } from "./waiting-pods";

/** Input of {@link SimulatedCluster}. */
export interface SimulatedClusterProps {
  readonly send: Send;
  readonly vpc: SimulatedNetwork;
  /** Zones of the nodes, which take turns. */
  readonly zones: readonly string[];
  readonly cni: CniSettings;
  /** EC2 instance type of all nodes. */
  readonly instanceType: string;
  /** Pods that the node autoscaler schedules per node. */
  readonly podsPerNode: number;
  /** How often ipamd of a node compares its addresses with its targets in a minute. @default 2 */
  readonly looksPerMinute?: number;
}

interface Node {
  readonly cni: VpcCni;
  readonly waiting: WaitingPods;
}

/** The nodes and pods of an EKS cluster, simulated in steps of a minute. */
export class SimulatedCluster {
  private readonly nodes: Node[] = [];
  private joined = 0;
  /** Pods without a node, because no node subnet had an address for another one. */
  unplaced = 0;
  /** Longest time a pod has waited for an address, in minutes. */
  longestWait = 0;

  constructor(private readonly props: SimulatedClusterProps) {}

  get size(): number {
    return this.nodes.length;
  }

  /** Pods that have an address. */
  get running(): number {
    return this.nodes.reduce((sum, { cni }) => sum + cni.pods, 0);
  }

  /** Pods without an address or without a node. */
  get pending(): number {
    return this.nodes.reduce((sum, { waiting }) => sum + waiting.count, this.unplaced);
  }

  /** Pods waiting in a zone; pods without a node count in every zone. */
  pendingIn(zone: string): number {
    return this.nodes.reduce(
      (sum, { waiting }, index) => sum + (this.zoneOf(index) === zone ? waiting.count : 0),
      this.unplaced,
    );
  }

  /** Simulates a minute. @param pods number of pods requested */
  async pass(minute: number, pods: number): Promise<void> {
    const size = Math.max(this.props.zones.length, Math.ceil(pods / this.props.podsPerNode));
    while (this.nodes.length < size && (await this.join()));
    while (this.nodes.length > size) await this.leave();
    const placed = Math.min(pods, this.nodes.length * this.props.podsPerNode);
    this.unplaced = pods - placed;
    this.spread(minute, placed);
    const { looksPerMinute = 2 } = this.props;
    for (const node of this.nodes)
      for (let look = 0; look < looksPerMinute; look++) {
        // The addresses used since the last look have reduced the warm pool.
        await node.cni.reconcile(minute);
        this.serve(node, minute);
      }
  }

  /** @returns false when the next zone has no address for a node */
  private async join(): Promise<boolean> {
    const { send, cni, vpc, instanceType } = this.props;
    const zone = this.zoneOf(this.nodes.length);
    const node = new VpcCni(send, cni, {
      instanceId: instanceId(zone, ++this.joined),
      zone,
      vpcId: vpc.vpcId,
      nodeSubnets: vpc.nodeSubnetsOf(zone),
      shape: shapeOf(instanceType),
    });
    if (!(await node.start())) return false;
    this.nodes.push({ cni: node, waiting: new WaitingPods() });
    return true;
  }

  /** Drains the youngest node; its pods are requested again elsewhere. */
  private async leave(): Promise<void> {
    await this.nodes.pop()!.cni.stop();
  }

  /** Spreads pods evenly, like the scheduler, which does not know about addresses. */
  private spread(minute: number, pods: number): void {
    for (const [index, { cni, waiting }] of this.nodes.entries()) {
      const wanted = Math.floor((pods + index) / this.nodes.length);
      const more = wanted - cni.pods - waiting.count;
      if (more > 0) waiting.add(more, minute);
      for (let gone = 0; gone < -more; gone++) if (!waiting.remove()) cni.removePod();
    }
  }

  private zoneOf(index: number): string {
    const { zones } = this.props;
    return zones[index % zones.length]!;
  }

  private serve({ cni, waiting }: Node, minute: number): void {
    while (waiting.count > 0 && cni.addPod()) waiting.remove();
    this.longestWait = Math.max(this.longestWait, waiting.longest(minute));
  }
}

function shapeOf(instanceType: string): InstanceShape {
  return INSTANCE_TYPES.get(instanceType)!;
}

/** Clusters of different zones may share a VPC. */
function instanceId(zone: string, number: number): string {
  const letter = zone.charCodeAt(zone.length - 1).toString(16);
  return `i-${letter}${number.toString(16).padStart(15, "0")}`;
}
