import { type Cloud, type Subject } from "../cloud/cloud";
import { type Diagnostic, DiagnosticError } from "../plugin/diagnostic";
import {
  type AppliedChange,
  type Change,
  type PlannedChange,
  type TerraformProvider,
} from "../plugin/terraform-provider";
import { type ObjectValue, type Value } from "../plugin/value";
import { type ProviderName } from "../schema/bindings";
import { type Catalogue } from "../schema/catalogue";
import { type ProviderSchema, type ResourceSchema } from "../schema/type-schema";
import { checkConfig } from "./check-config";
import { planResource } from "./plan-resource";
import { planAws } from "./rules/aws";
import { planGoogle } from "./rules/google";
import { planKubernetes } from "./rules/kubernetes";
import { type PlanRule } from "./rules/plan-rule";
import { awsSettings, googleSettings, kubernetesSettings, type Settings, unconfigured } from "./settings";

const rules: Readonly<Record<ProviderName, PlanRule>> = {
  aws: planAws,
  google: planGoogle,
  kubernetes: planKubernetes,
};

const settingsOf = { aws: awsSettings, google: googleSettings, kubernetes: kubernetesSettings };

/** One configuration of one provider: it plans by the facts, and asks the cloud for the rest. */
export class SandboxProvider implements TerraformProvider {
  private settings: Settings = unconfigured;

  /**
   * @param catalogue the types on offer
   * @param usedTypes names of types the working folder mentions, asked when Terraform asks for schemas
   */
  constructor(
    private readonly catalogue: Catalogue,
    private readonly cloud: Cloud,
    private readonly usedTypes: () => Iterable<string>,
  ) {}

  offer(): ProviderSchema {
    this.catalogue.include(this.usedTypes());
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
    const { block, checks } = this.resource(type);
    return checkConfig(block, checks, config);
  }

  validateDataSource(type: string, config: ObjectValue): readonly Diagnostic[] {
    const { block, checks } = this.schema().dataSources[type]!;
    return checkConfig(block, checks, config);
  }

  plan(type: string, { prior, proposed, config }: Change): PlannedChange {
    if (!proposed || !config) return { planned: null, requiresReplace: [] };
    const { block, checks } = this.resource(type);
    const plan = planResource(block, prior, proposed, config);
    rules[this.catalogue.provider]({ type, block, checks, settings: this.settings, prior, config, plan });
    return { planned: plan.planned, requiresReplace: prior ? plan.replace : [] };
  }

  async apply(type: string, { prior, proposed }: Change): Promise<AppliedChange> {
    try {
      return { state: await this.change(this.subject(type), prior, proposed), diagnostics: [] };
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      return { state: prior, diagnostics: [error.diagnostic] };
    }
  }

  async read(type: string, state: ObjectValue): Promise<Value> {
    return this.cloud.read(this.subject(type), state);
  }

  async import(type: string, id: string): Promise<Value> {
    return this.cloud.import(this.subject(type), id);
  }

  async readDataSource(type: string, config: ObjectValue): Promise<Value> {
    const { block } = this.schema().dataSources[type]!;
    return this.cloud.query({ type, block, settings: this.settings }, config);
  }

  private async change(
    subject: Subject,
    prior: ObjectValue | null,
    planned: ObjectValue | null,
  ): Promise<Value> {
    if (planned && prior) return this.cloud.update(subject, prior, planned);
    if (planned) return this.cloud.create(subject, planned);
    if (prior) await this.cloud.delete(subject, prior);
    return null;
  }

  private resource(type: string): ResourceSchema {
    return this.schema().resources[type]!;
  }

  private subject(type: string): Subject {
    return { type, block: this.resource(type).block, settings: this.settings };
  }
}
