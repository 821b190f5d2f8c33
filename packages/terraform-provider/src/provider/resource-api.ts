import { type ObjectValue } from "../value/value";
import { type Settings } from "../configuration/settings";
import { type BlockSchema } from "../schema/type-schema";

/** A resource type or data source, with the settings of the provider configuration that uses it. */
export interface TerraformType {
  /** Terraform type, `aws_vpc`. */
  readonly type: string;
  readonly block: BlockSchema;
  readonly settings: Settings;
}

/**
 * What carries out a provider's calls. Every method may throw `DiagnosticError` in the real service's
 * wording.
 */
export interface ResourceApi {
  /** Creates a resource and resolves the unknown members of `planned`. */
  create(terraformType: TerraformType, planned: ObjectValue): Promise<ObjectValue>;
  /** Updates a resource in place and resolves the unknown members of `planned`. */
  update(terraformType: TerraformType, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue>;
  delete(terraformType: TerraformType, state: ObjectValue): Promise<void>;
  /** Reads the resource's current state, or null when it no longer exists. */
  read(terraformType: TerraformType, state: ObjectValue): Promise<ObjectValue | null>;
  /** Reads an existing resource by its import id. */
  import(terraformType: TerraformType, id: string): Promise<ObjectValue>;
  /** Reads a data source. */
  readDataSource(terraformType: TerraformType, config: ObjectValue): Promise<ObjectValue>;
}
