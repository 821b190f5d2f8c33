import { type Construct } from "constructs";
import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { googleProvider } from "@cluster-ipam/blueprint-core/google";
import { GkeNetwork, type GkeNetworkProps } from "../network/gke-network";
import { type GkeNetworkContract } from "../network/gke-network-contract";

export interface GkeNetworkStackProps extends GkeNetworkProps, BlueprintStackProps {}

/** The network of one cluster. It outlives the cluster. */
export class GkeNetworkStack extends BlueprintStack {
  /** What `GkeClusterStack` needs. */
  readonly contract: GkeNetworkContract;

  /** @throws ValidationError as `GkeNetwork` does */
  constructor(scope: Construct, id: string, props: GkeNetworkStackProps) {
    super(scope, id, props);
    googleProvider(this, { project: props.project, region: props.cluster.region });
    this.contract = new GkeNetwork(this, "network", props).contract;
  }
}
