import { type Construct } from "constructs";
import { BlueprintStack } from "../app/blueprint-stack";
import { type ProviderName } from "../app/provider-versions";

/** An entry of `synthesizeHclAttributes()`: a value and what it is in HCL. */
export interface HclAttribute {
  readonly value: unknown;
  readonly isBlock: boolean;
  readonly type: "simple" | "list";
  readonly storageClassType: string;
}

/** An argument that the installed binding lacks, as its `synthesizeHclAttributes()` would have it. */
export function hclArgument(value: unknown, storageClassType: "string" | "number" | "boolean"): HclAttribute {
  return { value, isBlock: false, type: "simple", storageClassType };
}

/** A block, at most one, that the installed binding lacks. */
export function hclBlock(
  value: Readonly<Record<string, HclAttribute>>,
  storageClassType: string,
): HclAttribute {
  return { value: [value], isBlock: true, type: "list", storageClassType };
}

/** Adds members to a block in the JSON form, if the binding writes that block at all. */
export function extendBlock(
  attributes: Record<string, unknown>,
  name: string,
  members: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const block = attributes[name];
  return block === undefined ? attributes : { ...attributes, [name]: { ...(block as object), ...members } };
}

/** Adds members to a block in the HCL fragments, if the binding writes that block at all. */
export function extendHclBlock(
  attributes: Record<string, unknown>,
  name: string,
  members: Readonly<Record<string, HclAttribute>>,
): Record<string, unknown> {
  const block = attributes[name] as HclAttribute | undefined;
  if (block === undefined) return attributes;
  return { ...attributes, [name]: { ...block, value: { ...(block.value as object), ...members } } };
}

/**
 * Requires a provider version of the construct's stack.
 *
 * @throws ValidationError if the construct is in no `BlueprintStack`
 */
export function requireProvider(construct: Construct, provider: ProviderName, version: string): void {
  BlueprintStack.of(construct).requireProvider(provider, version);
}
