import {
  type BlockSchema,
  type CtyType,
  isList,
  isObject,
  type NestedSchema,
  type ObjectValue,
  type Settings,
  unknown,
  type Value,
} from "@cluster-ipam/terraform-provider";
import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type Fingerprint } from "./fingerprint";

/**
 * Value of a member that the cloud computes: text with `{name}` for another member of the resource, `{account}`,
 * `{region}`, `{partition}`, `{project}` or `{zone}` for its location, and `{hex:17}` or `{digits:12}` for
 * identifiers; `{cluster:name}` is the last segment of a path. Lists and objects may contain templates.
 */
export type Template =
  string | number | boolean | Literal | readonly Template[] | { readonly [member: string]: Template };

/** Text in which braces have no meaning. */
export class Literal {
  constructor(readonly text: string) {}
}

/** Templates of a type's members, by name. */
export type Templates = { readonly [member: string]: Template };

/** Provider settings and the seed of identifiers. */
export interface TemplateContext {
  readonly settings: Settings;
  readonly fingerprint: Fingerprint;
}

/**
 * Resolves every unknown member: from its template (`name`, or `block.name` inside blocks), otherwise to the
 * empty value of its type.
 */
export function fill(
  block: BlockSchema,
  planned: ObjectValue,
  templates: Templates,
  caller: TemplateContext,
): ObjectValue {
  return new Filling(block, planned, templates, caller).state;
}

class Filling {
  readonly state: ObjectValue;
  private readonly resolving = new Set<string>();

  constructor(
    private readonly block: BlockSchema,
    planned: ObjectValue,
    private readonly templates: Templates,
    private readonly caller: TemplateContext,
  ) {
    this.state = { ...planned };
    for (const [name, nested] of Object.entries(block.blocks))
      this.state[name] = this.nested(nested, name, planned[name] ?? null);
    for (const name of Object.keys(block.attributes)) this.member(name);
  }

  /** Members may refer to each other in any order. */
  private member(name: string): Value {
    const value: Value = this.state[name] ?? null;
    if (value !== unknown || this.resolving.has(name)) return value;
    this.resolving.add(name);
    return (this.state[name] = this.given(name, this.block.attributes[name]!.type));
  }

  private given(path: string, type: CtyType): Value {
    const template = this.templates[path];
    return template === undefined ? emptyOf(type) : this.render(template, path);
  }

  private nested(nested: NestedSchema, path: string, value: Value): Value {
    const template = this.templates[path];
    if (value === unknown && template !== undefined) return this.render(template, path);
    if (value === unknown) return nested.nesting === "single" ? null : [];
    return isList(value)
      ? value.map((item) => this.element(nested.block, path, item))
      : this.element(nested.block, path, value);
  }

  private element(block: BlockSchema, path: string, value: Value): Value {
    if (!isObject(value)) return value;
    const filled: ObjectValue = {};
    for (const [name, { type }] of Object.entries(block.attributes)) {
      const known: Value = value[name] ?? null;
      filled[name] = known === unknown ? this.given(`${path}.${name}`, type) : known;
    }
    for (const [name, nested] of Object.entries(block.blocks))
      filled[name] = this.nested(nested, `${path}.${name}`, value[name] ?? null);
    return filled;
  }

  private render(template: Template, purpose: string): Value {
    if (typeof template === "string") return this.expand(template, purpose);
    if (template instanceof Literal) return template.text;
    if (typeof template !== "object") return template;
    if (isTemplates(template)) return template.map((item, i) => this.render(item, `${purpose}.${i}`));
    return Object.fromEntries(
      Object.entries(template).map(([key, item]) => [
        key,
        this.render(item as Template, `${purpose}.${key}`),
      ]),
    );
  }

  private expand(text: string, purpose: string): Value {
    const alone = /^\{([a-z_]+)\}$/.exec(text)?.[1];
    if (alone && this.block.attributes[alone] && !this.resolving.has(alone)) return this.member(alone);
    return text.replace(/\{([a-z_.]+)(?::(\d+|name))?\}/g, (_, name: string, form?: string) => {
      const { fingerprint } = this.caller;
      if (name === "hex") return fingerprint.hex(Number(form), purpose);
      if (name === "digits") return fingerprint.digits(Number(form), purpose);
      const found = textOf(this.lookup(name));
      return form === "name" ? found.slice(found.lastIndexOf("/") + 1) : found;
    });
  }

  private lookup(name: string): Value {
    const { settings } = this.caller;
    const own = (member: string, fallback: Value) =>
      this.block.attributes[member] ? textOf(this.member(member)) || fallback : fallback;
    if (name === "region") return own("region", settings.region);
    if (name === "project") return own("project", settings.owner);
    if (name === "account") return settings.owner;
    if (name === "zone") return settings.zone;
    if (name === "partition") return awsPartition(textOf(own("region", settings.region)));
    return this.block.attributes[name] ? this.member(name) : firstIn(this.state, name);
  }
}

const isTemplates = (template: Template): template is readonly Template[] => Array.isArray(template);

const textOf = (value: Value): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** `metadata.name`: a member of a block's first element. */
function firstIn(state: ObjectValue, path: string): Value {
  return path.split(".").reduce<Value>((value, step) => {
    const element: Value = isList(value) ? (value[0] ?? null) : value;
    return isObject(element) ? (element[step] ?? null) : null;
  }, state);
}

function emptyOf(type: CtyType): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (type === "dynamic" || type[0] === "object" || type[0] === "tuple") return null;
  return type[0] === "map" ? {} : [];
}
