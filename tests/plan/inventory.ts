import { type TerraformPlan } from "./terraform-plan";
import { decisive } from "./decisive";

/** What a stack's plan is reviewed by. */
export interface Inventory {
  /** Objects created, by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** Data sources read at plan time or put off to apply, by type. */
  readonly reads: Readonly<Record<string, number>>;
  /** The decisive values of each object, by address. */
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Outputs by name; what is known only after apply reads so. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

const unknown = "(known after apply)";

/** Extracts the inventory from Terraform's plan of an empty state. */
export function inventoryOf(plan: TerraformPlan): Inventory {
  const counts: Record<string, number> = {};
  const values: Record<string, Record<string, unknown>> = {};
  for (const { address, mode, type, change } of plan.resource_changes ?? []) {
    if (mode !== "managed") continue;
    counts[type] = (counts[type] ?? 0) + 1;
    values[address] = decisiveValues(address, type, change.after, change.after_unknown);
  }
  return { counts: sorted(counts), reads: reads(plan), values: sorted(values), outputs: outputs(plan) };
}

function decisiveValues(address: string, type: string, after: unknown, afterUnknown: unknown) {
  const paths = decisive[type];
  if (paths === undefined)
    throw new Error(`${address}: decide in tests/plan/decisive.ts what matters of ${type}`);
  return Object.fromEntries(
    paths.flatMap((path) => {
      const value = merged(at(after, path), at(afterUnknown, path));
      return isEmpty(value) ? [] : [[path, value]];
    }),
  );
}

/** The value at a path; a block that occurs once is entered without an index. */
function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, step) => {
    const block = Array.isArray(inner) ? inner[0] : inner;
    return (block as Record<string, unknown> | null | undefined)?.[step];
  }, value);
}

/** A planned value with the unknown parts named and the empty ones left out. */
function merged(value: unknown, unknownPart: unknown): unknown {
  if (unknownPart === true) return unknown;
  if (Array.isArray(value)) {
    return value.map((item, index) => merged(item, (unknownPart as unknown[] | undefined)?.[index]));
  }
  if (typeof value !== "object" || value === null) return value;
  const parts = (unknownPart ?? {}) as Record<string, unknown>;
  const names = [...new Set([...Object.keys(value), ...Object.keys(parts)])].sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const inner = merged((value as Record<string, unknown>)[name], parts[name]);
      return isEmpty(inner) ? [] : [[name, inner]];
    }),
  );
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function reads(plan: TerraformPlan): Record<string, number> {
  const found = plan.prior_state?.values?.root_module?.resources ?? [];
  const deferred = (plan.resource_changes ?? []).filter(({ mode }) => mode === "data");
  const counts: Record<string, number> = {};
  for (const { type } of [...found.filter(({ mode }) => mode === "data"), ...deferred]) {
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return sorted(counts);
}

function outputs(plan: TerraformPlan): Record<string, unknown> {
  const changes = Object.entries(plan.output_changes ?? {});
  return sorted(
    Object.fromEntries(changes.map(([name, change]) => [name, merged(change.after, change.after_unknown)])),
  );
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
