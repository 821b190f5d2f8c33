import {
  ContainerNodePool as Binding,
  type ContainerNodePoolConfig as BindingConfig,
  type ContainerNodePoolNetworkConfig as BindingNetworkConfig,
} from "@cdktf/provider-google/lib/container-node-pool";
import { type Construct } from "constructs";
import { BlueprintStack } from "../app/blueprint-stack";
import { extendBlock, extendHclBlock, hclArgument } from "../hcl/binding-extension";

/** Network of a node pool. */
export interface ContainerNodePoolNetworkConfig extends BindingNetworkConfig {
  /**
   * Additional subnet of the cluster for the pool's nodes. Needs google 7.24.0.
   * @default the cluster's subnet, or one that GKE chooses
   */
  readonly subnetwork?: string;
}

/** Arguments of a {@link ContainerNodePool}: those of the binding and the subnetwork. */
export interface ContainerNodePoolConfig extends Omit<BindingConfig, "networkConfig"> {
  /** Pod range and subnet of the pool. @default the cluster's */
  readonly networkConfig?: ContainerNodePoolNetworkConfig;
}

/** `google_container_node_pool` with the `network_config.subnetwork` that the installed binding lacks. */
export class ContainerNodePool extends Binding {
  private readonly subnetwork: string | undefined;

  constructor(scope: Construct, id: string, { networkConfig, ...config }: ContainerNodePoolConfig) {
    const { subnetwork, ...network } = networkConfig ?? {};
    super(scope, id, { ...config, networkConfig: networkConfig && network });
    this.subnetwork = subnetwork;
    if (subnetwork !== undefined) BlueprintStack.of(this).requireProvider("google", "7.24.0");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const attributes = super.synthesizeAttributes() as Record<string, unknown>;
    if (this.subnetwork === undefined) return attributes;
    return extendBlock(attributes, "network_config", { subnetwork: this.subnetwork });
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const attributes = super.synthesizeHclAttributes() as Record<string, unknown>;
    if (this.subnetwork === undefined) return attributes;
    return extendHclBlock(attributes, "network_config", {
      subnetwork: hclArgument(this.subnetwork, "string"),
    });
  }
}
