import { type AttributeSchema, type BlockSchema, type NestedSchema } from "../../schema/type-schema";
import { type CtyType } from "../../value/value";
import { type Change, Changes, COUNT, MAP_COUNT } from "./change";
import { UNKNOWN } from "./sdk-value";
import { TextTree } from "./text-tree";

/** Applies changes to the prior state, as `InstanceDiff.Apply` of Terraform's SDK does. */
export function applyChanges(block: BlockSchema, prior: TextTree, changes: Changes): TextTree {
  return applyBlock(block, prior, changes, true);
}

function applyBlock(block: BlockSchema, prior: TextTree, changes: Changes, isTop: boolean): TextTree {
  const planned = new TextTree();
  for (const name in block.attributes) {
    const [own, change] = [prior.inner.get(name) ?? NOTHING, changes.inner.get(name) ?? UNCHANGED];
    const place = { isTop, isId: isTop && name === "id" };
    const tree = applyAttribute(block.attributes[name]!, own, change, place);
    if (tree !== undefined) planned.put(name, tree);
  }
  for (const name in block.blocks) {
    const [own, change] = [prior.inner.get(name) ?? NOTHING, changes.inner.get(name) ?? UNCHANGED];
    planned.put(name, applyNested(block.blocks[name]!, own, change));
  }
  return planned;
}

const NOTHING = new TextTree();
const UNCHANGED = new Changes();

function applyNested(nested: NestedSchema, prior: TextTree, changes: Changes): TextTree {
  const candidates = new Set<string>();
  // The changes of a set are complete: those of a list are not.
  if (nested.nesting !== "set")
    for (const [segment, tree] of prior.inner)
      if (tree.inner.size > 0 && tree.exists) candidates.add(segment);
  for (const [segment, own] of changes.inner)
    if (segment !== COUNT && own.some(({ removed }) => !removed)) candidates.add(segment);
  if (nested.nesting === "set")
    for (const segment of candidates) if (!isWritten(changes.at(segment))) candidates.delete(segment);

  const planned = new TextTree();
  for (const segment of candidates)
    planned.put(
      segment,
      applyBlock(
        nested.block,
        prior.inner.get(segment) ?? NOTHING,
        changes.inner.get(segment) ?? UNCHANGED,
        false,
      ),
    );
  const count = changes.inner.get(COUNT)?.own;
  const keeps = !(count !== undefined && (count.next === "0" || count.removed));
  if (candidates.size === 0 && keeps) for (const [segment, tree] of prior.inner) planned.put(segment, tree);
  const before = prior.inner.get(COUNT)?.text;
  if (count !== undefined) {
    planned.set(COUNT, count.computed ? UNKNOWN : count.next);
    if (nested.nesting === "list" && !count.computed && count.next !== "")
      truncate(planned, Number(count.next));
  } else planned.set(COUNT, before !== undefined && keeps ? before : String(countOf(planned)));
  return planned;
}

/** Whether an element of a set is there after the changes, and not only removed. */
function isWritten(element: Changes): boolean {
  return element.some(
    ({ removed, next }, last) => !removed && !((last === COUNT || last === MAP_COUNT) && next === "0"),
  );
}

function truncate(tree: TextTree, length: number): void {
  for (const segment of tree.inner.keys())
    if (segment !== COUNT && segment !== MAP_COUNT && Number(segment) >= length) tree.drop(segment);
}

function countOf(tree: TextTree): number {
  return [...tree.inner.keys()].filter((segment) => segment !== COUNT && segment !== MAP_COUNT).length;
}

interface Place {
  readonly isTop: boolean;
  readonly isId: boolean;
}

function applyAttribute(
  { type, required = false }: AttributeSchema,
  prior: TextTree,
  changes: Changes,
  { isTop, isId }: Place,
): TextTree | undefined {
  if (typeof type !== "string" && type[0] === "set" && isObjectType(type[1])) {
    const attributes = Object.fromEntries(
      Object.entries(type[1][1]).map(([name, own]) => [name, { type: own, optional: true }]),
    );
    return applyNested({ nesting: "set", block: { attributes, blocks: {} } }, prior, changes);
  }
  if (typeof type !== "string" && type[0] !== "object") return applyCollection(type, prior, changes, isTop);
  const text = isId ? idOf(prior.text, changes.own) : applySingle(prior.text, changes.own, type, required);
  if (text === undefined) return undefined;
  const tree = new TextTree();
  tree.text = text;
  return tree;
}

function isObjectType(
  type: CtyType | readonly CtyType[] | object,
): type is readonly ["object", Record<string, CtyType>] {
  return Array.isArray(type) && type[0] === "object";
}

function idOf(prior: string | undefined, change: Change | undefined): string {
  return change?.computed === true || prior === undefined || prior === "" ? UNKNOWN : prior;
}

function applySingle(
  prior: string | undefined,
  change: Change | undefined,
  type: CtyType,
  required: boolean,
): string | undefined {
  if (change?.computed === true) return UNKNOWN;
  if (change === undefined) return prior ?? (required && type === "string" ? "" : undefined);
  if (change.removed) return undefined;
  if (change.next === "" && change.old === "") return type === "string" ? "" : undefined;
  return change.next;
}

function applyCollection(
  type: CtyType,
  prior: TextTree,
  changes: Changes,
  isTop: boolean,
): TextTree | undefined {
  const index = type[0] === "map" ? MAP_COUNT : COUNT;
  const planned = new TextTree();
  const count = changes.own ?? changes.inner.get(COUNT)?.own ?? changes.inner.get(MAP_COUNT)?.own;
  if (count !== undefined) {
    if (count.removed) return undefined;
    if (count.computed || count.next === "0") {
      planned.set(index, count.computed ? UNKNOWN : "0");
      return planned;
    }
  }
  if (!prior.exists && changes.isEmpty) return undefined;
  const element = type[1] as CtyType;
  const leaves = { all: 0, kept: 0 };
  merge(planned, prior, changes, element, leaves);
  const length = planned.inner.get(index)?.text;
  if (type[0] === "list") {
    if (element === "string" && length !== undefined && length !== UNKNOWN)
      for (let at = 0; at < Number(length); at++) planned.at(String(at)).text ??= "";
    truncate(planned, Number(length ?? "0") || 0);
  }
  const isCounted = isTop && changes.inner.get(index)?.own !== undefined;
  if (length === undefined || (!isCounted && leaves.all !== leaves.kept))
    planned.set(index, String(countOf(planned)));
  return planned;
}

/** The texts below a collection, each with its change. */
function merge(
  planned: TextTree,
  prior: TextTree,
  changes: Changes,
  type: CtyType,
  leaves: { all: number; kept: number },
): void {
  for (const segment of new Set([...prior.inner.keys(), ...changes.inner.keys()])) {
    const [own, change] = [prior.inner.get(segment) ?? NOTHING, changes.inner.get(segment) ?? UNCHANGED];
    if (own.text !== undefined || change.own !== undefined) {
      leaves.all++;
      const text = applySingle(own.text, change.own, type, false);
      if (text !== undefined) {
        leaves.kept++;
        planned.set(segment, text);
      }
    }
    if (own.inner.size > 0 || change.inner.size > 0) merge(planned.at(segment), own, change, type, leaves);
  }
}
