import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compileFunction } from "node:vm";
import { type CtyType } from "../value/value";
import {
  type AttributeSchema,
  type BlockSchema,
  type NestedSchema,
  type Nesting,
} from "../schema/type-schema";
import {
  anything,
  AttributeMember,
  cdktfStub,
  ComplexList,
  ComplexObject,
  type HclAttributes,
  NestedMember,
} from "./cdktf-stub";

/** A provider whose prebuilt bindings are installed. */
export type ProviderName = "aws" | "google" | "kubernetes";

/** The providers that can be served. */
export const providerNames: readonly ProviderName[] = ["aws", "google", "kubernetes"];

/** Folder and version of a provider's installed bindings. */
export interface Bindings {
  readonly folder: string;
  readonly version: string;
}

type Instance = Record<string, unknown>;
type Class = { new (scope: object, id: string, config: object): Instance; tfResourceType?: string };
type Exports = Record<string, unknown>;

/** Finds the installed `@cdktf/provider-<name>`. @throws Error when it is not installed */
export function installedBindings(name: ProviderName): Bindings {
  const manifest = require.resolve(`@cdktf/provider-${name}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return { folder: dirname(manifest), version };
}

/** The arguments of a provider's own configuration, read from its bindings. */
export function readProviderBlock(bindings: Bindings, name: ProviderName): BlockSchema {
  const block = describeModule(join(bindings.folder, "lib", "provider"), name)!;
  // Terraform does not send the alias to providers.
  const settings = Object.entries(block.attributes).filter(([attribute]) => attribute !== "alias");
  return { ...block, attributes: Object.fromEntries(settings) };
}

/**
 * The members of a resource type or data source, read from its bindings: names, types, nesting,
 * required, optional or computed only. The overlay adds what bindings lack (ForceNew, defaults, limits).
 *
 * @returns undefined when the bindings lack the type
 */
export function readType(
  bindings: Bindings,
  provider: ProviderName,
  kind: "resource" | "data",
  type: string,
): BlockSchema | undefined {
  const slug = type.slice(provider.length + 1).replaceAll("_", "-");
  const folder = kind === "data" ? `data-${provider}-${slug}` : slug;
  return describeModule(join(bindings.folder, "lib", folder), type);
}

function describeModule(folder: string, tfResourceType: string): BlockSchema | undefined {
  const file = join(folder, "index.js");
  if (!existsSync(file)) return undefined;
  const binding = Object.values(load(file, new Map())).find(
    (value): value is Class =>
      typeof value === "function" && (value as Class).tfResourceType === tfResourceType,
  );
  if (!binding) return undefined;
  const everything = new Proxy({}, { get: () => anything });
  const synthesize = (binding.prototype as { synthesizeHclAttributes(): HclAttributes })
    .synthesizeHclAttributes;
  return describe(new binding({}, "id", {}), synthesize.call(everything));
}

/** Loads a binding and the files it requires, with the stub in place of cdktf. */
function load(file: string, loaded: Map<string, Exports>): Exports {
  const known = loaded.get(file);
  if (known) return known;
  const module = { exports: {} as Exports };
  loaded.set(file, module.exports);
  const resolve = (request: string): object => {
    if (request === "cdktf") return cdktfStub;
    const path = join(dirname(file), request);
    return load(existsSync(`${path}.js`) ? `${path}.js` : join(path, "index.js"), loaded);
  };
  const source = readFileSync(file, "utf8").replace(/\n\/\/# sourceMappingURL=.*$/s, "");
  compileFunction(source, ["exports", "require", "module"], { filename: file })(
    module.exports,
    resolve,
    module,
  );
  return module.exports;
}

function describe(instance: Instance | undefined, hcl: HclAttributes): BlockSchema {
  const attributes: Record<string, AttributeSchema> = {};
  const blocks: Record<string, NestedSchema> = {};
  const nestedByName = new Map(
    Object.values(instance ?? {})
      .filter((value) => value instanceof ComplexObject || value instanceof ComplexList)
      .map((value) => [value.attributeName, value]),
  );

  for (const [name, { value, isBlock, type }] of Object.entries(hcl)) {
    const settable = isRequired(instance, name) ? { required: true } : { optional: true };
    const nested = nestedByName.get(name);
    if (value instanceof AttributeMember || !isBlock) {
      attributes[name] = { type: settableType(value, type), ...settable };
      continue;
    }
    const block = describe(
      nested && elementOf(nested),
      value instanceof NestedMember ? value.attributes : value,
    );
    const nesting = type === "struct" ? "single" : (type as Nesting);
    if (value instanceof NestedMember && !value.asBlock && nested) {
      attributes[name] = { type: [nesting as "list" | "set", objectType(block)], ...settable };
      continue;
    }
    blocks[name] = {
      nesting,
      block,
      ...(settable.required && nesting !== "single" ? { minItems: 1 } : {}),
      ...(nested instanceof ComplexObject && nested.index !== undefined ? { maxItems: 1 } : {}),
    };
  }

  for (const getter of instance ? computedGetters(instance) : []) {
    const [name, type] = computedMember(instance![getter]);
    if (name && !attributes[name] && !blocks[name]) attributes[name] = { type, computed: true };
  }
  return { attributes, blocks };
}

/** Getters of computed-only members: settable ones have a matching `…Input` getter. */
function computedGetters(instance: Instance): readonly string[] {
  const descriptors = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(instance) as object);
  const names = Object.keys(descriptors).filter((name) => descriptors[name]!.get && name !== "internalValue");
  const inputs = new Set(names.filter((name) => name.endsWith("Input")));
  return names.filter((name) => !inputs.has(name) && !inputs.has(`${name}Input`));
}

/**
 * An optional argument has a reset method; the names differ only in case and underscores. Blocks of a
 * provider configuration have no such object; their arguments count as optional.
 */
function isRequired(instance: Instance | undefined, name: string): boolean {
  if (!instance) return false;
  const wanted = `reset${name.replaceAll("_", "")}`.toLowerCase();
  return !Object.getOwnPropertyNames(Object.getPrototypeOf(instance) as object).some(
    (method) => method.toLowerCase() === wanted,
  );
}

const elementOf = (nested: ComplexObject | ComplexList): Instance =>
  nested instanceof ComplexObject
    ? (nested as unknown as Instance)
    : (nested as unknown as { get(index: number): Instance }).get(0);

function settableType(member: unknown, hclType: string): CtyType {
  if (!(member instanceof AttributeMember)) throw new TypeError(`nested ${hclType} without a type`);
  return hclType === "set" && Array.isArray(member.type) ? ["set", member.type[1] as CtyType] : member.type;
}

function computedMember(value: unknown): [name: string | undefined, type: CtyType] {
  if (value instanceof ComplexObject || value instanceof ComplexList) {
    const type = objectType(describe(elementOf(value), {}));
    if (value instanceof ComplexObject && value.index === undefined) return [value.attributeName, type];
    return [value.attributeName, [value.fromSet ? "set" : "list", type]];
  }
  return value instanceof AttributeMember ? [value.attributeName, value.type] : [undefined, "dynamic"];
}

const objectType = (block: BlockSchema): CtyType => [
  "object",
  Object.fromEntries([
    ...Object.entries(block.attributes).map(([name, { type }]) => [name, type] as const),
    ...Object.entries(block.blocks).map(
      ([name, { nesting, block: inner }]) =>
        [name, nesting === "single" ? objectType(inner) : ([nesting, objectType(inner)] as CtyType)] as const,
    ),
  ]),
];
