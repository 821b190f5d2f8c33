import { isList, isObject, type ObjectValue, type Value } from "../../value/value";
import { type Change, Changes, COUNT, MAP_COUNT } from "./change";
import {
  BlockMembers,
  type CollectionMember,
  type MapMember,
  type Member,
  type PrimitiveMember,
} from "./member";
import {
  ABSENT,
  areEqual,
  type Read,
  readPrior,
  readProposed,
  SdkSet,
  type SdkValue,
  textOf,
  zeroOf,
} from "./sdk-value";

/** Rules by their names, and what they may look at. */
export interface CompareContext {
  /** False on create. */
  readonly exists: boolean;
  /** Whether a difference is none. */
  readonly suppressed: (rule: string, key: string, change: Change) => boolean;
  /** The value to plan for a configured one. */
  readonly normalized: (rule: string, value: SdkValue) => SdkValue;
}

/** A member with both its sides. */
interface Sides {
  readonly old: Read;
  readonly next: Read;
  /** What `next` was read from. */
  readonly raw: Value | undefined;
}

/** Compares the prior state of a resource with the proposed one, as `schemaMap.Diff` of Terraform's SDK does. */
export function compareStates(
  members: BlockMembers,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  context: CompareContext,
): Changes {
  const changes = new Changes();
  const comparison = new Comparison(context);
  for (const [name, member] of members.byName) {
    const raw = proposed[name];
    if (isNowhere(member, prior?.[name], raw)) continue;
    const sides = { old: readPrior(member, prior?.[name], false), next: readProposed(member, raw), raw };
    comparison.compare(member, name, sides, changes.at(name), false);
  }
  return changes;
}

/** Whether a member is absent on both sides and nobody else sets it: most members of most resources. */
function isNowhere(member: Member, prior: Value | undefined, proposed: Value | undefined): boolean {
  if (member.computed || (prior ?? null) !== null || (proposed ?? null) !== null) return false;
  return member.kind !== "primitive" || member.default === undefined;
}

class Comparison {
  constructor(private readonly context: CompareContext) {}

  /** @param all also record what does not change: an element of a set is always written as a whole */
  compare(member: Member, key: string, sides: Sides, changes: Changes, all: boolean): void {
    if (member.kind === "primitive") changes.own = this.primitive(member, sides, all);
    else if (member.kind === "map") this.map(member, sides, changes, all);
    else if (member.kind === "list") this.list(member, key, sides, changes, all);
    else this.set(member, key, sides, changes, all);
    const rule = member.suppress;
    if (rule === undefined) return;
    changes.amend((change, own) => {
      if (!this.context.suppressed(rule, own, change)) return change;
      return all ? { ...unchanged(change.old) } : undefined;
    }, key);
  }

  private primitive(member: PrimitiveMember, { old, next }: Sides, all: boolean): Change | undefined {
    let value = next.value;
    if (member.normalize !== undefined && value !== undefined && !next.computed)
      value = this.context.normalized(member.normalize, value);
    const was = old.value === undefined ? "" : textOf(old.value);
    const zero = old.value === undefined ? "" : textOf(zeroOf(member));
    const is = value === undefined ? zero : textOf(value);
    if (was === is && !all && !next.computed && (was !== "" || this.context.exists || !member.computed))
      return undefined;
    const removed = old.value !== undefined && value === undefined && !next.computed;
    if (removed && member.computed) return undefined;
    return finalized(member, { old: was, next: is, computed: next.computed, removed });
  }

  private map(member: MapMember, { old, next }: Sides, changes: Changes, all: boolean): void {
    const was = (old.value ?? {}) as Readonly<Record<string, string>>;
    const is = (next.computed ? {} : (next.value ?? {})) as Readonly<Record<string, string>>;
    const [before, after] = [Object.keys(was).length, Object.keys(is).length];
    const isCleared = before !== 0 && after === 0 && member.computed;
    const computed = before === 0 && after === 0 && member.computed && old.value === undefined;
    if ((before !== after && !isCleared) || computed || next.computed) {
      const open = computed || next.computed;
      const count = { old: open ? "" : String(before), next: open ? "" : String(after) };
      changes.set(
        MAP_COUNT,
        finalized({ ...member, computed: member.computed || next.computed }, { ...NO_CHANGE, ...count }),
      );
    }
    if (next.value === undefined && member.computed) return;
    for (const [key, text] of Object.entries(is))
      if (was[key] !== text || all)
        changes.set(key, finalized(member, { ...NO_CHANGE, old: was[key] ?? "", next: text }));
    for (const [key, text] of Object.entries(was))
      if (is[key] === undefined)
        changes.set(key, finalized(member, { ...NO_CHANGE, old: text, removed: true }));
  }

