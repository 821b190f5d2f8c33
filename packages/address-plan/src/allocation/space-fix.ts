import { type SizeSetting } from "../blocks/required-block";
import { unusedRange } from "../demand/definition-check";
import { type PlanDefinition } from "../demand/plan-definition";
import { AddressPlanError } from "../message/address-plan-error";
import { Prefix } from "../prefix/prefix";
import { NoSpaceError } from "./no-space-error";

/** Larger blocks than these are never suggested. */
const LARGEST = 4;
/** A plan that does not fit after so many larger settings has another problem than space. */
const MOST_STEPS = 64;

/**
 * Allocates, and if no space is free, finds the settings that make it fit by trying: an error always has a fix that works.
 *
 * @param allocate allocates a plan, and throws `NoSpaceError` if it does not fit
 * @throws AddressPlanError with the settings
 */
export function withFix<Result>(plan: PlanDefinition, allocate: (plan: PlanDefinition) => Result): Result {
  try {
    return allocate(plan);
  } catch (error) {
    if (!(error instanceof NoSpaceError)) throw error;
    throw new AddressPlanError(error.path, `${error.reason}; ${fixFor(plan, error, allocate)}`);
  }
}

function fixFor(
  plan: PlanDefinition,
  problem: NoSpaceError,
  allocate: (plan: PlanDefinition) => unknown,
): string {
  const settings = new Map<string, string>();
  let candidate = plan;
  let next = problem;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { setting } = next.pool;
    const larger = setting === undefined ? withRange(candidate, next) : withLarger(candidate, setting);
    if (larger === undefined) break;
    candidate = larger.plan;
    settings.set(larger.path, larger.text);
    try {
      allocate(candidate);
      return [...settings.values()].join(" and ");
    } catch (error) {
      if (!(error instanceof NoSpaceError)) break;
      next = error;
    }
  }
  return "use smaller blocks, or split the plan";
}

interface LargerPlan {
  readonly plan: PlanDefinition;
  readonly path: string;
  /** What to do, for the error. */
  readonly text: string;
}

/** The plan with a setting that is twice as large. Undefined if it cannot be larger. */
function withLarger(plan: PlanDefinition, { path }: SizeSetting): LargerPlan | undefined {
  const copy = structuredClonePlan(plan);
  const parents = path.slice(0, -1) as string[];
  const sizes = parents.reduce<Record<string, unknown> | undefined>(
    (node, step) => node?.[step] as Record<string, unknown> | undefined,
    copy as unknown as Record<string, unknown>,
  );
  const name = path.at(-1)!;
  const length = sizes?.[name];
  if (sizes === undefined || typeof length !== "number" || length <= LARGEST) return undefined;
  sizes[name] = length - 1;
  const text = path.join(".");
  return { plan: copy, path: text, text: `set ${text} to /${length - 1}` };
}

/** The plan with another range in a space. Undefined if no private range is left. */
function withRange(plan: PlanDefinition, { pool }: NoSpaceError): LargerPlan | undefined {
  const taken = [...Object.values(plan.spaces).flat(), ...plan.reserved.map(({ cidr }) => cidr)];
  const range = unusedRange(taken);
  const cidrs = plan.spaces[pool.key];
  if (cidrs === undefined || !range.includes("/")) return undefined;
  const copy = { ...plan, spaces: { ...plan.spaces, [pool.key]: [...cidrs, Prefix.parse(range)] } };
  return { plan: copy, path: `spaces.${pool.key} ${range}`, text: `add ${range} to spaces.${pool.key}` };
}

/** The sizes are plain data; prefixes are immutable and shared. */
function structuredClonePlan(plan: PlanDefinition): PlanDefinition {
  return {
    ...plan,
    regions: structuredClone(plan.regions),
    environments: structuredClone(plan.environments),
  };
}
