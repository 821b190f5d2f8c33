import { nodesPerPodRange, Prefix } from "@cluster-ipam/address-plan";
import { Store } from "@cluster-ipam/cloud-model";
import {
  addPodRange,
  gkeAddresses,
  growNodePool,
  seedGkeCluster,
  provisionNodePool,
  removeProvisionedPool,
} from "@cluster-ipam/cloud-model/google";
import { FORECAST_NODES, Operator, PODS_PER_NODE, type Setup, type ClusterModel } from "./setup";

const CLUSTER = { project: "acme", location: "europe-west4", cluster: "prod-search" };
/** The cluster's default maximum: the smallest step that fits the pods of a node. */
export const MAX_PODS_PER_NODE = 32;
/** Maximum size of a node pool in node auto-provisioning, and so the size of Auto IPAM's pod ranges. */
export const NODES_PER_POOL = 16;
const NODE_RANGE = "10.0.0.0/24";
const POD_SPACE = "10.64.0.0/12";

interface GkeSetupProps {
  readonly autoIpam: boolean;
  /** Netmask length of the first pod range, and of ranges that an operator adds. */
  readonly podLength: number;
  /** Maximum size of a node pool. */
  readonly nodesPerPool: number;
}

/** A GKE cluster. Node auto-provisioning creates a node pool when the last is full, and removes it when empty. */
class GkeModel implements ClusterModel {
  private readonly store = new Store();
  private readonly pools: number[] = [];
  private readonly operator: Operator;
  private podRanges = 1;
  running = 0;
  pending = 0;

  constructor(private readonly props: GkeSetupProps) {
    seedGkeCluster(this.store, {
      ...CLUSTER,
      nodeRange: NODE_RANGE,
      podRange: this.podRange(0),
      autoIpam: props.autoIpam,
      maxPodsPerNode: MAX_PODS_PER_NODE,
    });
    this.operator = new Operator(() => addPodRange(this.store, CLUSTER, this.podRange(this.podRanges++)));
  }

  async pass(minute: number, pods: number): Promise<void> {
    const size = Math.ceil(pods / PODS_PER_NODE);
    while (this.nodes > size) this.leave();
    while (this.nodes < size && this.join());
    this.running = Math.min(pods, this.nodes * PODS_PER_NODE);
    this.pending = pods - this.running;
    await this.operator.observe(minute, this.pending);
  }

  get operations(): number {
    return this.operator.operations;
  }

  reserved(): Promise<number> {
    return Promise.resolve(gkeAddresses(this.store, CLUSTER));
  }

  private get nodes(): number {
    return this.pools.reduce((sum, nodes) => sum + nodes, 0);
  }

  private podRange(index: number): string {
    const { podLength } = this.props;
    const first = Number(Prefix.parse(POD_SPACE).first);
    return String(Prefix.ipv4At(first + index * 2 ** (32 - podLength), podLength));
  }

  /** @returns false when there are no addresses for another node */
  private join(): boolean {
    const { nodesPerPool } = this.props;
    const last = this.pools.length - 1;
    const nodes = this.pools[last];
    if (nodes !== undefined && nodes < nodesPerPool && this.fits(() => this.resize(last, nodes + 1)))
      return true;
    const made = this.fits(() =>
      provisionNodePool(this.store, {
        ...CLUSTER,
        nodePool: `pool-${last + 1}`,
        nodes: 1,
        most: nodesPerPool,
      }),
    );
    if (made) this.pools.push(1);
    return made;
  }

  private leave(): void {
    const last = this.pools.length - 1;
    const nodes = this.pools[last]! - 1;
    this.resize(last, nodes);
    if (nodes > 0) return;
    removeProvisionedPool(this.store, { ...CLUSTER, nodePool: `pool-${last}` });
    this.pools.pop();
  }

  private resize(pool: number, nodes: number): void {
    growNodePool(this.store, { ...CLUSTER, nodePool: `pool-${pool}`, nodes });
    this.pools[pool] = nodes;
  }

  private fits(change: () => unknown): boolean {
    try {
      change();
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === "IP_SPACE_EXHAUSTED") return false;
      throw error;
    }
  }
}

/** Netmask length of the smallest pod range for a number of nodes. */
export function podRangeLength(nodes: number): number {
  let length = 28;
  while (nodesPerPodRange(length, MAX_PODS_PER_NODE) < nodes) length--;
  return length;
}

/** The setups on GKE. */
export const GKE_SETUPS: readonly Setup[] = [
  {
    name: "GKE, planned ranges",
    build: async () =>
      new GkeModel({
        autoIpam: false,
        podLength: podRangeLength(FORECAST_NODES),
        nodesPerPool: NODES_PER_POOL,
      }),
  },
  {
    name: "GKE, Auto IPAM",
    build: async () =>
      new GkeModel({
        autoIpam: true,
        podLength: podRangeLength(NODES_PER_POOL),
        nodesPerPool: NODES_PER_POOL,
      }),
  },
];
