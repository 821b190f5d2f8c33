import { type Faults, Store } from "@cluster-ipam/cloud-model";
import {
  type BlockSchema,
  Catalogue,
  isList,
  isObject,
  loadSchema,
  type ObjectValue,
  type ProviderName,
  EmbeddedProvider,
  type Value,
} from "@cluster-ipam/terraform-provider";
import { ModeledCloud } from "../../src/modeled-cloud";
import { Session } from "../../src/resource-store/session";

const catalogues = new Map<ProviderName, Catalogue>();

function catalogueOf(provider: ProviderName): Catalogue {
  const known = catalogues.get(provider);
  if (known) return known;
  const catalogue = new Catalogue(provider, loadSchema(provider));
  catalogues.set(provider, catalogue);
  return catalogue;
}

export interface CallerProps {
  readonly store?: Store;
  readonly faults?: Faults;
  readonly assumePrerequisites?: boolean;
  /** Arguments of the provider block. */
  readonly config?: ObjectValue;
}

/** Calls a provider as Terraform does, in this process: plan, then apply. Refusals are errors. */
export class TerraformCaller {
  readonly cloud: ModeledCloud;
  private readonly catalogue: Catalogue;
  private readonly provider: EmbeddedProvider;

  constructor(
    provider: ProviderName,
    { store = new Store(), faults, assumePrerequisites, config = {} }: CallerProps = {},
  ) {
    this.cloud = new ModeledCloud({ store, session: new Session(), faults, assumePrerequisites });
    this.catalogue = catalogueOf(provider);
    this.provider = new EmbeddedProvider(this.catalogue, this.cloud, () => []);
    this.provider.configure(blank(this.catalogue.schema.provider.block, config));
  }

  /** Makes a resource. @returns its state */
  create(type: string, args: ObjectValue): Promise<ObjectValue> {
    return this.apply(type, null, args);
  }

  /** Changes a resource in place to other arguments. @returns its state */
  update(type: string, prior: ObjectValue, args: ObjectValue): Promise<ObjectValue> {
    return this.apply(type, prior, args);
  }

  async destroy(type: string, prior: ObjectValue): Promise<void> {
    await this.answered(type, { prior, proposed: null, config: null });
  }

  read(type: string, state: ObjectValue): Promise<Value> {
    return this.provider.read(type, state);
  }

  import(type: string, id: string): Promise<Value> {
    return this.provider.import(type, id);
  }

  async lookup(type: string, args: ObjectValue): Promise<ObjectValue> {
    const { block } = this.catalogue.schema.dataSources[type]!;
    return (await this.provider.readDataSource(type, blank(block, args))) as ObjectValue;
  }

  private async apply(type: string, prior: ObjectValue | null, args: ObjectValue): Promise<ObjectValue> {
    const { block } = this.catalogue.schema.resources[type]!;
    const config = blank(block, args);
    const proposed = prior ? proposedFor(block, prior, config) : config;
    const { planned, requiresReplace } = this.provider.plan(type, { prior, proposed, config });
    if (requiresReplace.length > 0)
      throw new Error(`${type} would be replaced: ${JSON.stringify(requiresReplace)}`);
    return (await this.answered(type, { prior, proposed: planned as ObjectValue, config })) as ObjectValue;
  }

  private async answered(type: string, change: Parameters<EmbeddedProvider["apply"]>[1]): Promise<Value> {
    const { state, diagnostics } = await this.provider.apply(type, change);
    if (diagnostics[0]) throw new Error(`${diagnostics[0].summary} ${diagnostics[0].detail ?? ""}`.trim());
    return state;
  }
}

/** Arguments with everything that is not set, as Terraform sends them. */
function blank({ attributes, blocks }: BlockSchema, args: { readonly [name: string]: Value }): ObjectValue {
  const all: ObjectValue = {};
  for (const name of Object.keys(attributes)) all[name] = args[name] ?? null;
  for (const [name, { nesting, block }] of Object.entries(blocks)) {
    const value: Value = args[name] ?? null;
    const items = isList(value) ? value : isObject(value) ? [value] : [];
    const filled = items.map((item) => blank(block, item as ObjectValue));
    all[name] = nesting === "single" ? (filled[0] ?? null) : filled;
  }
  return all;
}

/** What Terraform proposes for a change: computed members that are not configured stay as they were. */
function proposedFor({ attributes }: BlockSchema, prior: ObjectValue, config: ObjectValue): ObjectValue {
  const proposed = { ...config };
  for (const [name, { computed }] of Object.entries(attributes))
    if (computed && config[name] === null) proposed[name] = prior[name] ?? null;
  return proposed;
}
