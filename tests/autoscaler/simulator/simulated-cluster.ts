import { INSTANCE_TYPES, type InstanceShape } from "@cluster-ipam/address-plan";
import { type Send, type SimulatedVpc, ZONES } from "./simulated-vpc";
import { type CniSettings, VpcCni } from "./vpc-cni";
import { WaitingPods } from "./waiting-pods";

export interface SimulatedClusterProps {
  readonly send: Send;
  readonly vpc: SimulatedVpc;
  readonly cni: CniSettings;
  /** EC2 instance type of all nodes. */
  readonly instanceType: string;
  /** Pods that the node autoscaler packs on a node. */
  readonly podsPerNode: number;
}

interface Node {
  readonly cni: VpcCni;
  readonly waiting: WaitingPods;
}

/** The nodes and pods of an EKS cluster. Time passes in minutes. */
export class SimulatedCluster {
  private readonly nodes: Node[] = [];
  private joined = 0;
  /** Pods for which no node could come. */
  private unplaced = 0;
  /** The longest that a pod has waited for an address, in minutes. */
  longestWait = 0;

  constructor(private readonly props: SimulatedClusterProps) {}

  get size(): number {
    return this.nodes.length;
  }

  /** Pods that have an address. */
  get running(): number {
    return this.nodes.reduce((sum, { cni }) => sum + cni.pods, 0);
  }

  /** Pods without an address: of their node, or because no node could come. */
  get pending(): number {
    return this.nodes.reduce((sum, { waiting }) => sum + waiting.count, this.unplaced);
  }

  /** Pods that wait in a zone; those for which no node could come wait in every zone. */
  pendingIn(zone: string): number {
    return this.nodes.reduce(
      (sum, { waiting }, index) => sum + (zoneOf(index) === zone ? waiting.count : 0),
      this.unplaced,
    );
  }

  /** A minute passes in which so many pods are asked for. */
  async pass(minute: number, pods: number): Promise<void> {
    const size = Math.max(ZONES.length, Math.ceil(pods / this.props.podsPerNode));
    while (this.nodes.length < size && (await this.join()));
    while (this.nodes.length > size) await this.leave();
    const placed = Math.min(pods, this.nodes.length * this.props.podsPerNode);
    this.unplaced = pods - placed;
    this.spread(minute, placed);
    for (const node of this.nodes) {
      await node.cni.reconcile(minute);
      this.serve(node, minute);
      // What has just been taken leaves the warm target short: ipamd looks every few seconds.
      await node.cni.reconcile(minute);
      this.serve(node, minute);
    }
  }

  /** @returns false when the zone whose turn it is has no address for a node */
  private async join(): Promise<boolean> {
    const { send, cni, vpc, instanceType } = this.props;
    const zone = zoneOf(this.nodes.length);
    const node = new VpcCni(send, cni, {
      instanceId: `i-${(++this.joined).toString(16).padStart(17, "0")}`,
      zone,
      vpcId: vpc.vpcId,
      nodeSubnets: vpc.nodeSubnetsOf(zone),
      shape: shapeOf(instanceType),
    });
    if (!(await node.start())) return false;
    this.nodes.push({ cni: node, waiting: new WaitingPods() });
    return true;
  }

  /** The youngest node is drained; its pods are asked for anew elsewhere. */
  private async leave(): Promise<void> {
    await this.nodes.pop()!.cni.stop();
  }

  /** The scheduler spreads pods evenly and knows nothing of addresses. */
  private spread(minute: number, pods: number): void {
    for (const [index, { cni, waiting }] of this.nodes.entries()) {
      const wanted = Math.floor((pods + index) / this.nodes.length);
      const more = wanted - cni.pods - waiting.count;
      if (more > 0) waiting.add(more, minute);
      for (let gone = 0; gone < -more; gone++) if (!waiting.remove()) cni.removePod();
    }
  }

  private serve({ cni, waiting }: Node, minute: number): void {
    while (waiting.count > 0 && cni.addPod()) waiting.remove();
    this.longestWait = Math.max(this.longestWait, waiting.longest(minute));
  }
}

const zoneOf = (index: number): string => ZONES[index % ZONES.length]!;

function shapeOf(instanceType: string): InstanceShape {
  return INSTANCE_TYPES.get(instanceType)!;
}