  private list(member: CollectionMember, key: string, sides: Sides, changes: Changes, all: boolean): void {
    const { old, next } = sides;
    const value = next.computed ? undefined : next.value;
    if (old.value !== undefined && value === undefined && !next.computed && member.computed) return;
    const was = (old.value ?? []) as readonly SdkValue[];
    const is = (value ?? []) as readonly SdkValue[];
    if (!all && value !== undefined && areEqual(was, is)) return;
    if (next.computed) {
      const count = String(was.length);
      changes.set(COUNT, { ...NO_CHANGE, old: count, computed: true, replaces: member.forceNew });
      return;
    }
    const computed = was.length === 0 && is.length === 0 && member.computed;
    if (was.length !== is.length || computed || all) {
      const count = { old: computed ? "" : String(was.length), next: computed ? "" : String(is.length) };
      changes.set(COUNT, finalized(member, { ...NO_CHANGE, ...count }));
    }
    const items = isList(sides.raw) ? sides.raw : [];
    for (let index = 0; index < Math.max(was.length, is.length); index++)
      this.element(
        member.element,
        `${key}.${index}`,
        [was[index], items[index]],
        changes.at(String(index)),
        all,
      );
  }

  private set(
    member: CollectionMember,
    key: string,
    { old, next }: Sides,
    changes: Changes,
    all: boolean,
  ): void {
    const value = next.computed ? undefined : next.value;
    if (old.value !== undefined && value === undefined && !next.computed && member.computed) return;
    const was = ((old.value as SdkSet | undefined) ?? NO_ELEMENTS).byCode;
    const is = ((value as SdkSet | undefined) ?? NO_ELEMENTS).byCode;
    const isSame = was.size === is.size && [...was.keys()].every((code) => is.has(code));
    if (!all && value !== undefined && isSame) return;
    if (next.computed || (member.computed && value === undefined)) {
      const count = { old: next.computed || was.size === 0 ? "" : String(was.size), computed: true };
      changes.set(COUNT, finalized(member, { ...NO_CHANGE, ...count }));
      return;
    }
    if (was.size !== is.size || all)
      changes.set(COUNT, finalized(member, { ...NO_CHANGE, old: String(was.size), next: String(is.size) }));
    const removed = [...was.keys()].filter((code) => !is.has(code));
    for (const code of [...removed, ...is.keys()]) {
      const sides = [was.get(code)?.value, is.has(code) ? (is.get(code)!.raw ?? null) : MISSING] as const;
      this.element(member.element, `${key}.${code}`, sides, changes.at(code), true);
    }
  }

  /** @param sides the prior element, and what the proposed one is read from */
  private element(
    element: Member | BlockMembers,
    key: string,
    [old, raw]: readonly [SdkValue | undefined, Value | undefined | typeof MISSING],
    changes: Changes,
    all: boolean,
  ): void {
    const readNext = (own: Member, value: Value | undefined): Read =>
      raw === MISSING ? ABSENT : readProposed(own, value);
    if (!(element instanceof BlockMembers)) {
      const value = raw === MISSING ? undefined : raw;
      const sides = { old: { value: old, computed: false }, next: readNext(element, value), raw: value };
      this.compare(element, key, sides, changes, all);
      return;
    }
    const object = raw !== MISSING && isObject(raw) ? raw : {};
    for (const [name, member] of element.byName) {
      const before = (old as Readonly<Record<string, SdkValue>> | undefined)?.[name];
      const sides = {
        old: { value: before, computed: false },
        next: readNext(member, object[name]),
        raw: object[name],
      };
      this.compare(member, `${key}.${name}`, sides, changes.at(name), all);
    }
  }
}

/** An element that a set no longer has: not even the defaults of its members are read. */
const MISSING = Symbol("missing");
const NO_ELEMENTS = new SdkSet(new Map());
const NO_CHANGE: Change = { old: "", next: "", computed: false, removed: false, replaces: false };

function unchanged(text: string): Change {
  return { ...NO_CHANGE, old: text, next: text };
}

/** Decides whether a value becomes known after apply, and whether its change forces replacement. */
function finalized(
  { computed: isComputed, forceNew }: Pick<Member, "computed" | "forceNew">,
  change: Omit<Change, "replaces">,
): Change | undefined {
  const { old, next, removed } = change;
  const computed = change.computed || (isComputed && !removed && next === "");
  const replaces = forceNew && (old !== next || computed);
  // What the cloud set stays while the configuration has nothing.
  if (!removed && isComputed && old !== "" && next === "") return undefined;
  return { old, next, computed, removed, replaces };
}
