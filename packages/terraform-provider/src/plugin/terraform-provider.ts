import { type ProviderSchema } from "../schema/type-schema";
import { type Diagnostic, type Path } from "../value/diagnostic";
import { type ObjectValue, type Value } from "../value/value";

/** The outcome of planning a change of one resource. */
export interface PlannedChange {
  /** State after apply; what is not known until then is `unknown`. */
  readonly planned: Value;
  /** Members whose change replaces the resource. */
  readonly requiresReplace: readonly Path[];
}

/** The outcome of applying a change: the state to keep even where something failed. */
export interface AppliedChange {
  readonly state: Value;
  readonly diagnostics: readonly Diagnostic[];
}

/** One change Terraform asks about; `prior` is null on create, `proposed` is null on destroy. */
export interface Change {
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue | null;
  /** The configuration as written; null on destroy. */
  readonly config: ObjectValue | null;
}

/**
 * A provider as Terraform talks to it, free of the wire: one instance per configuration (alias).
 * Every method may throw `DiagnosticError`, which the user sees as the provider's error.
 */
export interface TerraformProvider {
  /** Looks what the configuration needs and offers it; Terraform asks this first. */
  offer(): ProviderSchema;
  /** The types on offer. */
  schema(): ProviderSchema;
  validateProvider(config: ObjectValue): readonly Diagnostic[];
  configure(config: ObjectValue): readonly Diagnostic[];
  validateResource(type: string, config: ObjectValue): readonly Diagnostic[];
  validateDataSource(type: string, config: ObjectValue): readonly Diagnostic[];
  plan(type: string, change: Change): PlannedChange;
  apply(type: string, change: Change): Promise<AppliedChange>;
  /** @returns null when the resource is gone */
  read(type: string, state: ObjectValue): Promise<Value>;
  import(type: string, id: string): Promise<Value>;
  readDataSource(type: string, config: ObjectValue): Promise<Value>;
}
