import {
  VpcIpamPool as BoundPool,
  type VpcIpamPoolConfig as BoundPoolConfig,
} from "@cdktf/provider-aws/lib/vpc-ipam-pool";
import { type Construct } from "constructs";
import { type Arguments, hclBlock } from "../binding-extension";
import { BlueprintStack } from "../blueprint-stack";

/** The resource whose addresses a pool plans. Each argument replaces the pool. */
export interface VpcIpamPoolSourceResource {
  /** Id of the VPC. */
  readonly resourceId: string;
  /** Account of the VPC: 12 digits. */
  readonly resourceOwner: string;
  /** Region of the VPC. */
  readonly resourceRegion: string;
  readonly resourceType: "vpc";
}

/** Arguments of `aws_vpc_ipam_pool`, with those the bindings lack. */
export interface VpcIpamPoolConfig extends BoundPoolConfig {
  /** Makes the pool a resource-planning pool; aws 6.29.0. Replaces the pool. @default an ordinary pool */
  readonly sourceResource?: VpcIpamPoolSourceResource;
}

/** `aws_vpc_ipam_pool` with `source_resource`. */
export class VpcIpamPool extends BoundPool {
  private readonly sourceResource?: Record<string, string>;

  constructor(scope: Construct, id: string, config: VpcIpamPoolConfig) {
    super(scope, id, config);
    const source = config.sourceResource;
    if (!source) return;
    this.sourceResource = {
      resource_id: source.resourceId,
      resource_owner: source.resourceOwner,
      resource_region: source.resourceRegion,
      resource_type: source.resourceType,
    };
    BlueprintStack.find(this)?.requireProvider("aws", "6.29.0");
  }

  protected override synthesizeAttributes(): Arguments {
    const attributes = super.synthesizeAttributes();
    return this.sourceResource ? { ...attributes, source_resource: [this.sourceResource] } : attributes;
  }

  protected override synthesizeHclAttributes(): Arguments {
    const attributes = super.synthesizeHclAttributes();
    return this.sourceResource
      ? { ...attributes, source_resource: hclBlock(this.sourceResource) }
      : attributes;
  }
}
