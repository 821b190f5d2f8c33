import { type Path } from "../value/diagnostic";
import {
  type CtyType,
  isEqual,
  isList,
  isObject,
  type ObjectValue,
  unknown,
  type Value,
} from "../value/value";
import { type AttributeSchema, type BlockSchema, type NestedSchema } from "../schema/type-schema";

/** A plan under construction: rules may still change `planned`; `replace` collects the paths that force replacement. */
export interface Plan {
  readonly planned: ObjectValue;
  readonly replace: Path[];
}

/**
 * Plans a resource as Terraform's plugin SDK does: applies defaults, leaves computed members unknown on
 * create and unchanged on update, and collects the paths that force replacement.
 *
 * @param prior null on create
 */
export function planResource(
  block: BlockSchema,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  config: ObjectValue,
): Plan {
  const replace: Path[] = [];
  const planned = planBlock(block, prior, proposed, config, {
    path: [],
    creating: prior === null,
    forceReplacement: (path) => void (prior && replace.push(path)),
  });
  return { planned, replace };
}

interface BlockContext {
  readonly path: Path;
  /** Whether the whole resource is new: only then does the SDK plan computed members as unknown. */
  readonly creating: boolean;
  readonly forceReplacement: (path: Path) => void;
}

function planBlock(
  block: BlockSchema,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  config: ObjectValue,
  context: BlockContext,
): ObjectValue {
  const planned: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const before = prior?.[name] ?? null;
    const value = planAttribute(
      attribute,
      context.creating,
      before,
      proposed[name] ?? null,
      config[name] ?? null,
    );
    planned[name] = value;
    if (attribute.forceNew && !isSame(attribute.type, before, value))
      context.forceReplacement([...context.path, name]);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const inner: BlockContext = { ...context, path: [...context.path, name] };
    planned[name] = planNested(
      nested,
      prior?.[name] ?? null,
      proposed[name] ?? null,
      config[name] ?? null,
      inner,
    );
  }
  return planned;
}

function planAttribute(
  attribute: AttributeSchema,
  creating: boolean,
  prior: Value,
  proposed: Value,
  config: Value,
): Value {
  if (attribute.writeOnly) return null;
  if (config !== null)
    return attribute.computed && !attribute.optional ? prior : zeroed(attribute.type, proposed);
  if (attribute.default !== undefined) return attribute.default;
  if (!attribute.computed) return null;
  return creating ? unknown : prior;
}

/** Objects inside an argument (`route = [{…}]`) cannot hold null: the SDK plans each member's zero value. */
function zeroed(type: CtyType, value: Value): Value {
  if (!isList(value) || typeof type === "string" || (type[0] !== "list" && type[0] !== "set")) return value;
  const inner = type[1];
  if (typeof inner === "string" || inner[0] !== "object") return value;
  const members = Object.entries(inner[1]);
  return value.map((item) =>
    isObject(item)
      ? Object.fromEntries(members.map(([name, member]) => [name, item[name] ?? zeroOf(member)]))
      : item,
  );
}

function zeroOf(type: CtyType): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (typeof type === "string" || type[0] === "object") return null;
  return type[0] === "map" ? {} : [];
}

function planNested(
  nested: NestedSchema,
  prior: Value,
  proposed: Value,
  config: Value,
  context: BlockContext,
): Value {
  if (config === unknown) return unknown;
  if (nested.nesting === "single") {
    if (!isObject(config) || !isObject(proposed)) return null;
    return planBlock(nested.block, isObject(prior) ? prior : null, proposed, config, context);
  }
  const configured = isList(config) ? config : [];
  const wanted = isList(proposed) ? proposed : [];
  const before = isList(prior) ? (prior as readonly ObjectValue[]) : [];
  if (configured.length === 0 && nested.computed) return context.creating ? unknown : before;
  if (nested.forceNew && before.length !== configured.length) context.forceReplacement(context.path);
  return nested.nesting === "list"
    ? planList(nested.block, before, wanted, configured, context)
    : planSet(nested.block, before, wanted, configured, context);
}

function planList(
  block: BlockSchema,
  before: readonly ObjectValue[],
  wanted: readonly Value[],
  configured: readonly Value[],
  context: BlockContext,
): readonly Value[] {
  const removed = before.slice(configured.length);
  if (removed.some((item) => forcesReplacement(block, item))) context.forceReplacement(context.path);
  return configured.map((item, index) => {
    if (!isObject(item)) return item;
    const proposed = (isObject(wanted[index]) ? wanted[index] : item) as ObjectValue;
    return planBlock(block, before[index] ?? null, proposed, item as ObjectValue, {
      ...context,
      path: [...context.path, index],
    });
  });
}

/** Set elements have no position: an element whose configuration is unchanged keeps its computed members. */
function planSet(
  block: BlockSchema,
  before: readonly ObjectValue[],
  wanted: readonly Value[],
  configured: readonly Value[],
  context: BlockContext,
): readonly Value[] {
  const quiet: BlockContext = { ...context, forceReplacement: () => undefined };
  const planned = configured.map((item, index) => {
    if (!isObject(item)) return item;
    const same = before.find((candidate) => agrees(block, candidate, item));
    const proposed = (isObject(wanted[index]) ? wanted[index] : item) as ObjectValue;
    return planBlock(block, same ?? null, same ? { ...proposed, ...known(item) } : proposed, item, quiet);
  });
  const kept = (item: Value) => planned.some((other) => isEqual(other, item));
  const changed = [
    ...before.filter((item) => !kept(item)),
    ...planned.filter((item) => !before.some((b) => isEqual(b, item))),
  ];
  if (changed.some((item) => isObject(item) && forcesReplacement(block, item)))
    context.forceReplacement(context.path);
  return planned;
}

type Item = { readonly [key: string]: Value };

const known = (item: Item): ObjectValue =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));

function agrees(block: BlockSchema, prior: ObjectValue, config: Item): boolean {
  return (
    Object.entries(block.attributes).every(([name, attribute]) => {
      const value = config[name] ?? null;
      if (value === null && (attribute.computed || attribute.default !== undefined)) return true;
      return isSame(attribute.type, prior[name] ?? null, value);
    }) &&
    Object.entries(block.blocks).every(([name, nested]) => {
      const before: Value = prior[name] ?? null;
      const value: Value = config[name] ?? null;
      if (!isList(before) || !isList(value)) return isEqual(before, value);
      if (nested.computed && value.length === 0) return true;
      return (
        before.length === value.length &&
        value.every((item, i) => isObject(item) && agrees(nested.block, before[i] as ObjectValue, item))
      );
    })
  );
}

const forcesReplacement = (block: BlockSchema, item: Item): boolean =>
  Object.entries(block.attributes).some(
    ([name, { forceNew }]) => forceNew && (item[name] ?? null) !== null,
  ) ||
  Object.entries(block.blocks).some(([name, nested]) => {
    const inner: Value | undefined = item[name];
    return (
      isList(inner) && inner.some((element) => isObject(element) && forcesReplacement(nested.block, element))
    );
  });

/** Equality that ignores the order of set elements. */
export function isSame(type: CtyType, a: Value, b: Value): boolean {
  if (typeof type === "string" || !isList(a) || !isList(b) || type[0] !== "set") return isEqual(a, b);
  return a.length === b.length && a.every((item) => b.some((other) => isEqual(item, other)));
}
