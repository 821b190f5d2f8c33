import { type Construct } from "constructs";
import { BlueprintStack, type BlueprintStackProps, ValidationError } from "@cluster-ipam/blueprint-core";
import { googleProvider } from "@cluster-ipam/blueprint-core/google";
import { GkeCluster, type GkeClusterContract, type GkeClusterProps } from "../cluster/gke-cluster";
import { NodePool, type NodePoolSpec } from "../cluster/node-pool";

export interface GkeClusterStackProps extends GkeClusterProps, BlueprintStackProps {
  /** Node pools of a Standard cluster. @default none, which is right for Autopilot alone */
  readonly nodePools?: readonly NodePoolSpec[];
}

/** A cluster with its node pools. It is deployed after its network. */
export class GkeClusterStack extends BlueprintStack {
  readonly cluster: GkeCluster;
  /** What `GkeSystemStack` needs. */
  readonly contract: GkeClusterContract;

  /** @throws ValidationError as `GkeCluster` and `NodePool` do */
  constructor(scope: Construct, id: string, props: GkeClusterStackProps) {
    super(scope, id, props);
    googleProvider(this, { project: props.network.project, region: props.network.cluster.region });
    this.deployAfter(props.network.stack);
    this.cluster = new GkeCluster(this, "cluster", props);
    this.contract = this.cluster.contract;
    const names = new Set<string>();
    for (const pool of props.nodePools ?? []) {
      if (names.has(pool.name)) {
        throw new ValidationError(this, `two node pools are called "${pool.name}"; give each its own name`);
      }
      names.add(pool.name);
      new NodePool(this, `pool-${pool.name}`, { ...pool, cluster: this.cluster });
    }
  }
}
