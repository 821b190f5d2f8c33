import { type StackConfiguration, type StackKind } from "@cluster-ipam/address-plan/stacks";
import { type TerraformRemoteState, TerraformStack } from "cdktf";
import { type Construct, type IConstruct } from "constructs";
import { addBackend, terraformVersionOf } from "./backend";
import { findAppRoot } from "./app-root";
import { scopeDataSources } from "./check";
import { renderStack } from "../hcl/stack";
import { unwrapReferences } from "./json-references";
import { type ProviderName, ProviderRequirements, providerVersions } from "./provider-versions";
import { stackConfiguration } from "./stack-configuration";
import { ValidationError } from "../input/validation-error";

/** Props of a {@link BlueprintStack}. */
export interface BlueprintStackProps {
  /**
   * Tags of every resource in the stack that takes tags or labels, set by `awsProvider` and `googleProvider`.
   * @default those of the app, which they add to or override
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const symbol = Symbol.for("cluster-ipam/BlueprintStack");

/**
 * A stack with an explicit backend, provider version ranges and readable HCL.
 *
 * @throws ValidationError if its app is not a `BlueprintApp`
 */
export class BlueprintStack extends TerraformStack {
  readonly tags: Readonly<Record<string, string>>;
  private servedCluster: { readonly cluster: string; readonly kind: StackKind } | undefined;
  private readonly files = new Map<string, string>();
  private readonly requirements = new ProviderRequirements();
  private readonly terraformVersion: string;
  private foreign: TerraformStack | undefined;
  private document: TerraformJson | undefined;

  constructor(scope: Construct, id: string, props: BlueprintStackProps = {}) {
    super(scope, id);
    Object.defineProperty(this, symbol, { value: true });
    const app = findAppRoot(this);
    if (!app) {
      throw new ValidationError(
        this,
        "a BlueprintStack takes its backend from a BlueprintApp, but this app is not one; use new BlueprintApp({ backend })",
      );
    }
    this.tags = { ...app.tags, ...props.tags };
    addBackend(this, app.backend);
    this.terraformVersion = terraformVersionOf(app.backend);
    // Take the format from the manifest, as the file's name is; cdktf takes it from the environment.
    const { synthesizer } = this;
    this.synthesizer = {
      synthesize: (session) => {
        Object.assign(synthesizer, { hclOutput: session.manifest.hclOutput });
        synthesizer.synthesize(session);
      },
    };
  }

  /**
   * Returns the construct's stack.
   *
   * @throws ValidationError if it is not a `BlueprintStack`
   */
  static override of(construct: IConstruct): BlueprintStack {
    const stack = TerraformStack.of(construct);
    if (!BlueprintStack.isBlueprintStack(stack)) {
      throw new ValidationError(
        construct,
        "the construct needs a BlueprintStack; use it instead of TerraformStack",
      );
    }
    return stack;
  }

  /** Whether the construct is a `BlueprintStack`. */
  static isBlueprintStack(construct: IConstruct): construct is BlueprintStack {
    return symbol in construct;
  }

  /**
   * Deploys this stack after the stack with the given id and destroys it before. Contracts include the id, so
   * compositions do not state the order.
   *
   * @param id of a stack in the same scope; ids of stacks in other apps are ignored
   */
  deployAfter(id: string | undefined): void {
    const stack = id === undefined ? undefined : this.node.scope?.node.tryFindChild(id);
    if (stack && TerraformStack.isStack(stack)) this.addDependency(stack);
  }

  /**
   * Says which cluster the stack serves. If the composition drops the stack, it is destroyed in the order of `kind`:
   * workloads and system, cluster, autoscaler, network.
   *
   * @param cluster name of the cluster in the cloud: `addresses.name`
   */
  serve(cluster: string, kind: StackKind): void {
    this.servedCluster = { cluster, kind };
  }

  /** The cluster that the stack serves, and what the stack is to it. Undefined if it serves none. */
  get serves(): { readonly cluster: string; readonly kind: StackKind } | undefined {
    return this.servedCluster;
  }

  /**
   * Adds a file of Kubernetes manifests, which synthesis writes to `manifests/<stack>/` beside the app's `cdktf.json`, for a
   * GitOps tool to apply.
   *
   * @param file name, for example `karpenter.yaml`
   * @param text YAML
   * @throws ValidationError for a name with a folder, and for a second file of that name
   */
  addManifest(file: string, text: string): void {
    if (!/^[a-z0-9][a-z0-9.-]*\.yaml$/.test(file))
      throw new ValidationError(
        this,
        `${JSON.stringify(file)} is not the name of a manifest; use a-z, 0-9, - and the ending .yaml`,
      );
    if (this.files.has(file))
      throw new ValidationError(this, `the stack has two manifests ${file}; use another name for one`);
    this.files.set(file, text);
  }

  /** The files of Kubernetes manifests, by name. */
  get manifests(): ReadonlyMap<string, string> {
    return this.files;
  }

  /**
   * Raises the provider's version constraint to at least `version`. The highest of several calls wins.
   *
   * @param version the lowest version that works, for example `6.29.0`
   * @throws ValidationError if it is not a version, or is not below the next untested major release
   */
  requireProvider(provider: ProviderName, version: string): void {
    try {
      this.requirements.require(provider, version);
    } catch (error) {
      if (error instanceof RangeError) throw new ValidationError(this, error.message);
      throw error;
    }
  }

  /** cdktf calls this for a token of another stack. `prepareStack` then rejects it. */
  override registerIncomingCrossStackReference(from: TerraformStack): TerraformRemoteState {
    this.foreign = from;
    return super.registerIncomingCrossStackReference(from);
  }

  /**
   * Rejects tokens of other stacks: cdktf would add an output there and read that stack's whole state here, and neither
   * shows in the composition.
   *
   * @throws ValidationError if the stack uses such a token
   */
  override prepareStack(): void {
    super.prepareStack();
    if (this.foreign) {
      throw new ValidationError(
        this,
        `the stack uses a value of the stack ${this.foreign.node.path}, which would read that stack's state; pass a literal from the address plan, look the resource up, or write an output down`,
      );
    }
  }

  /** The stack in Terraform's JSON form. A version override on the stack wins over the ranges. */
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
    scopeDataSources(json);
    this.document = json;
    return json;
  }

  /** What the synthesized stack needs to be emptied later. @throws ValidationError like {@link stackConfiguration} */
  destroyConfiguration(): StackConfiguration {
    return stackConfiguration(this, this.document ?? this.toTerraform());
  }

  /** The stack in HCL, with the metadata that cdktf-cli reads. */
  override toHclTerraform(): { hcl: string; metadata: Record<string, unknown> } {
    return renderStack(this, this.toTerraform());
  }
}

/** The parts of a stack's JSON form that this package changes; the rest passes through. */
interface TerraformJson {
  terraform: {
    required_version?: string;
    required_providers?: Record<string, { source?: string; version?: string } | undefined>;
  };
  [section: string]: unknown;
}
