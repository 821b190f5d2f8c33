/** Arguments of a resource, as a binding hands them to cdktf: names in Terraform's spelling. */
export type Arguments = Record<string, unknown>;

/** A value as bindings describe it for HCL: cdktf needs to be told what is a block. */
interface HclArgument {
  readonly value: unknown;
  readonly isBlock: boolean;
  readonly type: "simple" | "list";
  readonly storageClassType: string;
}

/** A string, number or boolean that an extension adds, described for HCL. */
export function hclArgument(value: string | number | boolean): HclArgument {
  return { value, isBlock: false, type: "simple", storageClassType: typeof value };
}

/** A block that occurs once and that an extension adds, described for HCL. */
export function hclBlock(values: Readonly<Record<string, string | number | boolean>>): HclArgument {
  const described = Object.entries(values).map(([name, value]) => [name, hclArgument(value)]);
  return {
    value: [Object.fromEntries(described)],
    isBlock: true,
    type: "list",
    storageClassType: "objectList",
  };
}

/** Adds an argument to a block that occurs at most once, in the JSON form. */
export function addToBlock(
  attributes: Arguments,
  block: string,
  argument: string,
  value: unknown,
): Arguments {
  return { ...attributes, [block]: { ...(attributes[block] as Arguments | undefined), [argument]: value } };
}

/** Adds an argument to a block that occurs at most once, in the description for HCL. */
export function addToHclBlock(
  attributes: Arguments,
  block: string,
  argument: string,
  value: unknown,
): Arguments {
  const described = attributes[block] as HclArgument | undefined;
  const inner = { ...(described?.value as Arguments | undefined), [argument]: value };
  const kind = { isBlock: true, type: "list", storageClassType: "objectList" } as const;
  return { ...attributes, [block]: { ...kind, ...described, value: inner } };
}

/** The values that are set, under Terraform's names: a binding writes no argument that is not given. */
export function given<T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
    string,
    T
  >;
}
