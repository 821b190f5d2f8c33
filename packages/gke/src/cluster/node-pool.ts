import { Construct } from "constructs";
import { resourceName, ValidationError } from "@cluster-ipam/blueprint-core";
import { ContainerNodePool } from "@cluster-ipam/blueprint-core/google";
import { type GkeCluster } from "./gke-cluster";
import { checkKnown, checkMaxPods, type PoolRanges } from "./node-address-budget";

/** Number of nodes in a pool, across all zones. */
export interface NodePoolSizeOptions {
  /** At least 0. */
  readonly min: number;
  /** At least 1 and at least `min`. */
  readonly max: number;
}

/** Options of a node pool. */
export interface NodePoolOptions {
  /** Unique in the cluster, at most 40 characters. Changing it replaces the pool. */
  readonly name: string;
  /** Compute Engine machine type, for example `n2-standard-8`. */
  readonly machineType: string;
  readonly size: NodePoolSizeOptions;
  /** Nodes that an upgrade adds before it removes others, at least 1. They need addresses too. @default 1 */
  readonly surgeNodes?: number;
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
  /** Spot VMs, which Google may stop with 30 seconds' notice. Changing it replaces the pool. @default false */
  readonly spot?: boolean;
}

/** Props of a {@link NodePool}. */
export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: GkeCluster;
}

/** A pool of identical nodes in a Standard cluster, autoscaled within the cluster's addresses. */
export class NodePool extends Construct {
  readonly resource: ContainerNodePool;

  /**
   * @throws ValidationError for an Autopilot cluster, an invalid size, and a range that does not exist or is too small
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
    const surgeNodes = props.surgeNodes ?? 1;
    const maxPodsPerNode = props.maxPodsPerNode ?? cluster.maxPodsPerNode;
    checkSize(this, props.size, surgeNodes);
    checkMaxPods(this, "maxPodsPerNode", maxPodsPerNode);
    const ranges = cluster.addressBudget.rangesFor(this, props);
    cluster.addressBudget.allocate(this, ranges, { maxNodes: props.size.max, surgeNodes, maxPodsPerNode });
    this.resource = this.addPool(props, ranges, surgeNodes, maxPodsPerNode);
  }

  private addPool(props: NodePoolProps, ranges: PoolRanges, surgeNodes: number, maxPodsPerNode: number) {
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

function checkSize(where: Construct, { min, max }: NodePoolSizeOptions, surgeNodes: number): void {
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
      `surgeNodes is ${surgeNodes}, but a node is removed only after its replacement is ready; use 1 or more`,
    );
  }
}
