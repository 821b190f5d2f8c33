import { installedBindings, type ProviderName, readType } from "../bindings/bindings";
import { withConventions } from "./conventions";
import { type ProviderSchema, type ResourceSchema } from "../schema/type-schema";

type Kind = "resource" | "data";

/**
 * The types of one provider: those of the overlay from the start, any other type of the bindings once it
 * is requested by name.
 */
export class Catalogue {
  private readonly known = new Map<string, ResourceSchema | undefined>();
  private served: ProviderSchema;

  constructor(
    readonly provider: ProviderName,
    base: ProviderSchema,
  ) {
    this.served = base;
  }

  /** The types included so far. */
  get schema(): ProviderSchema {
    return this.served;
  }

  /** Includes the named types that the bindings have. Names of other providers are ignored. */
  include(names: Iterable<string>): void {
    const resources: Record<string, ResourceSchema> = {};
    const dataSources: Record<string, ResourceSchema> = {};
    for (const name of names) {
      if (!name.startsWith(`${this.provider}_`)) continue;
      const resource = this.served.resources[name] ?? this.derive("resource", name);
      if (resource) resources[name] = resource;
      const dataSource = this.served.dataSources[name] ?? this.derive("data", name);
      if (dataSource) dataSources[name] = dataSource;
    }
    this.served = {
      provider: this.served.provider,
      resources: { ...this.served.resources, ...resources },
      dataSources: { ...this.served.dataSources, ...dataSources },
    };
  }

  private derive(kind: Kind, type: string): ResourceSchema | undefined {
    const key = `${kind} ${type}`;
    if (!this.known.has(key)) {
      const block = readType(installedBindings(this.provider), this.provider, kind, type);
      this.known.set(
        key,
        block && {
          version: 0,
          block: withConventions(this.provider, block),
          overlaid: false,
          checks: {},
        },
      );
    }
    return this.known.get(key);
  }
}
