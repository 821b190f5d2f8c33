import {
  ContainerCluster as Binding,
  type ContainerClusterConfig as BindingConfig,
  type ContainerClusterIpAllocationPolicy as BindingIpAllocationPolicy,
} from "@cdktf/provider-google/lib/container-cluster";
import { type Construct } from "constructs";
import {
  extendBlock,
  extendHclBlock,
  hclArgument,
  hclBlock,
  requireProvider,
} from "../hcl/binding-extension";

export interface ContainerClusterIpAllocationPolicy extends BindingIpAllocationPolicy {
  /**
   * Lets GKE add ranges to the cluster by itself (Auto IPAM); needs google 7.4.0.
   * @default none; GKE's own default holds
   */
  readonly autoIpamConfig?: { readonly enabled: boolean };
}

export interface ContainerClusterConfig extends Omit<BindingConfig, "ipAllocationPolicy"> {
  /** Where node, pod and service addresses come from. @default none; GKE chooses */
  readonly ipAllocationPolicy?: ContainerClusterIpAllocationPolicy;
}

/** `google_container_cluster` with the `auto_ipam_config` that the installed binding lacks. */
export class ContainerCluster extends Binding {
  private readonly autoIpam: { readonly enabled: boolean } | undefined;

  constructor(scope: Construct, id: string, { ipAllocationPolicy, ...config }: ContainerClusterConfig) {
    const { autoIpamConfig, ...policy } = ipAllocationPolicy ?? {};
    super(scope, id, { ...config, ipAllocationPolicy: ipAllocationPolicy && policy });
    this.autoIpam = autoIpamConfig;
    if (autoIpamConfig) requireProvider(this, "google", "7.4.0");
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
