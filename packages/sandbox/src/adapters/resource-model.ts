import { type ObjectValue, type TerraformType } from "@cluster-ipam/terraform-provider";
import { type RequestContext } from "@cluster-ipam/cloud-model";

/** A request context for one Terraform type. */
export interface ResourceContext extends RequestContext {
  readonly terraformType: TerraformType;
}

/**
 * Behaviour of one Terraform type beyond storing it: the requests that its provider sends to the cloud. Returned members
 * override planned ones; members that are still unknown then get values from the type's templates. Any method may throw
 * `ServiceError`, and then nothing has changed.
 */
export interface ResourceModel {
  /** Creates the resource. @returns the members that the service decides, such as `id` and an allocated CIDR */
  create(context: ResourceContext, planned: ObjectValue): ObjectValue;
  /** Updates the resource in place. @default stored as planned */
  update?(context: ResourceContext, prior: ObjectValue, planned: ObjectValue): ObjectValue;
  /** Deletes the resource. @default it is only removed from the store */
  delete?(context: ResourceContext, state: ObjectValue): void;
  /**
   * The members that differ from the stored ones, or null if the resource no longer exists.
   * @default the stored resource
   */
  read?(context: ResourceContext, state: ObjectValue): ObjectValue | null;
  /**
   * Arguments that the real provider never reads from the service: a read keeps what Terraform's state has, whoever changed
   * the resource, and an import leaves them null unless `find` returns them.
   * @default every member is read
   */
  readonly unread?: readonly string[];
  /**
   * A resource by its import id, whoever created it: the members that the provider reads, with its id.
   * @default only resources that Terraform created can be imported, as they were stored
   */
  find?(context: ResourceContext, id: string): ObjectValue | undefined;
}

/** Models by Terraform type. */
export type ResourceModels = { readonly [type: string]: ResourceModel };

/**
 * Reads a data source from the cloud: the members that the service knows, or undefined if the object does not exist.
 *
 * @throws ServiceError
 */
export type Lookup = (context: ResourceContext, config: ObjectValue) => ObjectValue | undefined;

/** Lookups by Terraform data source. */
export type Lookups = { readonly [type: string]: Lookup };
