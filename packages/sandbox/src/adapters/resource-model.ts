import { type ObjectValue, type TerraformType } from "@cluster-ipam/terraform-provider";
import { type RequestContext } from "@cluster-ipam/cloud-model";

/** A request context for one Terraform type. */
export interface ResourceContext extends RequestContext {
  readonly terraformType: TerraformType;
}

/**
 * How the cloud treats one Terraform type beyond keeping it. The members a model returns are laid over
 * what was planned; members that stay unknown then get values from the type's templates. Every method
 * may throw `ServiceError`, and then nothing has happened.
 */
export interface ResourceModel {
  /** Checks and makes. @returns the members the service decides, such as `id` and an allocated CIDR */
  create(context: ResourceContext, planned: ObjectValue): ObjectValue;
  /** Checks and changes in place. @default accepted as planned */
  update?(context: ResourceContext, prior: ObjectValue, planned: ObjectValue): ObjectValue;
  /** Checks and removes. @default accepted */
  delete?(context: ResourceContext, state: ObjectValue): void;
  /**
   * What the service says now, laid over what is kept, or null when it is gone.
   * @default what is kept
   */
  read?(context: ResourceContext, state: ObjectValue): ObjectValue | null;
  /**
   * A resource that Terraform did not make, by its import id: the members the service knows.
   * @default only what Terraform made can be imported
   */
  find?(context: ResourceContext, id: string): ObjectValue | undefined;
}

/** Models by Terraform type. */
export type ResourceModels = { readonly [type: string]: ResourceModel };

/**
 * Answers a data source from what stands: the members the service knows, or undefined when nothing
 * stands that was asked for. @throws ServiceError
 */
export type Lookup = (context: ResourceContext, config: ObjectValue) => ObjectValue | undefined;

/** Lookups by Terraform data source. */
export type Lookups = { readonly [type: string]: Lookup };
