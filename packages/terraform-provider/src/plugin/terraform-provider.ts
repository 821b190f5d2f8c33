import { type ProviderSchema } from "../schema/type-schema";
import { type Diagnostic, type Path } from "../value/diagnostic";
import { type ObjectValue, type Value } from "../value/value";

/** Result of planning a change to one resource. */
export interface PlannedChange {
  /** State after apply; members not known until then are `unknown`. */
  readonly planned: Value;
  /** Members whose change replaces the resource. */
  readonly requiresReplace: readonly Path[];
}

/** Result of applying a change: the state to save, even after a failure. */
export interface AppliedChange {
  readonly state: Value;
  readonly diagnostics: readonly Diagnostic[];
}

/** A change requested by Terraform; `prior` is null on create, `proposed` is null on destroy. */
export interface Change {
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue | null;
  /** The configuration as written; null on destroy. */
  readonly config: ObjectValue | null;
}

/**
 * A Terraform provider, independent of the wire protocol: one instance per configuration (alias).
 * Every method may throw `DiagnosticError`, which Terraform shows as the provider's error.
 */
export interface TerraformProvider {
  /** Returns the schema of the types that the configuration references. Terraform calls this first. */
  discoverSchema(): ProviderSchema;
  /** The schema as last discovered. */
  schema(): ProviderSchema;
  validateProvider(config: ObjectValue): readonly Diagnostic[];
  configure(config: ObjectValue): readonly Diagnostic[];
  validateResource(type: string, config: ObjectValue): readonly Diagnostic[];
  validateDataSource(type: string, config: ObjectValue): readonly Diagnostic[];
  /** The attributes of a state of another schema version as the schema has them now. */
  upgradeState(type: string, version: number, attributes: Readonly<Record<string, unknown>>): unknown;
  plan(type: string, change: Change): PlannedChange;
  apply(type: string, change: Change): Promise<AppliedChange>;
  /** @returns null when the resource is gone */
  read(type: string, state: ObjectValue): Promise<Value>;
  import(type: string, id: string): Promise<Value>;
  readDataSource(type: string, config: ObjectValue): Promise<Value>;
}
