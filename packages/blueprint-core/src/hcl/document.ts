import {
  argument,
  type ArgumentContext,
  asList,
  asObject,
  type JsonObject,
  reference,
  renderSettings,
} from "./arguments";
import { type Argument, type Block, renderBlocks } from "./block";
import { conditions, dependsOn, plainBlock, renderElement } from "./meta-arguments";
import { renderReference } from "./template";
import { type Json, renderAssignments } from "./value";

/** Shapes of the arguments, by element. */
export interface Shapes {
  /** @param address `resource.<type>.<name>`, `data.<type>.<name>` or `provider.<name>.<index>` */
  of(address: string): ArgumentContext;
  /** Called for anything in the document that cannot be rendered as HCL. @param path dotted path */
  refuse(path: string): never;
}

/**
 * Renders a configuration in Terraform's JSON form as HCL, formatted as `terraform fmt` does.
 *
 * Sections are in reading order: settings, inputs, providers, locals, data, resources, modules, moves, imports,
 * removals, checks, outputs. Within a section, elements are in the order of the composition.
 */
export function renderDocument(json: JsonObject, shapes: Shapes): string {
  const known = Object.keys(sections);
  for (const name of Object.keys(json)) {
    if (name !== "//" && !known.includes(name)) shapes.refuse(name);
  }
  return renderBlocks(
    Object.entries(sections).flatMap(([name, render]) => {
      const value = json[name];
      return value === undefined || value === null ? [] : render(value, shapes);
    }),
  );
}

const sections: Readonly<Record<string, (value: Json, shapes: Shapes) => Block[]>> = {
  terraform: (value, shapes) => [terraform(asObject(value), shapes)],
  variable: (value) => entries(value).map(([name, item]) => variable(name, asObject(item))),
  provider: (value, shapes) =>
    entries(value).flatMap(([name, instances]) =>
      asList(instances).map((instance, index) => ({
        type: "provider",
        labels: [name],
        body: renderSettings(asObject(instance), shapes.of(`provider.${name}.${index}`)),
      })),
    ),
  locals: (value) => (entries(value).length === 0 ? [] : [plainBlock("locals", [], value)]),
  data: (value, shapes) => elements("data", value, shapes),
  resource: (value, shapes) => elements("resource", value, shapes),
  module: (value) => entries(value).map(([name, item]) => module(name, asObject(item))),
  moved: (value) => asList(value).map((item) => names("moved", asObject(item), ["from", "to"])),
  import: (value) => asList(value).map((item) => names("import", asObject(item), ["to", "provider"])),
  removed: (value) => asList(value).map((item) => removed(asObject(item))),
  check: (value, shapes) => entries(value).map(([name, item]) => check(name, asObject(item), shapes)),
  output: (value) => entries(value).map(([name, item]) => output(name, asObject(item))),
};

function terraform({ required_providers, backend, cloud, ...settings }: JsonObject, shapes: Shapes): Block {
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === "object" && value !== null) shapes.refuse(`terraform.${name}`);
  }
  const providers = literal("required_providers", [], asObject(required_providers));
  const backends = [
    ...entries(backend).map(([type, item]) => backendBlock("backend", [type], asObject(item))),
    ...(cloud === undefined || cloud === null ? [] : [backendBlock("cloud", [], asObject(cloud))]),
  ];
  return {
    type: "terraform",
    labels: [],
    body: {
      arguments: literal("terraform", [], settings).body.arguments,
      blocks: required_providers === undefined ? backends : [providers, ...backends],
    },
  };
}

/** Blocks of backends that cdktf's own classes write as objects, which would be maps: by backend. */
const backendBlocks: Readonly<Record<string, string>> = { cloud: "workspaces", remote: "workspaces" };

