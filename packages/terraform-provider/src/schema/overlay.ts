import { type Checks } from "./checks";
import {
  type AttributeSchema,
  type BlockSchema,
  type NestedSchema,
  type ResourceSchema,
} from "./type-schema";

/**
 * Facts about a type of the real provider that bindings lack. Members are named by their path without
 * indices: `vpc_config.subnet_ids`.
 */
export interface TypeOverlay {
  /** Schema version of the state. @default 0 */
  readonly version?: number;
  /** Names of the upgrades of a state, by the version that each upgrades from. @default none */
  readonly upgrades?: { readonly [version: string]: string };
  /** Implemented on Terraform's plugin framework: null, zero and empty are three things. @default Terraform's SDK v2 */
  readonly framework?: boolean;
  /** Rules for differences that the provider ignores, by name. @default none */
  readonly suppress?: { readonly [path: string]: string };
  /** Rules that turn a configured value into the planned one, by name. @default none */
  readonly normalize?: { readonly [path: string]: string };
  /** The members that tell one block of a set from another. @default all of them */
  readonly setKeys?: { readonly [path: string]: readonly string[] };
  /** Plugin framework: computed members that stay known when something else changes. @default none */
  readonly keepsState?: readonly string[];
  /** Arguments and blocks that are computed when the configuration does not set them. @default none */
  readonly computed?: readonly string[];
  /** Arguments whose change forces replacement, and blocks whose number does. @default none */
  readonly forceNew?: readonly string[];
  /** Values planned when the configuration does not set them. @default none */
  readonly defaults?: { readonly [path: string]: string | number | boolean };
  /** Number of blocks: [min, max]; a max of 0 means unlimited. @default as in the bindings */
  readonly items?: { readonly [path: string]: readonly [min: number, max: number] };
  /** Arguments that became optional, or required, in newer releases. @default none */
  readonly optional?: readonly string[];
  /** @default none */
  readonly required?: readonly string[];
  /** Numbers that may be fractional, in a provider whose numbers are otherwise whole. @default none */
  readonly fractional?: readonly string[];
  /** @default none */
  readonly sensitive?: readonly string[];
  /** @default none */
  readonly writeOnly?: readonly string[];
  /** @default none */
  readonly deprecated?: readonly string[];
  /** Lists that newer releases treat as sets. @default none */
  readonly sets?: readonly string[];
  /** Members newer than the bindings. Members of an added block are declared in that block. @default none */
  readonly added?: { readonly [path: string]: AttributeSchema | NestedSchema };
  /** Members the provider no longer has. @default none */
  readonly removed?: readonly string[];
  /** What the provider checks at plan time. @default none */
  readonly checks?: Checks;
}

/** The overlay of one provider, by Terraform type. */
export interface ProviderOverlay {
  /** Whether numbers are whole unless the overlay says otherwise. */
  readonly wholeNumbers: boolean;
  readonly resources: { readonly [type: string]: TypeOverlay };
  readonly dataSources: { readonly [type: string]: TypeOverlay };
  readonly provider: TypeOverlay;
}

