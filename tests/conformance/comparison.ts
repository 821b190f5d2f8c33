import { type PrintedBlock } from "./case-planner";
import { type Outcome, type PlannedOutcome } from "./recorded-case";

const UNKNOWN = "(known after apply)";

/** A member that differs between the recorded answer and the sandbox's. */
export interface Difference {
  readonly member: string;
  readonly recorded: string;
  readonly here: string;
}

/** The differences between a recorded outcome and the sandbox's. Words of refusals are not compared. */
export function differences(block: PrintedBlock, recorded: Outcome, here: Outcome): readonly Difference[] {
  if (recorded.refused || here.refused) {
    if (recorded.refused && here.refused) return [];
    return [{ member: "(verdict)", recorded: verdictOf(recorded), here: verdictOf(here) }];
  }
  const [own, other] = [sortedPaths(recorded), sortedPaths(here)];
  return [
    ...differing("(actions)", recorded.actions, here.actions),
    ...differing("(replaced for)", own, other),
    ...members(
      block,
      "",
      merged(recorded.after, recorded.afterUnknown),
      merged(here.after, here.afterUnknown),
    ),
    ...members(block, "sensitive ", marks(recorded.afterSensitive), marks(here.afterSensitive)),
  ];
}

function verdictOf(outcome: Outcome): string {
  return outcome.refused ? `refused: ${outcome.summary}` : "planned";
}

function sortedPaths({ replacePaths }: PlannedOutcome): readonly string[] {
  return replacePaths.map((path) => JSON.stringify(path)).sort();
}

function differing(member: string, recorded: unknown, here: unknown): readonly Difference[] {
  const [own, other] = [JSON.stringify(recorded), JSON.stringify(here)];
  return own === other ? [] : [{ member, recorded: shown(recorded), here: shown(here) }];
}

function shown(value: unknown): string {
  return value === undefined ? "(no such member)" : JSON.stringify(value).slice(0, 200);
}

/** Known and unknown values in one tree. */
function merged(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(value))
    return value.map((item, index) => merged(item, (unknown as unknown[] | undefined)?.[index]));
  if (!isObject(value))
    return isObject(unknown) && Object.keys(unknown).length > 0 ? merged({}, unknown) : (value ?? null);
  const marked = isObject(unknown) ? unknown : {};
  const names = new Set([...Object.keys(value), ...Object.keys(marked)]);
  return Object.fromEntries([...names].map((name) => [name, merged(value[name] ?? null, marked[name])]));
}

/** Only what is marked: empty structures say nothing. */
function marks(value: unknown): unknown {
  if (value === true) return true;
  if (Array.isArray(value))
    return value.some((item) => marks(item) !== undefined) ? value.map(marks) : undefined;
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value)
    .map(([name, item]) => [name, marks(item)] as const)
    .filter(([, item]) => item !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The differing members of a block. One that only one of the two releases has is no difference here. */
function members(
  block: PrintedBlock,
  prefix: string,
  recorded: unknown,
  here: unknown,
): readonly Difference[] {
  const [own, other] = [isObject(recorded) ? recorded : {}, isObject(here) ? here : {}];
  const names = new Set([...Object.keys(own), ...Object.keys(other)]);
  return [...names].flatMap((name) => {
    const nested = block.block_types?.[name];
    const type = block.attributes?.[name]?.type;
    // The served release has more members than the recorded one.
    if (nested === undefined && type === undefined) return differing(prefix + name, own[name], other[name]);
    if (!(name in own) && !prefix.startsWith("sensitive")) return [];
    const isSet =
      nested === undefined ? Array.isArray(type) && type[0] === "set" : nested.nesting_mode === "set";
    const [a, b] = [own[name], other[name]];
    if (!Array.isArray(a) || !Array.isArray(b) || nested === undefined || a.length !== b.length)
      return differing(prefix + name, ordered(a, isSet), ordered(b, isSet));
    const [left, right] = [ordered(a, isSet), ordered(b, isSet)] as [unknown[], unknown[]];
    return left.flatMap((item, index) =>
      members(nested.block, `${prefix}${name}.${index}.`, item, right[index]),
    );
  });
}

function ordered(value: unknown, isSet: boolean): unknown {
  const sorted = sortKeys(value);
  return isSet && Array.isArray(sorted)
    ? [...(sorted as unknown[])].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    : sorted;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sortKeys(item)]),
  );
}
