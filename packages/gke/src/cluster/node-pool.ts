import { Construct } from "constructs";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { ContainerNodePool } from "@cluster-ipam/blueprint-core/google";
import { type GkeCluster } from "./gke-cluster";
import { checkGkeName } from "../network/google-name";
import { checkKnown, checkMaxPods, type PoolPlace } from "./node-address-budget";

/** How many nodes a pool has, over all zones together. */
export interface NodePoolSize {
  /** At least 0. */
  readonly min: number;
  /** At least 1 and at least `min`. */
  readonly max: number;
}

/** What a composition says of a node pool. */
export interface NodePoolSpec {
  /** Unique in the cluster, at most 40 characters. Replaces the pool. */
  readonly name: string;
  /** Compute Engine machine type, for example `n2-standard-8`. */
  readonly machineType: string;
  readonly size: NodePoolSize;
  /** Nodes that an upgrade adds before it removes others; they need addresses too. At least 1. @default 1 */
  readonly surgeNodes?: number;
  /** The most pods on one node, 8 to 256. Replaces the pool. @default the cluster's */
  readonly maxPodsPerNode?: number;
  /**
   * Planned mode: name of the pod range, `pods`, `growth` or one of the network's `podRanges`. Replaces the pool.
   * @default the range of `subnet`, else the cluster's default range
   */
  readonly podRange?: string;
  /** Planned mode: name of one of the network's `extraSubnets`. Replaces the pool. @default the cluster's own subnet */
  readonly subnet?: string;
  /** Spot instances: cheap, and gone with 30 seconds' notice. Replaces the pool. @default false */
  readonly spot?: boolean;
}

export interface NodePoolProps extends NodePoolSpec {
  readonly cluster: GkeCluster;
}

/** Nodes of one kind in a Standard cluster, scaled between two bounds that its addresses can carry. */
export class NodePool extends Construct {
  readonly resource: ContainerNodePool;

  /** @throws ValidationError an Autopilot cluster, a size out of bounds, a range that does not exist or is too small */
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { cluster } = props;
    checkGkeName(this, "node pool", props.name);
    if (cluster.contract.autopilot) {
      throw new ValidationError(
        this,
        `node pool "${props.name}" is for a Standard cluster but ${cluster.contract.name} is Autopilot; leave nodePools out`,
      );
    }
    const surgeNodes = props.surgeNodes ?? 1;
    const maxPodsPerNode = props.maxPodsPerNode ?? cluster.maxPodsPerNode;
    checkSize(this, props.size, surgeNodes);
    checkMaxPods(this, "maxPodsPerNode", maxPodsPerNode);
    const place = cluster.space.place(this, props);
    cluster.space.take(this, place, { maxNodes: props.size.max, surgeNodes, maxPodsPerNode });
    this.resource = this.addPool(props, place, surgeNodes, maxPodsPerNode);
  }

  private addPool(props: NodePoolProps, place: PoolPlace, surgeNodes: number, maxPodsPerNode: number) {
    const { cluster, size } = props;
    return new ContainerNodePool(this, "pool", {
      name: props.name,
      cluster: cluster.resource.name,
      project: cluster.contract.project,
      location: cluster.contract.region,
      initialNodeCount: initialNodesPerZone(size, cluster.network.cluster.zones.length),
      autoscaling: { totalMinNodeCount: size.min, totalMaxNodeCount: size.max, locationPolicy: "BALANCED" },
      maxPodsPerNode,
      networkConfig: {
        enablePrivateNodes: true,
        ...(place.podRangeName === undefined ? {} : { podRange: place.podRangeName }),
        ...(place.subnetwork === undefined ? {} : { subnetwork: place.subnetwork }),
      },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: surgeNodes, maxUnavailable: 0 },
      nodeConfig: {
        machineType: props.machineType,
        imageType: "COS_CONTAINERD",
        spot: props.spot ?? false,
        serviceAccount: cluster.serviceAccount.email,
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        workloadMetadataConfig: { mode: "GKE_METADATA" },
      },
      // Only how the pool begins: a change of it would replace the pool, and `size.min` changes it.
      lifecycle: { ignoreChanges: ["initial_node_count"] },
    });
  }
}

/** Per zone, as GKE wants it: enough for the minimum, never past the maximum. */
function initialNodesPerZone(size: NodePoolSize, zones: number): number {
  return Math.min(Math.ceil(size.min / zones), Math.floor(size.max / zones));
}

function checkSize(where: Construct, { min, max }: NodePoolSize, surgeNodes: number): void {
  checkKnown(where, "size", min, max);
  checkKnown(where, "surgeNodes", surgeNodes);
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max < 1 || min > max) {
    throw new ValidationError(
      where,
      `size is ${min} to ${max} nodes; use whole numbers with 0 ≤ min ≤ max and max ≥ 1`,
    );
  }
  if (!Number.isInteger(surgeNodes) || surgeNodes < 1) {
    throw new ValidationError(
      where,
      `surgeNodes is ${surgeNodes} but no node is ever taken away before its successor is there; use 1 or more`,
    );
  }
}
