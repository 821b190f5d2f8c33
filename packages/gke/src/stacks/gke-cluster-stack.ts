import { type Construct } from "constructs";
import { BlueprintStack, type BlueprintStackProps, ValidationError } from "@cluster-ipam/blueprint-core";
import { googleProvider } from "@cluster-ipam/blueprint-core/google";
import { GkeCluster, type GkeClusterProps } from "../cluster/gke-cluster";
import { type GkeClusterContract } from "../cluster/gke-cluster-contract";
import { NodePool, type NodePoolOptions } from "../cluster/node-pool";

/** Props of a {@link GkeClusterStack}. */
export interface GkeClusterStackProps extends GkeClusterProps, BlueprintStackProps {
  /** Node pools of a Standard cluster. @default none, for Autopilot */
  readonly nodePools?: readonly NodePoolOptions[];
}

/** A cluster with its node pools, deployed after its network. */
export class GkeClusterStack extends BlueprintStack {
  readonly cluster: GkeCluster;
  /** The cluster, for `GkeSystemStack`. */
  readonly contract: GkeClusterContract;

  /** @throws ValidationError like `GkeCluster` and `NodePool` */
  constructor(scope: Construct, id: string, props: GkeClusterStackProps) {
    super(scope, id, props);
    googleProvider(this, { project: props.network.project, region: props.network.addresses.region });
    this.serve(props.network.addresses.name, "cluster");
    this.deployAfter(props.network.stack);
    this.cluster = new GkeCluster(this, "cluster", props);
    this.contract = this.cluster.contract;
    const names = new Set<string>();
    for (const pool of props.nodePools ?? []) {
      if (names.has(pool.name)) {
        throw new ValidationError(this, `two node pools are named "${pool.name}"; use unique names`);
      }
      names.add(pool.name);
      new NodePool(this, `pool-${pool.name}`, { ...pool, cluster: this.cluster });
    }
  }
}
