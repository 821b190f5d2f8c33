import { type Block, type Argument, type Body } from "./block";
import { renderReference, type StringMeaning } from "./template";
import { type Json, renderAssigned } from "./value";

/** Values of the JSON form, by argument. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * A binding's HCL arguments, by name: entries `{ value, isBlock, … }`, or plain values if the binding has no blocks.
 * They give only the shape; values come from the JSON form.
 */
export type Fragments = Readonly<Record<string, unknown>>;

/** What the renderer knows about a block's arguments. */
export interface ArgumentContext {
  readonly fragments: Fragments;
  /** Arguments changed by `addOverride`: their fragments are plain values without a shape. */
  readonly overridden?: ReadonlySet<string>;
  /** Arguments that bindings call blocks but Terraform treats as attributes, so that `[]` means "none". */
  readonly attributes?: readonly string[];
  /** The values are in the form of `canonicalArguments`, which needs no fragments. @default false */
  readonly canonical?: boolean;
  /** Called for an argument that could be a block or a map. @param path dotted path of the argument */
  readonly ambiguous: (path: string) => never;
}

/** Renders the arguments and blocks set by bindings and overrides. The caller renders meta-arguments. */
export function renderSettings(json: JsonObject, context: ArgumentContext, path = ""): Body {
  const args: Argument[] = [];
  const blocks: Block[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (value === null || name === "//") continue;
    if (name === "dynamic") {
      blocks.push(...renderDynamic(value, context, path));
    } else if (isBlock(name, value, context, path)) {
      for (const [index, item] of asList(value).entries()) {
        const inner = {
          ...context,
          fragments: nested(context.fragments[name], index),
          overridden: undefined,
        };
        blocks.push({
          type: name,
          labels: [],
          body: renderSettings(asObject(item), inner, `${path}${name}.`),
        });
      }
    } else {
      args.push(argument(name, value));
    }
  }
  return { arguments: args, blocks };
}

/** An argument whose value is an expression. */
export function argument(name: string, value: Json, meaning: StringMeaning = "template"): Argument {
  return { name, render: (indent) => renderAssigned(value, indent, meaning) };
}

/** An argument whose value is a name or a list of names. */
export function reference(name: string, value: Json): Argument {
  if (!Array.isArray(value)) return { name, render: () => renderReference(String(value)) };
  const names = value.map((item) => renderReference(String(item)));
  const line = `[${names.join(", ")}]`;
  if (line.length <= 100) return { name, render: () => line };
  return {
    name,
    render: (indent) => ["[", ...names.map((item) => `${indent}  ${item},`), `${indent}]`].join("\n"),
  };
}

/** The items of a block argument. Terraform's JSON form allows one object instead of a list of one. */
export function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

/** The value as an object; any other kind of value becomes an empty object. */
export function asObject(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/**
 * Whether an argument is a block.
 *
 * @param path dotted path of the argument's parent, for errors
 */
export function isBlock(name: string, value: Json, context: ArgumentContext, path: string): boolean {
  if (context.canonical) return Array.isArray(value) && value.some(holdsObjects);
  const fragment = context.fragments[name];
  const marked = blockMark(fragment);
  if (marked === undefined) {
    const plain = fragment !== undefined && !context.overridden?.has(name);
    if (plain || !holdsObjects(value)) return false;
    return context.ambiguous(`${path}${name}`);
  }
  if (!marked || typeof value === "string" || context.attributes?.includes(`${path}${name}`)) return false;
  // Bindings call nested attributes blocks too, but write null for unset members only in attributes.
  return asList(value).every((item) => holdsObjects(item) && !Object.values(asObject(item)).includes(null));
}

/** Provider bindings spell it `is_block`, because cdktf turns all their keys into snake case. */
function blockMark(fragment: unknown): boolean | undefined {
  if (typeof fragment !== "object" || fragment === null) return undefined;
  const { isBlock, is_block } = fragment as { isBlock?: unknown; is_block?: unknown };
  const mark = isBlock ?? is_block;
  return typeof mark === "boolean" ? mark : undefined;
}

function holdsObjects(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.some(holdsObjects) : true;
}

/** The fragments inside a block. */
export function nested(fragment: unknown, index: number): Fragments {
  const { value } = (fragment ?? {}) as { value?: unknown };
  const item: unknown = Array.isArray(value) ? value[index] : value;
  return typeof item === "object" && item !== null ? (item as Fragments) : {};
}

function renderDynamic(value: Json, context: ArgumentContext, path: string): Block[] {
  return Object.entries(asObject(value)).map(([label, block]) => {
    const { for_each, iterator, labels, content } = asObject(block);
    const inner = { ...context, fragments: {}, overridden: undefined };
    const args = [argument("for_each", for_each ?? null)];
    if (iterator !== undefined) args.push(reference("iterator", iterator));
    if (labels !== undefined) args.push(argument("labels", labels));
    const body = renderSettings(asObject(content), inner, `${path}dynamic.${label}.`);
    return {
      type: "dynamic",
      labels: [label],
      body: { arguments: args, blocks: [{ type: "content", labels: [], body }] },
    };
  });
}
