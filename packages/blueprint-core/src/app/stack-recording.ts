import {
  backendAddressOf,
  type BackendOptions,
  fillVariables,
  type RecordedStack,
  type RecordedVariable,
  type StackConfiguration,
  type StackRecord,
  usedVariables,
} from "@cluster-ipam/address-plan/stacks";
import { isDeepStrictEqual } from "node:util";
import { variableOfObject, type VariableOrigin, variableOrigins } from "../input/variable-origins";

/**
 * The record after a synthesis: the composed stacks as they are now, and those that are no longer composed as they were
 * recorded. A recorded value that still stands for the same value stays, so that two variables with one value do not
 * take turns.
 *
 * @param composed the composed stacks, with the values of variables in their place
 */
export function updatedRecord(
  previous: StackRecord | undefined,
  composed: readonly RecordedStack[],
  backend: BackendOptions,
): StackRecord {
  const origins = variableOrigins();
  const variables = mergedVariables(previous?.variables ?? [], origins);
  const known = new Map(previous?.stacks.map((stack) => [stack.id, stack]));
  const ids = new Set(composed.map(({ id }) => id));
  const env = environmentWith(origins);
  const stacks = composed.map((stack): RecordedStack => {
    const { required_providers, ...configured } = stack.terraform;
    const before = known.get(stack.id)?.terraform;
    const filled = before && filledIfSet(before, variables, env);
    const terraform = isDeepStrictEqual(filled, plain(stack.terraform))
      ? before!
      : { required_providers, ...withVariables(configured, origins) };
    return { ...stack, terraform };
  });
  const retired = previous?.stacks.filter(({ id }) => !ids.has(id)) ?? [];
  const record = { version: 1 as const, backend: recordedBackend(backend), stacks: [...stacks, ...retired] };
  const used = usedVariables(record);
  return { ...record, variables: variables.filter(({ name }) => used.has(name)) };
}

/**
 * What a recorded stack is configured with today. Once it is proven empty it needs nothing: its providers would look for
 * a cluster that is gone.
 *
 * @throws AddressPlanError if a variable is needed, is not set and has no default
 */
export function filledConfiguration(record: StackRecord, stack: RecordedStack): StackConfiguration {
  if (stack.emptied !== undefined) return { required_providers: {}, provider: {} };
  const origins = variableOrigins();
  const variables = mergedVariables(record.variables, origins);
  return fillVariables(stack.terraform, variables, environmentWith(origins), stack.id);
}

/** What the app has read counts, wherever it read it from. */
function environmentWith(origins: readonly VariableOrigin[]): NodeJS.ProcessEnv {
  return { ...process.env, ...Object.fromEntries(origins.map(({ name, value }) => [name, value])) };
}

function mergedVariables(
  recorded: readonly RecordedVariable[],
  origins: readonly VariableOrigin[],
): readonly RecordedVariable[] {
  const read = origins.map(({ name, default: initial }) => ({
    name,
    ...(initial !== undefined && { default: initial }),
  }));
  return [...read, ...recorded.filter(({ name }) => !read.some((variable) => variable.name === name))];
}

function filledIfSet(
  configuration: StackConfiguration,
  variables: readonly RecordedVariable[],
  env: NodeJS.ProcessEnv,
): StackConfiguration | undefined {
  const names = usedVariables({ backend: "", stacks: [{ id: "", after: [], terraform: configuration }] });
  const isSet = (name: string) => env[name] || variables.find((variable) => variable.name === name)?.default;
  return [...names].every(isSet) ? fillVariables(configuration, variables, env, "") : undefined;
}

/** Puts the variable's name in place of its value, where the value stands alone or between separators. */
function withVariables<T>(value: T, origins: readonly VariableOrigin[]): T {
  const patterns = origins
    .filter((origin) => origin.value !== "")
    .map(({ name, value: text }) => ({
      name,
      pattern: new RegExp(`(?<![\\w-])${text.replace(/[^\w]/g, "\\$&")}(?![\\w-])`, "g"),
    }));
  const walk = (item: unknown): unknown => {
    if (typeof item === "string")
      return patterns.reduce((text, { name, pattern }) => text.replace(pattern, () => `$${name}`), item);
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([name, member]) => [name, walk(member)]));
  };
  return walk(value) as T;
}

function recordedBackend(backend: BackendOptions): string {
  const variable = variableOfObject(backend);
  if (variable !== undefined) return `$${variable}`;
  return backendAddressOf(backend);
}

/** Without members that are undefined. */
function plain<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
