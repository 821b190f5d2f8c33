/** An entry of `synthesizeHclAttributes()`: a value and how HCL renders it. */
export interface HclAttribute {
  readonly value: unknown;
  readonly isBlock: boolean;
  readonly type: "simple" | "list";
  readonly storageClassType: string;
}

/** An argument that the installed binding lacks, in the form of its `synthesizeHclAttributes()`. */
export function hclArgument(value: unknown, storageClassType: "string" | "number" | "boolean"): HclAttribute {
  return { value, isBlock: false, type: "simple", storageClassType };
}

/** A block (at most one) that the installed binding lacks. */
export function hclBlock(
  value: Readonly<Record<string, HclAttribute>>,
  storageClassType: string,
): HclAttribute {
  return { value: [value], isBlock: true, type: "list", storageClassType };
}

/** Adds members to a block in the JSON form. Without effect if the binding does not write the block. */
export function extendBlock(
  attributes: Record<string, unknown>,
  name: string,
  members: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const block = attributes[name];
  return block === undefined ? attributes : { ...attributes, [name]: { ...(block as object), ...members } };
}

/** Adds members to a block in the HCL fragments. Without effect if the binding does not write the block. */
export function extendHclBlock(
  attributes: Record<string, unknown>,
  name: string,
  members: Readonly<Record<string, HclAttribute>>,
): Record<string, unknown> {
  const block = attributes[name] as HclAttribute | undefined;
  if (block === undefined) return attributes;
  return { ...attributes, [name]: { ...block, value: { ...(block.value as object), ...members } } };
}
