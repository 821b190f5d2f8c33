import { type CtyType } from "../value/value";
import { type AttributeSchema, type BlockSchema, type ProviderSchema } from "../schema/type-schema";

/** The parts of `terraform providers schema -json` that are compared, for one provider. */
export interface PrintedProvider {
  readonly resource_schemas?: Readonly<Record<string, PrintedType>>;
  readonly data_source_schemas?: Readonly<Record<string, PrintedType>>;
}

/** A resource type or data source. */
export interface PrintedType {
  /** Schema version of its states. @default 0 */
  readonly version?: number;
  readonly block: PrintedBlock;
}

/** The arguments and blocks of a type or nested block. */
export interface PrintedBlock {
  readonly attributes?: Readonly<Record<string, PrintedAttribute>>;
  readonly block_types?: Readonly<Record<string, PrintedNesting>>;
}

/** An argument. */
export interface PrintedAttribute {
  readonly type?: CtyType;
  readonly nested_type?: {
    readonly nesting_mode: string;
    readonly attributes: Readonly<Record<string, PrintedAttribute>>;
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

/** How a block repeats. */
export interface PrintedNesting {
  readonly nesting_mode: string;
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block: PrintedBlock;
}

/** The types to compare. */
export interface ReferencedTypeNames {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

/** Differences between the sandbox's provider and the real one, one line each. */
export interface SchemaDifferences {
  /** Members that differ from, or do not exist in, the real provider: plans may differ. */
  readonly contradictions: readonly string[];
  /** Members that only the real provider has: the sandbox rejects them. */
  readonly missing: readonly string[];
}

/**
 * Compares the sandbox's schema of the given types with that of a real provider.
 *
 * @param real the provider's section of `terraform providers schema -json`
 */
export function schemaDifferences(
  ours: ProviderSchema,
  real: PrintedProvider,
  used: ReferencedTypeNames,
): SchemaDifferences {
  const lines = [
    ...used.resources.flatMap((type) =>
      typeLines(type, ours.resources[type]?.block, real.resource_schemas?.[type]?.block),
    ),
    ...used.resources.flatMap((type) =>
      versionLines(type, ours.resources[type]?.version, real.resource_schemas?.[type]),
    ),
    ...used.dataSources.flatMap((type) =>
      typeLines(`data.${type}`, ours.dataSources[type]?.block, real.data_source_schemas?.[type]?.block),
    ),
  ];
  const isMissing = (line: string) => line.endsWith(onlyReal);
  return {
    contradictions: lines.filter((line) => !isMissing(line)).sort(),
    missing: lines.filter(isMissing).sort(),
  };
}

const onlyReal = ": only the real provider has it";
const onlyHere = ": only the sandbox has it";

/** A state of another version than a provider's schema cannot be read, or is upgraded. */
function versionLines(
  type: string,
  ours: number | undefined,
  real: PrintedType | undefined,
): readonly string[] {
  if (ours === undefined || !real || ours === (real.version ?? 0)) return [];
  return [`${type}: schema version ${ours} in the sandbox, ${real.version ?? 0} in the real provider`];
}

function typeLines(
  path: string,
  ours: BlockSchema | undefined,
  real: PrintedBlock | undefined,
): readonly string[] {
  if (ours && real) return blockLines(path, ours, real);
  if (ours) return [path + onlyHere];
  return [path + (real ? onlyReal : ": neither the sandbox nor the real provider has it")];
}

function blockLines(path: string, ours: BlockSchema, real: PrintedBlock): readonly string[] {
  const here = { ...mapped(ours.attributes, attributeText), ...mapped(ours.blocks, nestingText) };
  const there = {
    ...mapped(real.attributes ?? {}, printedAttributeText),
    ...mapped(real.block_types ?? {}, printedNestingText),
  };
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  return names.flatMap((name) => {
    const member = `${path}.${name}`;
    const [own, theirs] = [here[name], there[name]];
    if (own === undefined) return [member + onlyReal];
    if (theirs === undefined) return [member + onlyHere];
    const inner = [ours.blocks[name]?.block, real.block_types?.[name]?.block] as const;
    return [
      ...(own === theirs ? [] : [`${member}: ${own} in the sandbox, ${theirs} in the real provider`]),
      ...(inner[0] && inner[1] ? blockLines(member, inner[0], inner[1]) : []),
    ];
  });
}

type Flags = Pick<AttributeSchema, "required" | "optional" | "computed">;

const flagsText = ({ required, optional, computed }: Flags): string =>
  [required ? "required" : "", optional ? "optional" : "", computed ? "computed" : ""]
    .filter((flag) => flag !== "")
    .join(" and ");

const attributeText = (attribute: AttributeSchema): string =>
  `${flagsText(attribute)} ${JSON.stringify(sorted(attribute.type))}`;

const printedAttributeText = (attribute: PrintedAttribute): string =>
  `${flagsText(attribute)} ${JSON.stringify(sorted(printedType(attribute)))}`;

function printedType({ type, nested_type }: PrintedAttribute): CtyType {
  if (!nested_type) return type!;
  const inner: CtyType = ["object", mapped(nested_type.attributes, printedType)];
  return nested_type.nesting_mode === "single" ? inner : ([nested_type.nesting_mode, inner] as CtyType);
}

/** The members of an object in a fixed order. */
function sorted(type: CtyType): CtyType {
  if (typeof type === "string") return type;
  const [kind, inner] = type as readonly [string, CtyType | Readonly<Record<string, CtyType>>];
  if (kind !== "object") return [kind, sorted(inner as CtyType)] as CtyType;
  const members = Object.entries(inner as Readonly<Record<string, CtyType>>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return ["object", Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))];
}

const itemsText = (nesting: string, least = 0, most = 0): string =>
  `${nesting} block, ${least} to ${most === 0 ? "any number" : most}`;

const nestingText = ({ nesting, minItems, maxItems }: BlockSchema["blocks"][string]): string =>
  itemsText(nesting, minItems, maxItems);

const printedNestingText = ({ nesting_mode, min_items, max_items }: PrintedNesting): string =>
  itemsText(nesting_mode, min_items, max_items);

const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
