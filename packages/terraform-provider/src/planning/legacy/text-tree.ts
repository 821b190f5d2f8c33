import { type Member, BlockMembers } from "./member";
import { exactNumber } from "../../value/exact-number";
import { type CtyType, unknown, type Value } from "../../value/value";
import { COUNT, MAP_COUNT } from "./change";
import { type Read, SdkSet, type SdkValue, textOf, UNKNOWN } from "./sdk-value";

/** Values as text by the segments of their keys, as in a state of Terraform 0.11: what the SDK computes with. */
export class TextTree {
  text: string | undefined;
  private below: Map<string, TextTree> | undefined;

  /** The trees by the next segment. */
  get inner(): ReadonlyMap<string, TextTree> {
    return this.below ?? NONE;
  }

  /** The tree below a segment, made if there is none. */
  at(segment: string): TextTree {
    this.below ??= new Map();
    let tree = this.below.get(segment);
    if (tree === undefined) this.below.set(segment, (tree = new TextTree()));
    return tree;
  }

  /** Puts a tree below a segment. */
  put(segment: string, tree: TextTree): void {
    this.below ??= new Map();
    this.below.set(segment, tree);
  }

  /** Drops the tree below a segment. */
  drop(segment: string): void {
    this.below?.delete(segment);
  }

  set(segment: string, text: string): void {
    this.at(segment).text = text;
  }

  /** Whether there is any text here or below. */
  get exists(): boolean {
    if (this.text !== undefined) return true;
    for (const tree of this.inner.values()) if (tree.exists) return true;
    return false;
  }
}

const NONE: ReadonlyMap<string, TextTree> = new Map();

/** The texts of a value that was read. */
export function treeOf(member: Member | BlockMembers, { value }: Read): TextTree {
  const tree = new TextTree();
  if (value !== undefined) write(tree, member, value);
  return tree;
}

function write(tree: TextTree, member: Member | BlockMembers, value: SdkValue): void {
  if (member instanceof BlockMembers) {
    const object = value as { readonly [name: string]: SdkValue };
    for (const [name, own] of member.byName) write(tree.at(name), own, object[name]!);
  } else if (member.kind === "primitive") tree.text = textOf(value);
  else if (member.kind === "map") {
    const entries = Object.entries(value as Readonly<Record<string, string>>);
    for (const [key, text] of entries) tree.set(key, text);
    tree.set(MAP_COUNT, String(entries.length));
  } else {
    const elements: readonly (readonly [string, SdkValue])[] =
      value instanceof SdkSet
        ? [...value.byCode].map(([code, element]) => [code, element.value])
        : (value as readonly SdkValue[]).map((item, index) => [String(index), item]);
    for (const [segment, item] of elements) write(tree.at(segment), member.element, item);
    tree.set(COUNT, String(elements.length));
  }
}

/** The value of a type that a tree has the texts of. What is missing is null. */
export function valueOf(tree: TextTree | undefined, type: CtyType): Value {
  if (typeof type === "string") return primitiveOf(tree?.text, type);
  const [kind, inner] = type;
  if (kind === "object")
    return Object.fromEntries(
      Object.entries(inner).map(([name, own]) => [name, valueOf(tree?.inner.get(name), own)]),
    );
  if (kind === "tuple") throw new Error("Terraform's SDK has no tuples");
  const count = tree?.text === UNKNOWN ? UNKNOWN : tree?.inner.get(kind === "map" ? MAP_COUNT : COUNT)?.text;
  if (count === undefined) return null;
  if (count === UNKNOWN) return unknown;
  const own = inner as CtyType;
  if (kind === "list")
    return Array.from({ length: Number(count) }, (_, index) => valueOf(tree!.inner.get(String(index)), own));
  const elements = [...tree!.inner].filter(([segment]) => segment !== COUNT && segment !== MAP_COUNT);
  if (kind === "map") return Object.fromEntries(elements.map(([key, item]) => [key, valueOf(item, own)]));
  // A set with one element of which nothing is set.
  if (elements.length === 0 && count === "1") return [valueOf(undefined, own)];
  return elements.map(([, item]) => valueOf(item, own));
}

function primitiveOf(text: string | undefined, type: CtyType): Value {
  if (text === undefined) return null;
  if (text === UNKNOWN) return unknown;
  if (type === "number") return exactNumber(text);
  if (type === "bool") return text === "true" || text === "1";
  return text;
}
