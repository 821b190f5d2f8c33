import { type TerraformRemoteState, TerraformStack } from "cdktf";
import { type Construct, type IConstruct } from "constructs";
import { addBackend } from "./backend";
import { BlueprintApp } from "./blueprint-app";
import { renderStack } from "../hcl/stack";
import { unwrapReferences } from "./json-references";
import { type ProviderName, ProviderRequirements, providerVersions } from "./provider-versions";
import { ValidationError } from "../input/validation-error";

export interface BlueprintStackProps {
  /**
   * Tags on every resource of the stack that takes tags, through the providers that `awsProvider` and
   * `googleProvider` configure.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const symbol = Symbol.for("cluster-ipam/BlueprintStack");

/**
 * A stack with an explicit backend, provider version ranges, and HCL that a reviewer can read.
 *
 * @throws ValidationError if it does not stand in a `BlueprintApp`
 */
export class BlueprintStack extends TerraformStack {
  readonly tags: Readonly<Record<string, string>>;
  private readonly requirements = new ProviderRequirements();
  private readonly terraformVersion: string;
  private foreign: TerraformStack | undefined;

  constructor(scope: Construct, id: string, props: BlueprintStackProps = {}) {
    super(scope, id);
    Object.defineProperty(this, symbol, { value: true });
    const app = BlueprintApp.find(this);
    if (!app) {
      throw new ValidationError(
        this,
        "a BlueprintStack takes its backend from a BlueprintApp but stands in another app; use new BlueprintApp({ backend })",
      );
    }
    this.tags = props.tags ?? {};
    addBackend(this, app.backend);
    this.terraformVersion = app.backend.type === "s3" ? ">= 1.10" : ">= 1.8";
    // The file's name comes from the manifest, so its language does too; cdktf takes it from the environment.
    const { synthesizer } = this;
    this.synthesizer = {
      synthesize: (session) => {
        Object.assign(synthesizer, { hclOutput: session.manifest.hclOutput });
        synthesizer.synthesize(session);
      },
    };
  }

  /**
   * The stack that the construct stands in.
   *
   * @throws ValidationError if that is no `BlueprintStack`
   */
  static override of(construct: IConstruct): BlueprintStack {
    const stack = TerraformStack.of(construct);
    if (!isBlueprintStack(stack)) {
      throw new ValidationError(
        construct,
        "this needs a BlueprintStack around it; use one in place of TerraformStack",
      );
    }
    return stack;
  }

  /**
   * Has this stack deployed after the one with that id, and destroyed before it, where both are in one app. Contracts
   * carry the id, so that no composition has to say the order.
   *
   * @param id of a stack beside this one; one that another app deploys is none of this app's order
   */
  deployAfter(id: string | undefined): void {
    const stack = id === undefined ? undefined : this.node.scope?.node.tryFindChild(id);
    if (stack && TerraformStack.isStack(stack)) this.addDependency(stack);
  }

  /**
   * Raises the provider's version constraint to at least `version`; of several calls the highest counts.
   *
   * @param version the first version that will do, as `6.29.0`
   * @throws ValidationError if it is no version, or beyond the next major release of the provider
   */
  requireProvider(provider: ProviderName, version: string): void {
    try {
      this.requirements.require(provider, version);
    } catch (error) {
      if (error instanceof RangeError) throw new ValidationError(this, error.message);
      throw error;
    }
  }

  /** Called by cdktf where a token of another stack is found; `prepareStack` refuses it then. */
  override registerIncomingCrossStackReference(from: TerraformStack): TerraformRemoteState {
    this.foreign = from;
    return super.registerIncomingCrossStackReference(from);
  }

  /**
   * Refuses a value that reaches this stack as a token of another: cdktf adds an output there and reads that stack's
   * whole state here, and nobody has written either down.
   *
   * @throws ValidationError if there is such a value
   */
  override prepareStack(): void {
    super.prepareStack();
    if (this.foreign) {
      throw new ValidationError(
        this,
        `a value of the stack ${this.foreign.node.path} is used here, which would read that stack's state; hand over a literal of the address plan, look the resource up, or write an output down`,
      );
    }
  }

  /** The stack in Terraform's JSON form. An override of a version on the stack wins over the ranges. */
  override toTerraform(): TerraformJson {
    const json = super.toTerraform() as TerraformJson;
    const overrides = (this["rawOverrides"] as Partial<TerraformJson>).terraform ?? {};
    const providers = json.terraform.required_providers ?? {};
    for (const name of Object.keys(providerVersions) as ProviderName[]) {
      const provider = providers[name];
      if (provider && overrides.required_providers?.[name]?.version === undefined) {
        provider.version = this.requirements.constraint(name);
      }
    }
    json.terraform.required_version ??= this.terraformVersion;
    unwrapReferences(json);
    return json;
  }

  /** The stack in HCL, and the metadata that cdktf-cli reads beside it. */
  override toHclTerraform(): { hcl: string; metadata: Record<string, unknown> } {
    return renderStack(this, this.toTerraform());
  }
}

function isBlueprintStack(stack: TerraformStack): stack is BlueprintStack {
  return symbol in stack;
}

/** What this package reads and writes of a stack's JSON form; the rest passes through. */
interface TerraformJson {
  terraform: {
    required_version?: string;
    required_providers?: Record<string, { source?: string; version?: string } | undefined>;
  };
  [section: string]: unknown;
}
