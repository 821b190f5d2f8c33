/** File name of an app's record, next to its `cdktf.json`. It is committed. */
export const STACKS_FILE = "stacks.lock.json";

/**
 * What a stack is to its cluster. A cluster is destroyed in this order: workloads and system, cluster, autoscaler,
 * network. Only workloads may be in several stacks.
 */
export type StackKind = "network" | "autoscaler" | "cluster" | "system" | "workloads";

/** A value of Terraform's JSON syntax. */
export type TerraformValue =
  string | number | boolean | null | readonly TerraformValue[] | { readonly [name: string]: TerraformValue };

/**
 * What an emptied stack needs to destroy its resources, in Terraform's JSON syntax. A block is a list of objects, a map
 * is an object. `$NAME` in a string is a variable of the record.
 */
export interface StackConfiguration {
  /** Source and version of each provider, by its local name. */
  readonly required_providers: Readonly<Record<string, TerraformValue>>;
  /** Configurations of each provider, by its local name. */
  readonly provider: Readonly<Record<string, readonly TerraformValue[]>>;
  /** The data sources that the providers refer to, by type and name. */
  readonly data?: Readonly<Record<string, Readonly<Record<string, TerraformValue>>>>;
  /** The variables that these refer to. */
  readonly variable?: Readonly<Record<string, TerraformValue>>;
  /** The local values that these refer to. */
  readonly locals?: Readonly<Record<string, TerraformValue>>;
}

/** A stack that was once composed. */
export interface RecordedStack {
  /** Id of the stack; it names the state. */
  readonly id: string;
  /** Name in the cloud of the cluster that the stack serves (`addresses.name`). @default none */
  readonly cluster?: string;
  /** What the stack is to the cluster. @default none */
  readonly kind?: StackKind;
  /** Ids of the stacks after which it was deployed, sorted. */
  readonly after: readonly string[];
  /**
   * The state that proved the stack empty after it left the composition, see `proofOf` of `/states`. The stack is then synthesized without providers, whose data sources may look for what is gone.
   * @default not known to be empty
   */
  readonly emptied?: string;
  readonly terraform: StackConfiguration;
}

/** An environment variable that the app reads. */
export interface RecordedVariable {
  /** Name of the environment variable, for example `DEV_AWS_ACCOUNT_ID`. */
  readonly name: string;
  /** The value if the variable is not set. @default none; the variable must be set */
  readonly default?: string;
}

/** The stacks that an app composes or once composed. */
export interface StackRecord {
  readonly version: 1;
  /** Address of the app's backend, see `parseBackend`, or `$NAME` for the environment variable with the address. */
  readonly backend: string;
  /** The environment variables that the record refers to, sorted by name. */
  readonly variables: readonly RecordedVariable[];
  /** Sorted by id. */
  readonly stacks: readonly RecordedStack[];
}

/** A record without some stacks, and without the variables that only these used. */
export function withoutStacks(record: StackRecord, ids: readonly string[]): StackRecord {
  const stacks = record.stacks.filter(({ id }) => !ids.includes(id));
  const names = usedVariables({ ...record, stacks });
  return { ...record, stacks, variables: record.variables.filter(({ name }) => names.has(name)) };
}

/** A record that knows which stacks were proven empty. @param proofs by stack id */
export function withEmptied(record: StackRecord, proofs: ReadonlyMap<string, string>): StackRecord {
  const stacks = record.stacks.map((stack) => {
    const emptied = proofs.get(stack.id);
    return emptied === undefined ? stack : { ...stack, emptied };
  });
  return { ...record, stacks };
}

/** Names that the record refers to as `$NAME`. */
export function usedVariables({
  backend,
  stacks,
}: Pick<StackRecord, "backend" | "stacks">): ReadonlySet<string> {
  const text = JSON.stringify([backend, stacks.map(({ terraform }) => terraform)]);
  return new Set([...text.matchAll(/\$([A-Z][A-Z0-9_]*)/g)].map(([, name]) => name!));
}

/** Renders a record, one stack per line. */
export function renderStackRecord({ version, backend, variables, stacks }: StackRecord): string {
  const sortedVariables = [...variables].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sortedStacks = [...stacks]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, cluster, kind, after, emptied, terraform }) => ({
      id,
      cluster,
      kind,
      after,
      emptied,
      terraform,
    }));
  return [
    "{",
    `  "version": ${version},`,
    `  "backend": ${JSON.stringify(backend)},`,
    `  "variables": ${list(sortedVariables)},`,
    `  "stacks": ${list(sortedStacks)}`,
    "}\n",
  ].join("\n");
}

function list(items: readonly object[]): string {
  if (items.length === 0) return "[]";
  return `[\n${items.map((item) => `    ${onOneLine(item)}`).join(",\n")}\n  ]`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return "{}";
  return `{ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${onOneLine(member)}`).join(", ")} }`;
}