/** A backend. A list of objects is a block per object. */
function backendBlock(type: string, labels: readonly string[], value: JsonObject): Block {
  const known = backendBlocks[labels[0] ?? type];
  const isNested = (name: string, item: Json): boolean =>
    name === known || (Array.isArray(item) && item.some((each) => isObject(each)));
  const settings = entries(value).filter(([, item]) => item !== null);
  const nested = settings.filter(([name, item]) => isNested(name, item));
  const plain = settings.filter(([name, item]) => !isNested(name, item));
  return {
    type,
    labels,
    body: {
      arguments: literal(type, labels, Object.fromEntries(plain)).body.arguments,
      blocks: nested.flatMap(([name, item]) =>
        asList(item).map((each) => backendBlock(name, [], asObject(each))),
      ),
    },
  };
}

function isObject(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A block whose strings Terraform does not evaluate. */
function literal(type: string, labels: readonly string[], value: JsonObject): Block {
  const args = Object.entries(value).filter(([, setting]) => setting !== null);
  return {
    type,
    labels,
    body: { arguments: args.map(([name, setting]) => argument(name, setting, "literal")) },
  };
}

function elements(type: "resource" | "data", value: Json, shapes: Shapes): Block[] {
  return entries(value).flatMap(([kind, instances]) =>
    entries(instances).map(([name, item]) => ({
      type,
      labels: [kind, name],
      body: renderElement(asObject(item), shapes.of(`${type}.${kind}.${name}`)),
    })),
  );
}

function variable(name: string, { type, validation, ...settings }: JsonObject): Block {
  const { body } = literal("variable", [name], settings);
  const typed = type === undefined || type === null ? [] : [reference("type", type)];
  return {
    type: "variable",
    labels: [name],
    body: { arguments: [...typed, ...body.arguments], blocks: conditions("validation", validation) },
  };
}

function output(name: string, { description, precondition, depends_on, ...settings }: JsonObject): Block {
  const { body } = plainBlock("output", [name], settings);
  const described = description === undefined ? [] : [argument("description", description, "literal")];
  return {
    type: "output",
    labels: [name],
    body: {
      arguments: [...described, ...body.arguments],
      blocks: conditions("precondition", precondition),
      tail: dependsOn(depends_on),
    },
  };
}

function module(name: string, json: JsonObject): Block {
  const { source, version, providers, count, for_each, depends_on, ...inputs } = json;
  const meta = literal("module", [name], { source: source ?? null, version: version ?? null });
  const repeat = plainBlock("module", [name], { count: count ?? null, for_each: for_each ?? null });
  return {
    type: "module",
    labels: [name],
    body: {
      lead: [...meta.body.arguments, ...repeat.body.arguments, ...providerMap(providers)],
      arguments: plainBlock("module", [name], inputs).body.arguments,
      tail: dependsOn(depends_on),
    },
  };
}

/** Both sides of a module's `providers` are names: `aws.replica = aws.west`. */
function providerMap(value: Json | undefined): Argument[] {
  const assignments = entries(value).map(([name, item]) => ({ name, value: renderReference(String(item)) }));
  if (assignments.length === 0) return [];
  return [
    {
      name: "providers",
      render: (indent) => ["{", ...renderAssignments(assignments, `${indent}  `), `${indent}}`].join("\n"),
    },
  ];
}

/** A block whose arguments are partly addresses. */
function names(type: string, json: JsonObject, addresses: readonly string[]): Block {
  const args = Object.entries(json).filter(([, value]) => value !== null);
  return {
    type,
    labels: [],
    body: {
      arguments: args.map(([name, value]) =>
        addresses.includes(name) ? reference(name, value) : argument(name, value),
      ),
    },
  };
}

function removed({ lifecycle, ...addresses }: JsonObject): Block {
  const { type, labels, body } = names("removed", addresses, ["from"]);
  const blocks = lifecycle === undefined ? [] : [plainBlock("lifecycle", [], lifecycle)];
  return { type, labels, body: { ...body, blocks } };
}

/** A check has no arguments of its own, and at most one data source. */
function check(name: string, { data, assert }: JsonObject, shapes: Shapes): Block {
  return {
    type: "check",
    labels: [name],
    body: {
      arguments: [],
      blocks: [...elements("data", data ?? null, shapes), ...conditions("assert", assert)],
    },
  };
}

function entries(value: Json | undefined): [string, Json][] {
  return Object.entries(asObject(value));
}
