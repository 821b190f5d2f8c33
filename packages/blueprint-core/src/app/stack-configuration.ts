import { type StackConfiguration, type TerraformValue } from "@cluster-ipam/address-plan/stacks";
import { TerraformDataSource, type TerraformElement, TerraformProvider, type TerraformStack } from "cdktf";
import { type ArgumentContext, asList, asObject, type JsonObject } from "../hcl/arguments";
import { canonicalArguments } from "../hcl/canonical";
import { contextsOf } from "../hcl/stack";
import { type Json } from "../hcl/value";
import { ValidationError } from "../input/validation-error";

/** Resources that a data source of the same type finds by these arguments, with the same attributes. */
const lookups: Readonly<Record<string, readonly string[]>> = {
  aws_eks_cluster: ["name", "region"],
  google_container_cluster: ["name", "location", "project"],
};

/**
 * What the stack needs to destroy its resources once they are no longer composed: its providers, and the data sources,
 * variables and local values that these refer to. A resource that a provider refers to is looked up by a data source.
 *
 * @throws ValidationError if a provider refers to a resource that cannot be looked up
 */
export function stackConfiguration(
  stack: TerraformStack,
  document: Readonly<Record<string, unknown>>,
): StackConfiguration {
  const json = document as JsonObject;
  const collector = new Collector(stack, json, contextsOf(stack, isRecorded));
  return collector.collect();
}

function isRecorded(element: TerraformElement): boolean {
  return TerraformProvider.isTerraformProvider(element) || TerraformDataSource.isTerraformDataSource(element);
}

class Collector {
  private readonly data: Record<string, Record<string, TerraformValue>> = {};
  private readonly variable: Record<string, TerraformValue> = {};
  private readonly locals: Record<string, TerraformValue> = {};

  constructor(
    private readonly stack: TerraformStack,
    private readonly json: JsonObject,
    private readonly contexts: ReadonlyMap<string, ArgumentContext>,
  ) {}

  collect(): StackConfiguration {
    const providers = Object.entries(asObject(this.json["provider"])).map(([name, instances]) => [
      name,
      asList(instances).map((item, index) => this.kept(asObject(item), `provider.${name}.${index}`)),
    ]);
    const { data, variable, locals } = this;
    return {
      required_providers: asObject(asObject(this.json["terraform"])["required_providers"]),
      provider: Object.fromEntries(providers) as StackConfiguration["provider"],
      ...(Object.keys(data).length > 0 && { data }),
      ...(Object.keys(variable).length > 0 && { variable }),
      ...(Object.keys(locals).length > 0 && { locals }),
    };
  }

  /** The arguments of an element, after everything that they refer to is collected. */
  private kept(json: JsonObject, address: string): TerraformValue {
    const { depends_on: _order, lifecycle: _lifecycle, ...settings } = json;
    const context = this.contexts.get(address);
    const canonical = context ? canonicalArguments(settings, context) : settings;
    return this.resolved(canonical, address);
  }

  /** The value with references to resources turned into lookups. */
  private resolved(value: Json, address: string): TerraformValue {
    let text = JSON.stringify(value);
    for (const [type, names] of Object.entries(asObject(this.json["resource"]))) {
      for (const name of Object.keys(asObject(names))) {
        const reference = new RegExp(`(?<![\\w.-])${type}\\.${name}(?![\\w-])`, "g");
        if (!reference.test(text)) continue;
        text = text.replace(reference, `data.${type}.${name}`);
        this.lookUp(type, name, address);
      }
    }
    this.collectReferences(text);
    return JSON.parse(text) as TerraformValue;
  }

  private collectReferences(text: string): void {
    for (const [, type, name] of text.matchAll(/(?<![\w.-])data\.(\w+)\.([\w-]+)/g)) {
      const element = asObject(asObject(this.json["data"])[type!])[name!];
      if (element === undefined || this.data[type!]?.[name!] !== undefined) continue;
      const group = (this.data[type!] ??= {});
      group[name!] = null;
      group[name!] = this.kept(asObject(element), `data.${type}.${name}`);
    }
    for (const [section, found] of [
      ["variable", this.variable],
      ["locals", this.locals],
    ] as const) {
      const prefix = section === "variable" ? "var" : "local";
      for (const [, name] of text.matchAll(new RegExp(`(?<![\\w.-])${prefix}\\.([\\w-]+)`, "g"))) {
        const value = asObject(this.json[section])[name!];
        if (value === undefined || name! in found) continue;
        found[name!] = null;
        found[name!] = this.resolved(withoutComments(value), `${prefix}.${name}`);
      }
    }
  }

  private lookUp(type: string, name: string, address: string): void {
    const resource = asObject(asObject(asObject(this.json["resource"])[type])[name]);
    const keys = lookups[type];
    if (!keys) {
      throw new ValidationError(
        this.stack,
        `${address} is configured from ${type}.${name}, which is gone when the stack is emptied to destroy it; look it up by a data source`,
      );
    }
    const group = (this.data[type] ??= {});
    if (group[name] !== undefined) return;
    const query = [...keys, "provider"].filter((key) => (resource[key] ?? null) !== null);
    group[name] = null;
    group[name] = this.resolved(Object.fromEntries(query.map((key) => [key, resource[key]!])), address);
  }
}

function withoutComments(value: Json): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "//"));
}
