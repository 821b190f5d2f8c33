import { type Checks } from "./checks";
import {
  type AttributeSchema,
  type BlockSchema,
  type NestedSchema,
  type ResourceSchema,
} from "./type-schema";

/**
 * What bindings do not say of a type, as facts about the real provider. Members are named by their
 * path without indices: `vpc_config.subnet_ids`.
 */
export interface TypeOverlay {
  /** Version of the state's form. @default 0 */
  readonly version?: number;
  /** Arguments and blocks that are computed where the configuration is silent. @default none */
  readonly computed?: readonly string[];
  /** Arguments that replace the resource, and blocks whose number does. @default none */
  readonly forceNew?: readonly string[];
  /** Values planned where the configuration is silent. @default none */
  readonly defaults?: { readonly [path: string]: string | number | boolean };
  /** Limits of a block's number: [min, max], where 0 as max means unlimited. @default as in the bindings */
  readonly items?: { readonly [path: string]: readonly [min: number, max: number] };
  /** Arguments that became optional, or required, in newer releases. @default none */
  readonly optional?: readonly string[];
  /** @default none */
  readonly required?: readonly string[];
  /** Numbers that must be whole. @default none */
  readonly integers?: readonly string[];
  /** @default none */
  readonly sensitive?: readonly string[];
  /** @default none */
  readonly deprecated?: readonly string[];
  /** Lists that newer releases treat as sets. @default none */
  readonly sets?: readonly string[];
  /** Members newer than the bindings; those inside an added block stand in the block. @default none */
  readonly added?: { readonly [path: string]: AttributeSchema | NestedSchema };
  /** Members the provider no longer has. @default none */
  readonly removed?: readonly string[];
  /** Release that introduced a member the bindings have too. @default as old as its parent */
  readonly since?: { readonly [path: string]: string };
  /** What the provider checks at plan time. @default none */
  readonly checks?: Checks;
}

/** The overlay of one provider, by Terraform type. */
export interface ProviderOverlay {
  readonly resources: { readonly [type: string]: TypeOverlay };
  readonly dataSources: { readonly [type: string]: TypeOverlay };
  readonly provider: TypeOverlay;
}

/** Merges the facts into what the bindings say. @throws Error when a fact names a member that does not exist */
export function applyOverlay(type: string, block: BlockSchema, overlay: TypeOverlay): ResourceSchema {
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
  change(overlay.integers, { integer: true });
  change(overlay.sensitive, { sensitive: true });
  change(overlay.deprecated, { deprecated: true });
  change(overlay.optional, { required: false, optional: true });
  change(overlay.required, { required: true, optional: false });
  change(overlay.sets, { nesting: "set" });
  for (const [path, value] of Object.entries(overlay.defaults ?? {})) change([path], { default: value });
  for (const [path, [minItems, maxItems]] of Object.entries(overlay.items ?? {}))
    change([path], { minItems, maxItems });
  for (const [path, since] of Object.entries(overlay.since ?? {})) change([path], { since });
  return { version: overlay.version ?? 0, block: tree, overlaid: true, checks: overlay.checks ?? {} };
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
    if (!nested) throw new Error(`${type}: the overlay names ${path}, but there is no block ${step}`);
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
