import {
  VpcIpamPool as Binding,
  type VpcIpamPoolConfig as BindingConfig,
} from "@cdktf/provider-aws/lib/vpc-ipam-pool";
import { type Construct } from "constructs";
import { BlueprintStack } from "../app/blueprint-stack";
import { hclArgument, hclBlock } from "../hcl/binding-extension";

/** The VPC whose CIDR a resource-planning pool allocates to subnets. */
export interface VpcIpamPoolSourceResource {
  readonly resourceId: string;
  /** Id of the account that owns the resource. */
  readonly resourceOwner: string;
  /** AWS Region of the resource. */
  readonly resourceRegion: string;
  readonly resourceType: "vpc";
}

/** Arguments of a {@link VpcIpamPool}: those of the binding and the source resource. */
export interface VpcIpamPoolConfig extends BindingConfig {
  /**
   * Makes the pool a planning pool of the resource. Needs aws 6.29.0. Changing it replaces the pool.
   * @default none; the pool has the CIDRs that are provisioned to it
   */
  readonly sourceResource?: VpcIpamPoolSourceResource;
}

/** `aws_vpc_ipam_pool` with the `source_resource` that the installed binding lacks. */
export class VpcIpamPool extends Binding {
  private readonly sourceResource: VpcIpamPoolSourceResource | undefined;

  constructor(scope: Construct, id: string, { sourceResource, ...config }: VpcIpamPoolConfig) {
    super(scope, id, config);
    this.sourceResource = sourceResource;
    if (sourceResource) BlueprintStack.of(this).requireProvider("aws", "6.29.0");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const attributes = super.synthesizeAttributes() as Record<string, unknown>;
    if (!this.sourceResource) return attributes;
    const { resourceId, resourceOwner, resourceRegion, resourceType } = this.sourceResource;
    return {
      ...attributes,
      source_resource: {
        resource_id: resourceId,
        resource_owner: resourceOwner,
        resource_region: resourceRegion,
        resource_type: resourceType,
      },
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    const attributes = super.synthesizeHclAttributes() as Record<string, unknown>;
    if (!this.sourceResource) return attributes;
    const { resourceId, resourceOwner, resourceRegion, resourceType } = this.sourceResource;
    const block = {
      resource_id: hclArgument(resourceId, "string"),
      resource_owner: hclArgument(resourceOwner, "string"),
      resource_region: hclArgument(resourceRegion, "string"),
      resource_type: hclArgument(resourceType, "string"),
    };
    return { ...attributes, source_resource: hclBlock(block, "VpcIpamPoolSourceResourceList") };
  }
}
