import {
  ContainerCluster as BoundCluster,
  type ContainerClusterConfig as BoundClusterConfig,
  type ContainerClusterIpAllocationPolicy as BoundPolicy,
} from "@cdktf/provider-google/lib/container-cluster";
import { type Construct } from "constructs";
import { addToBlock, addToHclBlock, type Arguments, hclBlock } from "../binding-extension";
import { BlueprintStack } from "../blueprint-stack";

/** `ip_allocation_policy` of a cluster, with what the bindings lack. */
export interface ContainerClusterIpAllocationPolicy extends BoundPolicy {
  /**
   * GKE Auto IPAM; google 7.4.0. Updates in place; leaving it out keeps what the cluster has, so disabling it needs
   * `enabled: false`.
   * @default what the cluster has
   */
  readonly autoIpamConfig?: { readonly enabled: boolean };
}

/** Arguments of `google_container_cluster`, with those the bindings lack. */
export interface ContainerClusterConfig extends Omit<BoundClusterConfig, "ipAllocationPolicy"> {
  readonly ipAllocationPolicy?: ContainerClusterIpAllocationPolicy;
}

/** `google_container_cluster` with `ip_allocation_policy.auto_ipam_config`. */
export class ContainerCluster extends BoundCluster {
  private readonly autoIpamConfig?: { readonly enabled: boolean };

  constructor(scope: Construct, id: string, config: ContainerClusterConfig) {
    const { autoIpamConfig, ...policy } = config.ipAllocationPolicy ?? {};
    super(scope, id, { ...config, ipAllocationPolicy: config.ipAllocationPolicy && policy });
    this.autoIpamConfig = autoIpamConfig;
    if (autoIpamConfig) BlueprintStack.find(this)?.requireProvider("google", "7.4.0");
  }

  protected override synthesizeAttributes(): Arguments {
    const attributes = super.synthesizeAttributes();
    if (!this.autoIpamConfig) return attributes;
    return addToBlock(attributes, "ip_allocation_policy", "auto_ipam_config", { ...this.autoIpamConfig });
  }

  protected override synthesizeHclAttributes(): Arguments {
    const attributes = super.synthesizeHclAttributes();
    if (!this.autoIpamConfig) return attributes;
    return addToHclBlock(
      attributes,
      "ip_allocation_policy",
      "auto_ipam_config",
      hclBlock({ ...this.autoIpamConfig }),
    );
  }
}
