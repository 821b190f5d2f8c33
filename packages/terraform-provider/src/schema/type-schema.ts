import { type CtyType, isList, isObject, type ObjectValue } from "../value/value";
import { type Checks } from "./checks";

/** An argument or a computed member of a resource, data source or provider configuration. */
export interface AttributeSchema {
  readonly type: CtyType;
  /** @default false */
  readonly required?: boolean;
  /** @default false */
  readonly optional?: boolean;
  /** The provider or the cloud sets a value when the configuration has none. @default false */
  readonly computed?: boolean;
  /** @default false */
  readonly sensitive?: boolean;
  /** Sent to the provider but never stored in plan or state. @default false */
  readonly writeOnly?: boolean;
  /** @default false */
  readonly deprecated?: boolean;
  /** A change forces replacement. @default false */
  readonly forceNew?: boolean;
  /** Planned when the configuration has no value. @default none */
  readonly default?: string | number | boolean;
  /** Name of the rule for differences that are none (`planning/suppressions`). @default none */
  readonly suppress?: string;
  /** Name of the rule that turns a configured value into the planned one (`planning/normalizers`). @default none */
  readonly normalize?: string;
  /** Plugin framework: a computed value stays known when something else changes. @default false */
  readonly keepsState?: boolean;
  /** Only whole numbers. @default false */
  readonly integer?: boolean;
  /** First provider version that has it. @default as old as its parent */
  readonly since?: string;
}

/** How a block repeats. */
export type Nesting = "single" | "list" | "set";

/** A block inside a resource or another block. */
export interface NestedSchema {
  readonly nesting: Nesting;
  readonly block: BlockSchema;
  /** @default 0 */
  readonly minItems?: number;
  /** @default unlimited */
  readonly maxItems?: number;
  /** Without blocks in the configuration, the prior ones remain. @default false */
  readonly computed?: boolean;
  /** A change in the number of blocks forces replacement. @default false */
  readonly forceNew?: boolean;
  /** Name of the rule for differences inside that are none (`planning/suppressions`). @default none */
  readonly suppress?: string;
  /** The members that tell one block of a set from another. @default all */
  readonly key?: readonly string[];
  /** First provider version that has it. @default as old as its parent */
  readonly since?: string;
}

/** The arguments of a resource, data source, provider configuration or nested block. */
export interface BlockSchema {
  readonly attributes: { readonly [name: string]: AttributeSchema };
  readonly blocks: { readonly [name: string]: NestedSchema };
}

/** A provider's schema, by Terraform type. */
export interface ProviderSchema {
  readonly provider: ResourceSchema;
  readonly resources: { readonly [type: string]: ResourceSchema };
  readonly dataSources: { readonly [type: string]: ResourceSchema };
}

/** A resource type or data source. */
export interface ResourceSchema {
  /** Schema version of the real provider. */
  readonly version: number;
  readonly block: BlockSchema;
  /** Implemented on Terraform's plugin framework, and not on its SDK v2. @default false */
  readonly framework?: boolean;
  /** Names of the upgrades of a state, by the version that each upgrades from (`planning/state-upgrades`). @default none */
  readonly upgrades?: { readonly [version: string]: string };
  /** False when only the bindings are known: ForceNew, defaults and checks are missing. */
  readonly overlaid: boolean;
  readonly checks: Checks;
}

const types = new WeakMap<BlockSchema, CtyType>();

/** The object type of a block's value. */
export function typeOf(block: BlockSchema): CtyType {
  let type = types.get(block);
  if (!type) {
    const members: Record<string, CtyType> = {};
    for (const [name, attribute] of Object.entries(block.attributes)) members[name] = attribute.type;
    for (const [name, nested] of Object.entries(block.blocks)) {
      const inner = typeOf(nested.block);
      members[name] = nested.nesting === "single" ? inner : [nested.nesting, inner];
    }
    types.set(block, (type = ["object", members]));
  }
  return type;
}

/** A state with empty collections for the blocks that it does not have, as Terraform's SDK reads it. */
export function withEmptyBlocks(block: BlockSchema, value: ObjectValue): ObjectValue {
  const state = { ...value };
  for (const [name, { nesting, block: inner }] of Object.entries(block.blocks)) {
    const own = state[name] ?? null;
    if (nesting === "single") continue;
    if (own === null) state[name] = [];
    else if (isList(own))
      state[name] = own.map((item) => (isObject(item) ? withEmptyBlocks(inner, item) : item));
  }
  return state;
}
