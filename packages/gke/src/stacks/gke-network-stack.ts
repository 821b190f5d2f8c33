import { type Construct } from "constructs";
import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { googleProvider } from "@cluster-ipam/blueprint-core/google";
import { GkeNetwork, type GkeNetworkProps } from "../network/gke-network";
import { type GkeNetworkContract } from "../network/gke-network-contract";

/** Props of a {@link GkeNetworkStack}. */
export interface GkeNetworkStackProps extends GkeNetworkProps, BlueprintStackProps {}

/** The network of one cluster. It outlives the cluster. */
export class GkeNetworkStack extends BlueprintStack {
  /** The network, for `GkeClusterStack`. */
  readonly contract: GkeNetworkContract;

  /** @throws ValidationError like `GkeNetwork` */
  constructor(scope: Construct, id: string, props: GkeNetworkStackProps) {
    super(scope, id, props);
    this.serve(props.addresses.name, "network");
    googleProvider(this, { project: props.project, region: props.addresses.region });
    this.contract = new GkeNetwork(this, "network", props).contract;
  }
}
