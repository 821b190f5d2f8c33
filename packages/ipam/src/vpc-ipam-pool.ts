import {
  VpcIpamPool as Binding,
  type VpcIpamPoolConfig as Config,
} from "@cdktf/provider-aws/lib/vpc-ipam-pool";
import { type BlueprintStack } from "@cluster-ipam/blueprint-core";
import { TerraformStack } from "cdktf";
import { type Construct } from "constructs";

/** The resource whose addresses a pool plans. Each argument replaces the pool when it changes. */
export interface VpcIpamPoolSourceResource {
  /** Id of the VPC. */
  readonly resourceId: string;
  /** Account of the VPC. */
  readonly resourceOwner: string;
  /** Region of the VPC. */
  readonly resourceRegion: string;
  readonly resourceType: "vpc";
}

export interface VpcIpamPoolConfig extends Config {
  /** Makes the pool a resource-planning pool. */
  readonly sourceResource: VpcIpamPoolSourceResource;
}

/** `aws_vpc_ipam_pool` with `source_resource`, which came with aws 6.29.0, later than the bindings. */
export class VpcIpamPool extends Binding {
  private readonly sourceResource: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, config: VpcIpamPoolConfig) {
    super(scope, id, config);
    const { resourceId, resourceOwner, resourceRegion, resourceType } = config.sourceResource;
    this.sourceResource = {
      resource_id: resourceId,
      resource_owner: resourceOwner,
      resource_region: resourceRegion,
      resource_type: resourceType,
    };
    const stack = TerraformStack.of(this);
    if ("requireProvider" in stack) (stack as BlueprintStack).requireProvider("aws", "6.29.0");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...super.synthesizeAttributes(), source_resource: [this.sourceResource] };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const block = Object.entries(this.sourceResource).map(([name, value]) => [
      name,
      { value, isBlock: false, type: "simple", storageClassType: "string" },
    ]);
    return {
      ...super.synthesizeHclAttributes(),
      source_resource: {
        value: [Object.fromEntries(block)],
        isBlock: true,
        type: "list",
        storageClassType: "VpcIpamPoolSourceResourceList",
      },
    };
  }
}
