import { type AttributeSchema, type BlockSchema, typeOf } from "../../schema/type-schema";
import { type Path } from "../../value/diagnostic";
import {
  type CtyType,
  isEqual,
  isList,
  isObject,
  type ObjectValue,
  unknown,
  type Value,
} from "../../value/value";

/** What the framework plans before the provider's own rules. */
export interface FrameworkPlan {
  readonly planned: ObjectValue;
  readonly replace: Path[];
  /** Names of the members that change. */
  readonly changed: ReadonlySet<string>;
}

/**
 * Plans a resource as Terraform's plugin framework does: the proposed state with defaults and, if anything changes, with
 * unknown values for what the provider computes. Null, zero and empty are three different values.
 *
 * @param prior null on create
 */
export function planFramework(
  block: BlockSchema,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  config: ObjectValue,
): FrameworkPlan {
  const withDefaults = mapBlock(block, proposed, config, (attribute, value, configured) =>
    configured === null && attribute.default !== undefined ? attribute.default : value,
  );
  const changes = prior === null || !isSame(typeOf(block), prior, withDefaults);
  const marked = changes
    ? mapBlock(block, withDefaults, config, (attribute, value, configured) =>
        configured === null && attribute.computed === true && attribute.default === undefined
          ? unknown
          : value,
      )
    : withDefaults;
  const planned = prior === null ? marked : keepState(block, prior, marked);
  const replace: Path[] = [];
  if (prior !== null) collectReplacements(block, prior, planned, [], replace);
  const changed = Object.keys(planned).filter(
    (name) => !isEqual(prior?.[name] ?? null, planned[name] ?? null),
  );
  return { planned, replace, changed: new Set(changed) };
}

type Amend = (attribute: AttributeSchema, value: Value, configured: Value) => Value;

/** Amends every attribute, with its configured value. An element of a set is found by what is configured of it. */
function mapBlock(block: BlockSchema, value: ObjectValue, config: ObjectValue, amend: Amend): ObjectValue {
  const mapped: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes))
    mapped[name] = attribute.writeOnly ? null : amend(attribute, value[name] ?? null, config[name] ?? null);
  for (const [name, { block: inner }] of Object.entries(block.blocks)) {
    const [own, configured] = [value[name] ?? null, config[name] ?? null];
    const inside = (item: Value, other: Value): Value =>
      isObject(item) ? mapBlock(inner, item, isObject(other) ? other : {}, amend) : item;
    mapped[name] = isList(own)
      ? own.map((item, index) => inside(item, isList(configured) ? (configured[index] ?? null) : null))
      : inside(own, configured);
  }
  return mapped;
}

/** Computed values that the provider keeps stay known. */
function keepState(block: BlockSchema, prior: ObjectValue, planned: ObjectValue): ObjectValue {
  const kept = { ...planned };
  for (const [name, { keepsState }] of Object.entries(block.attributes)) {
    const before = prior[name] ?? null;
    if (keepsState && planned[name] === unknown && before !== null) kept[name] = before;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const [before, own] = [prior[name] ?? null, planned[name] ?? null];
    if (nested.nesting === "list" && isList(before) && isList(own))
      kept[name] = own.map((item, index) => {
        const old = before[index];
        return isObject(item) && isObject(old) ? keepState(nested.block, old, item) : item;
      });
    else if (nested.nesting === "single" && isObject(before) && isObject(own))
      kept[name] = keepState(nested.block, before, own);
  }
  return kept;
}

function collectReplacements(
  block: BlockSchema,
  prior: ObjectValue,
  planned: ObjectValue,
  path: Path,
  replace: Path[],
): void {
  for (const [name, { forceNew, type }] of Object.entries(block.attributes))
    if (forceNew && !isSame(type, prior[name] ?? null, planned[name] ?? null)) replace.push([...path, name]);
  for (const [name, nested] of Object.entries(block.blocks)) {
    const [before, own] = [prior[name] ?? null, planned[name] ?? null];
    const type: CtyType =
      nested.nesting === "single" ? typeOf(nested.block) : [nested.nesting, typeOf(nested.block)];
    if (nested.forceNew && !isSame(type, before, own)) replace.push([...path, name]);
    if (nested.nesting === "list" && isList(before) && isList(own))
      own.forEach((item, index) => {
        const old = before[index];
        if (isObject(item) && isObject(old))
          collectReplacements(nested.block, old, item, [...path, name, index], replace);
      });
    else if (nested.nesting === "single" && isObject(before) && isObject(own))
      collectReplacements(nested.block, before, own, [...path, name], replace);
  }
}

/** Equality that ignores the order of sets. */
function isSame(type: CtyType, a: Value, b: Value): boolean {
  if (typeof type === "string") return isEqual(a, b);
  const [kind, inner] = type;
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return false;
    if (kind === "set") return a.every((item) => b.some((other) => isSame(inner as CtyType, item, other)));
    return a.every((item, index) => isSame(inner as CtyType, item, b[index]!));
  }
  if (!isObject(a) || !isObject(b)) return isEqual(a, b);
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) =>
    isSame(
      kind === "object" ? (inner[name] ?? "dynamic") : (inner as CtyType),
      a[name] ?? null,
      b[name] ?? null,
    ),
  );
}
