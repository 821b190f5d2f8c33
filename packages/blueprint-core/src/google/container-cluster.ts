import {
  ContainerCluster as Binding,
  type ContainerClusterConfig as BindingConfig,
  type ContainerClusterIpAllocationPolicy as BindingIpAllocationPolicy,
} from "@cdktf/provider-google/lib/container-cluster";
import { type Construct } from "constructs";
import { BlueprintStack } from "../app/blueprint-stack";
import { extendBlock, extendHclBlock, hclArgument, hclBlock } from "../hcl/binding-extension";

/** Where the addresses of nodes, pods and Services come from. */
export interface ContainerClusterIpAllocationPolicy extends BindingIpAllocationPolicy {
  /**
   * Lets GKE add ranges to the cluster (Auto IPAM). Needs google 7.4.0.
   * @default none; GKE's default applies
   */
  readonly autoIpamConfig?: { readonly enabled: boolean };
}

/** Arguments of a {@link ContainerCluster}: those of the binding and Auto IPAM. */
export interface ContainerClusterConfig extends Omit<BindingConfig, "ipAllocationPolicy"> {
  /** Where the addresses of nodes, pods and Services come from. @default GKE chooses */
  readonly ipAllocationPolicy?: ContainerClusterIpAllocationPolicy;
}

/** `google_container_cluster` with the `auto_ipam_config` that the installed binding lacks. */
export class ContainerCluster extends Binding {
  private readonly autoIpam: { readonly enabled: boolean } | undefined;

  constructor(scope: Construct, id: string, { ipAllocationPolicy, ...config }: ContainerClusterConfig) {
    const { autoIpamConfig, ...policy } = ipAllocationPolicy ?? {};
    super(scope, id, { ...config, ipAllocationPolicy: ipAllocationPolicy && policy });
    this.autoIpam = autoIpamConfig;
    if (autoIpamConfig) BlueprintStack.of(this).requireProvider("google", "7.4.0");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const attributes = super.synthesizeAttributes() as Record<string, unknown>;
    if (!this.autoIpam) return attributes;
    const { enabled } = this.autoIpam;
    return extendBlock(attributes, "ip_allocation_policy", { auto_ipam_config: { enabled } });
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const attributes = super.synthesizeHclAttributes() as Record<string, unknown>;
    if (!this.autoIpam) return attributes;
    const config = { enabled: hclArgument(this.autoIpam.enabled, "boolean") };
    return extendHclBlock(attributes, "ip_allocation_policy", {
      auto_ipam_config: hclBlock(config, "ContainerClusterIpAllocationPolicyAutoIpamConfigList"),
    });
  }
}
