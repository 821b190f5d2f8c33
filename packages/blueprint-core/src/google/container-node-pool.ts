import {
  ContainerNodePool as BoundNodePool,
  type ContainerNodePoolConfig as BoundNodePoolConfig,
  type ContainerNodePoolNetworkConfig as BoundNetworkConfig,
} from "@cdktf/provider-google/lib/container-node-pool";
import { type Construct } from "constructs";
import { addToBlock, addToHclBlock, type Arguments, hclArgument } from "../binding-extension";
import { BlueprintStack } from "../blueprint-stack";

/** `network_config` of a node pool, with what the bindings lack. */
export interface ContainerNodePoolNetworkConfig extends BoundNetworkConfig {
  /** One of the cluster's subnetworks; google 7.24.0. Replaces the pool. @default the cluster's own */
  readonly subnetwork?: string;
}

/** Arguments of `google_container_node_pool`, with those the bindings lack. */
export interface ContainerNodePoolConfig extends Omit<BoundNodePoolConfig, "networkConfig"> {
  readonly networkConfig?: ContainerNodePoolNetworkConfig;
}

/** `google_container_node_pool` with `network_config.subnetwork`. */
export class ContainerNodePool extends BoundNodePool {
  private readonly subnetwork?: string;

  constructor(scope: Construct, id: string, config: ContainerNodePoolConfig) {
    const { subnetwork, ...network } = config.networkConfig ?? {};
    super(scope, id, { ...config, networkConfig: config.networkConfig && network });
    this.subnetwork = subnetwork;
    if (subnetwork !== undefined) BlueprintStack.find(this)?.requireProvider("google", "7.24.0");
  }

  protected override synthesizeAttributes(): Arguments {
    const attributes = super.synthesizeAttributes();
    if (this.subnetwork === undefined) return attributes;
    return addToBlock(attributes, "network_config", "subnetwork", this.subnetwork);
  }

  protected override synthesizeHclAttributes(): Arguments {
    const attributes = super.synthesizeHclAttributes();
    if (this.subnetwork === undefined) return attributes;
    return addToHclBlock(attributes, "network_config", "subnetwork", hclArgument(this.subnetwork));
  }
}