/** Merges the overlay into the schema from the bindings. @throws Error when a fact names a member that does not exist */
export function applyOverlay(
  type: string,
  block: BlockSchema,
  overlay: TypeOverlay,
  wholeNumbers: boolean,
): ResourceSchema {
  const tree = structuredClone(block) as Tree;
  for (const path of overlay.removed ?? []) {
    const [parent, name] = locate(type, tree, path);
    delete parent.attributes[name];
    delete parent.blocks[name];
  }
  for (const [path, member] of Object.entries(overlay.added ?? {})) {
    const [parent, name] = locate(type, tree, path);
    if ("nesting" in member) parent.blocks[name] = structuredClone(member) as Tree["blocks"][string];
    else parent.attributes[name] = structuredClone(member);
  }
  const change = (paths: readonly string[] | undefined, facts: object) => {
    for (const path of paths ?? []) Object.assign(member(type, tree, path), facts);
  };
  change(overlay.computed, { computed: true });
  change(overlay.forceNew, { forceNew: true });
  if (wholeNumbers) markWhole(tree);
  change(overlay.fractional, { integer: false });
  change(overlay.writeOnly, { writeOnly: true });
  change(overlay.sensitive, { sensitive: true });
  change(overlay.deprecated, { deprecated: true });
  change(overlay.optional, { required: false, optional: true });
  change(overlay.required, { required: true, optional: false });
  change(overlay.sets, { nesting: "set" });
  change(overlay.keepsState, { keepsState: true });
  for (const [path, value] of Object.entries(overlay.defaults ?? {})) change([path], { default: value });
  for (const [path, rule] of Object.entries(overlay.suppress ?? {})) change([path], { suppress: rule });
  for (const [path, key] of Object.entries(overlay.setKeys ?? {})) change([path], { key });
  for (const [path, rule] of Object.entries(overlay.normalize ?? {})) change([path], { normalize: rule });
  for (const [path, [minItems, maxItems]] of Object.entries(overlay.items ?? {}))
    change([path], { minItems, maxItems });
  return {
    version: overlay.version ?? 0,
    block: tree,
    overlaid: true,
    checks: overlay.checks ?? {},
    ...(overlay.framework && { framework: true }),
    ...(overlay.upgrades && { upgrades: overlay.upgrades }),
  };
}

function markWhole(tree: Tree): void {
  for (const [name, attribute] of Object.entries(tree.attributes))
    if (attribute.type === "number") tree.attributes[name] = { ...attribute, integer: true };
  for (const { block } of Object.values(tree.blocks)) markWhole(block);
}

interface Tree {
  attributes: Record<string, AttributeSchema>;
  blocks: Record<string, Omit<NestedSchema, "block"> & { block: Tree }>;
}

function locate(type: string, tree: Tree, path: string): [parent: Tree, name: string] {
  const steps = path.split(".");
  let parent = tree;
  for (const step of steps.slice(0, -1)) {
    const nested = parent.blocks[step];
    if (!nested)
      throw new Error(`${type}: the overlay names ${path}, but the bindings have no block ${step}`);
    parent = nested.block;
  }
  return [parent, steps.at(-1)!];
}

function member(type: string, tree: Tree, path: string): object {
  const [parent, name] = locate(type, tree, path);
  const found = parent.attributes[name] ?? parent.blocks[name];
  if (!found) throw new Error(`${type}: the overlay names ${path}, which the bindings do not have`);
  return found;
}

/** Splits paths separated by spaces and line breaks. */
export const paths = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The same fact about several members: `each("a b", 1)` is `{ a: 1, b: 1 }`. */
export function each<Fact>(text: string, fact: Fact): { readonly [path: string]: Fact } {
  return Object.fromEntries(paths(text).map((path) => [path, fact]));
}

/** The same facts about a block nested at `prefix`. */
export function under(prefix: string, overlay: TypeOverlay): TypeOverlay {
  const at = (path: string) => `${prefix}.${path}`;
  const below = (facts: Readonly<Record<string, unknown>>, move: (key: string, value: unknown) => unknown) =>
    Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, move(key, value)]));
  const keys = (map: object) =>
    Object.fromEntries(Object.entries(map).map(([path, value]) => [at(path), value as unknown]));
  const moved = (value: unknown): unknown => {
    if (typeof value === "string") return at(value);
    return Array.isArray(value) ? value.map(moved) : keys(value as object);
  };
  const related = (map: object) =>
    Object.fromEntries(Object.entries(map).map(([path, others]) => [at(path), moved(others)]));
  const { checks, ...rest } = overlay;
  return {
    ...below(rest, (_key, value) => moved(value)),
    ...(checks && {
      checks: below(checks as Readonly<Record<string, unknown>>, (key, value) =>
        key === "conflicts" || key === "requiredWith" ? related(value as object) : moved(value),
      ),
    }),
  };
}

/** Merges overlays of one type that cover disjoint members. */
export function combine(...overlays: readonly TypeOverlay[]): TypeOverlay {
  return overlays.reduce<object>(join, {});
}

function join(a: object, b: object): object {
  const joined: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = joined[key];
    if (before === undefined) joined[key] = value;
    else if (Array.isArray(before)) joined[key] = [...(before as unknown[]), ...(value as unknown[])];
    else joined[key] = join(before as object, value as object);
  }
  return joined;
}
