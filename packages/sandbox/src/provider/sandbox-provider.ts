import { type Diagnostic } from "../plugin/diagnostic";
import {
  type AppliedChange,
  type Change,
  type PlannedChange,
  type TerraformProvider,
} from "../plugin/terraform-provider";
import { type ObjectValue, type Value } from "../plugin/value";
import { type Catalogue } from "../schema/catalogue";
import { type ProviderSchema } from "../schema/type-schema";
import { planResource } from "./plan-resource";

/** One configured provider of the sandbox. */
export class SandboxProvider implements TerraformProvider {
  constructor(private readonly catalogue: Catalogue) {}

  schema(): ProviderSchema {
    return this.catalogue.schema;
  }

  validateProvider(_config: ObjectValue): readonly Diagnostic[] {
    return [];
  }

  configure(_config: ObjectValue): readonly Diagnostic[] {
    return [];
  }

  validateResource(_type: string, _config: ObjectValue): readonly Diagnostic[] {
    return [];
  }

  validateDataSource(_type: string, _config: ObjectValue): readonly Diagnostic[] {
    return [];
  }

  plan(type: string, { prior, proposed, config }: Change): PlannedChange {
    if (!proposed || !config) return { planned: null, requiresReplace: [] };
    const { planned, replace } = planResource(this.schema().resources[type]!.block, prior, proposed, config);
    return { planned, requiresReplace: replace };
  }

  async apply(_type: string, { proposed }: Change): Promise<AppliedChange> {
    return { state: proposed, diagnostics: [] };
  }

  async read(_type: string, state: ObjectValue): Promise<Value> {
    return state;
  }

  async import(_type: string, id: string): Promise<Value> {
    return { id };
  }

  async readDataSource(_type: string, config: ObjectValue): Promise<Value> {
    return config;
  }
}
