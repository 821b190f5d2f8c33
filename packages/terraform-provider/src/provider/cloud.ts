import { type ObjectValue } from "../value/value";
import { type Settings } from "../configuration/settings";
import { type BlockSchema } from "../schema/type-schema";

/** The kind of thing a provider asks about, and for which account and Region. */
export interface TerraformType {
  /** Terraform type, `aws_vpc`. */
  readonly type: string;
  readonly block: BlockSchema;
  readonly settings: Settings;
}

/**
 * What stands behind the providers. Every method may throw `DiagnosticError` with the words of the
 * real service.
 */
export interface Cloud {
  /** Makes a resource; unknown members of `planned` become known. */
  create(terraformType: TerraformType, planned: ObjectValue): Promise<ObjectValue>;
  /** Changes a resource in place; unknown members of `planned` become known. */
  update(terraformType: TerraformType, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue>;
  delete(terraformType: TerraformType, state: ObjectValue): Promise<void>;
  /** The resource as it stands, or null when it is gone. */
  read(terraformType: TerraformType, state: ObjectValue): Promise<ObjectValue | null>;
  /** An existing resource by its import id. */
  import(terraformType: TerraformType, id: string): Promise<ObjectValue>;
  /** Answers a data source. */
  query(terraformType: TerraformType, config: ObjectValue): Promise<ObjectValue>;
}
