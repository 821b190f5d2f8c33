import { type Diagnostic, DiagnosticError } from "../value/diagnostic";
import {
  type AppliedChange,
  type Change,
  type PlannedChange,
  type TerraformProvider,
} from "../plugin/terraform-provider";
import { type ObjectValue, type Value } from "../value/value";
import { type ProviderName } from "../bindings/bindings";
import { type Catalogue } from "../catalogue/catalogue";
import { type ProviderSchema, type ResourceSchema } from "../schema/type-schema";
import { googleRefusals } from "../configuration/google-configuration";
import { checkConfig } from "../configuration/check-config";
import { checkedMembers } from "../configuration/checked-members";
import { planResource, settledPlan } from "../planning/plan-resource";
import { proposeGoogle } from "../planning/proposals/google";
import { type Proposal } from "../planning/proposals/proposal";
import { planAws } from "../planning/rules/aws";
import { planGoogle } from "../planning/rules/google";
import { planKubernetes } from "../planning/rules/kubernetes";
import { type PlanRule } from "../planning/rules/plan-rule";
import { upgradeState } from "../planning/state-upgrades";
import {
  awsSettings,
  googleSettings,
  kubernetesSettings,
  type Settings,
  unconfigured,
} from "../configuration/settings";
import { type ResourceApi, type TerraformType } from "./resource-api";

const rules: Readonly<Record<ProviderName, PlanRule>> = {
  aws: planAws,
  google: planGoogle,
  kubernetes: planKubernetes,
};

const proposals: Readonly<Partial<Record<ProviderName, Proposal>>> = { google: proposeGoogle };

const settingsOf = { aws: awsSettings, google: googleSettings, kubernetes: kubernetesSettings };

/** One configuration of a provider: plans from the schema and rules, and leaves the rest to a resource API. */
export class EmbeddedProvider implements TerraformProvider {
  private settings: Settings = unconfigured;

  /**
   * @param catalogue the provider's types
   * @param usedTypes names of the types that the working folder references, called whenever Terraform requests the schema
   */
  constructor(
    private readonly catalogue: Catalogue,
    private readonly api: ResourceApi,
    private readonly referencedTypes: () => Iterable<string>,
  ) {}

  discoverSchema(): ProviderSchema {
    this.catalogue.include(this.referencedTypes());
    return this.catalogue.schema;
  }

  schema(): ProviderSchema {
    return this.catalogue.schema;
  }

  validateProvider(config: ObjectValue): readonly Diagnostic[] {
    const { block, checks } = this.schema().provider;
    return checkConfig(block, checks, config);
  }

  configure(config: ObjectValue): readonly Diagnostic[] {
    const { provider } = this.catalogue;
    this.settings = settingsOf[provider](config, process.env);
    if (provider === "google") return googleRefusals(config);
    return provider === "aws" && this.settings.region === null
      ? [
          {
            summary: "Invalid AWS Region",
            detail: "Set region in the provider block or AWS_REGION in the environment.",
            path: ["region"],
          },
        ]
      : [];
  }

  validateResource(type: string, config: ObjectValue): readonly Diagnostic[] {
    const { block, checks, framework } = this.resource(type);
    return checkConfig(block, checks, framework ? config : checkedMembers(config));
  }

  validateDataSource(type: string, config: ObjectValue): readonly Diagnostic[] {
    const { block, checks, framework } = this.schema().dataSources[type]!;
    return checkConfig(block, checks, framework ? config : checkedMembers(config));
  }

  upgradeState(type: string, version: number, attributes: Readonly<Record<string, unknown>>): unknown {
    return upgradeState(this.resource(type), version, attributes);
  }

  plan(type: string, { prior, proposed, config }: Change): PlannedChange {
    if (!proposed || !config) return { planned: null, requiresReplace: [] };
    const schema = this.resource(type);
    const { block, checks } = schema;
    const { settings } = this;
    const propose = proposals[this.catalogue.provider];
    const revised = propose?.({ type, block, settings, prior, proposed, config }) ?? proposed;
    const plan = planResource(schema, { prior, proposed: revised, config, asked: proposed }, settings);
    rules[this.catalogue.provider]({ type, block, checks, settings, prior, config, plan });
    const { planned, replace } = settledPlan(schema, prior, plan);
    return { planned, requiresReplace: prior ? replace : [] };
  }

  async apply(type: string, { prior, proposed }: Change): Promise<AppliedChange> {
    try {
      return { state: await this.change(this.terraformType(type), prior, proposed), diagnostics: [] };
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      return { state: prior, diagnostics: [error.diagnostic] };
    }
  }

  async read(type: string, state: ObjectValue): Promise<Value> {
    return this.api.read(this.terraformType(type), state);
  }

  async import(type: string, id: string): Promise<Value> {
    return this.api.import(this.terraformType(type), id);
  }

  async readDataSource(type: string, config: ObjectValue): Promise<Value> {
    const { block } = this.schema().dataSources[type]!;
    return this.api.readDataSource({ type, block, settings: this.settings }, config);
  }

  private async change(
    terraformType: TerraformType,
    prior: ObjectValue | null,
    planned: ObjectValue | null,
  ): Promise<Value> {
    if (planned && prior) return this.api.update(terraformType, prior, planned);
    if (planned) return this.api.create(terraformType, planned);
    if (prior) await this.api.delete(terraformType, prior);
    return null;
  }

  private resource(type: string): ResourceSchema {
    return this.schema().resources[type]!;
  }

  private terraformType(type: string): TerraformType {
    return { type, block: this.resource(type).block, settings: this.settings };
  }
}
