import {
  ContainerCluster as BoundCluster,
  type ContainerClusterConfig as BoundClusterConfig,
  type ContainerClusterIpAllocationPolicy as BoundPolicy,
} from "@cdktf/provider-google/lib/container-cluster";
import {
  ContainerNodePool as BoundNodePool,
  type ContainerNodePoolConfig as BoundNodePoolConfig,
  type ContainerNodePoolNetworkConfig as BoundNetworkConfig,
} from "@cdktf/provider-google/lib/container-node-pool";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { BlueprintStack } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";

/** Arguments of `google_container_cluster`, with those the bindings lack. */
export type ContainerClusterConfig = Omit<BoundClusterConfig, "ipAllocationPolicy"> & {
  readonly ipAllocationPolicy?: BoundPolicy & {
    /** google 7.4.0. */
    readonly autoIpamConfig?: { readonly enabled: boolean };
  };
};

/** `google_container_cluster` with `ip_allocation_policy.auto_ipam_config`. */
export class ContainerCluster extends BoundCluster {
  private readonly autoIpamConfig?: { readonly enabled: boolean };

  constructor(scope: Construct, id: string, config: ContainerClusterConfig) {
    super(scope, id, config);
    this.autoIpamConfig = config.ipAllocationPolicy?.autoIpamConfig;
    if (this.autoIpamConfig) BlueprintStack.find(this)?.requireProvider("google", "7.4.0");
  }

  protected override synthesizeAttributes(): Attributes {
    const attributes: Attributes = super.synthesizeAttributes();
    if (this.autoIpamConfig === undefined) return attributes;
    return within(attributes, "ip_allocation_policy", "auto_ipam_config", this.autoIpamConfig);
  }
}

/** Arguments of `google_container_node_pool`, with those the bindings lack. */
export type ContainerNodePoolConfig = Omit<BoundNodePoolConfig, "networkConfig"> & {
  readonly networkConfig?: BoundNetworkConfig & {
    /** google 7.24.0; replaces the pool. */
    readonly subnetwork?: string;
  };
};

/** `google_container_node_pool` with `network_config.subnetwork`. */
export class ContainerNodePool extends BoundNodePool {
  private readonly subnetwork?: string;

  constructor(scope: Construct, id: string, config: ContainerNodePoolConfig) {
    super(scope, id, config);
    this.subnetwork = config.networkConfig?.subnetwork;
    if (this.subnetwork) BlueprintStack.find(this)?.requireProvider("google", "7.24.0");
  }

  protected override synthesizeAttributes(): Attributes {
    const attributes: Attributes = super.synthesizeAttributes();
    if (this.subnetwork === undefined) return attributes;
    return within(attributes, "network_config", "subnetwork", this.subnetwork);
  }
}

/** The google provider of a stack. */
export function googleProvider(
  stack: BlueprintStack,
  config: { project: string; region: string },
): GoogleProvider {
  return new GoogleProvider(stack, "google", config);
}

type Attributes = Record<string, unknown>;

function within(attributes: Attributes, block: string, argument: string, value: unknown): Attributes {
  return { ...attributes, [block]: { ...(attributes[block] as Attributes | undefined), [argument]: value } };
}
