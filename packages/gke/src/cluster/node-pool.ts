import { type ContainerNodePoolUpgradeSettings } from "@cdktf/provider-google/lib/container-node-pool";
import { Construct } from "constructs";
import { resourceName, ValidationError } from "@cluster-ipam/blueprint-core";
import { ContainerNodePool } from "@cluster-ipam/blueprint-core/google";
import { type GkeCluster } from "./gke-cluster";
import { checkKnown } from "./known-number";
import { checkMaxPods, type PoolRanges } from "./node-address-budget";
import { poolNodes, type PoolNodeOptions } from "./pool-nodes";
import { type UpgradeOptions, upgradeSettings } from "./pool-upgrade";

/** Number of nodes in a pool, across all zones. */
export interface NodePoolSizeOptions {
  /** At least 0. */
  readonly min: number;
  /** At least 1 and at least `min`. */
  readonly max: number;
}

/** Options of a node pool. */
export interface NodePoolOptions extends PoolNodeOptions {
  /** Unique in the cluster, at most 40 characters. Changing it replaces the pool. */
  readonly name: string;
  readonly size: NodePoolSizeOptions;
  /** How an upgrade replaces the nodes. @default one node more at a time, and none fewer */
  readonly upgrade?: UpgradeOptions;
  /**
   * Maximum pods per node, 8 to 256. Changing it replaces the pool: if the plan's podsPerNode changes, add a pool with
   * the new value, and remove this one once the new one is ready.
   * @default the cluster's, which never changes
   */
  readonly maxPodsPerNode?: number;
  /**
   * Planned mode: name of the pod range: `pods`, `pods-2`, `growth` or one of the network's `podRanges`. Changing it
   * replaces the pool.
   * @default the range of `subnet`, else the cluster's default range
   */
  readonly podRange?: string;
  /**
   * Planned mode: name of a further subnet: `nodes-2` or one of the network's `extraSubnets`. Changing it replaces the
   * pool.
   * @default the cluster's subnet
   */
  readonly subnet?: string;
}

/** Props of a {@link NodePool}. */
export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: GkeCluster;
}

/** A pool of identical nodes in a Standard cluster, autoscaled within the cluster's addresses. */
export class NodePool extends Construct {
  readonly resource: ContainerNodePool;

  /**
   * @throws ValidationError for an Autopilot cluster, an invalid size, node or upgrade setting, and a range that does not
   * exist or is too small
   */
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { cluster } = props;
    resourceName(this, props.name, "gke-node-pool");
    if (cluster.contract.autopilot) {
      throw new ValidationError(
        this,
        `node pool "${props.name}" needs a Standard cluster, but ${cluster.contract.name} is Autopilot; remove nodePools`,
      );
    }
    const upgrade = props.upgrade ?? {};
    const settings = upgradeSettings(this, upgrade);
    const maxPodsPerNode = props.maxPodsPerNode ?? cluster.maxPodsPerNode;
    checkSize(this, props.size);
    checkMaxPods(this, "maxPodsPerNode", maxPodsPerNode);
    const ranges = cluster.addressBudget.rangesFor(this, props);
    cluster.addressBudget.allocate(this, ranges, { maxNodes: props.size.max, upgrade, maxPodsPerNode });
    this.resource = this.addPool(props, ranges, settings, maxPodsPerNode);
  }

  private addPool(
    props: NodePoolProps,
    ranges: PoolRanges,
    upgrade: ContainerNodePoolUpgradeSettings,
    maxPodsPerNode: number,
  ) {
    const { cluster, size } = props;
    return new ContainerNodePool(this, "pool", {
      name: props.name,
      cluster: cluster.resource.name,
      project: cluster.contract.project,
      location: cluster.contract.region,
      initialNodeCount: initialNodesPerZone(size, cluster.network.addresses.zones.length),
      autoscaling: { totalMinNodeCount: size.min, totalMaxNodeCount: size.max, locationPolicy: "BALANCED" },
      maxPodsPerNode,
      networkConfig: {
        enablePrivateNodes: true,
        ...(ranges.podRangeName === undefined ? {} : { podRange: ranges.podRangeName }),
        ...(ranges.subnetwork === undefined ? {} : { subnetwork: ranges.subnetwork }),
      },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: upgrade,
      nodeConfig: poolNodes(this, props, cluster.serviceAccount.email),
      ...(cluster.attachment === undefined ? {} : { dependsOn: [cluster.attachment] }),
      // Applies only at creation: a change would replace the pool, and `size.min` changes it.
      lifecycle: { ignoreChanges: ["initial_node_count"] },
    });
  }
}

/** Initial nodes per zone: enough for the minimum, but not above the maximum. */
function initialNodesPerZone(size: NodePoolSizeOptions, zones: number): number {
  return Math.min(Math.ceil(size.min / zones), Math.floor(size.max / zones));
}

function checkSize(where: Construct, { min, max }: NodePoolSizeOptions): void {
  checkKnown(where, "size", min, max);
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max < 1 || min > max) {
    throw new ValidationError(
      where,
      `size is ${min} to ${max} nodes; use whole numbers with 0 ≤ min ≤ max and max ≥ 1`,
    );
  }
}
