import { placeOf, poolKeys } from "../blocks/block-key";
import { type SizeSetting } from "../blocks/required-block";
import { vpcCidrConflict } from "../cloud/vpc-cidr";
import { PUBLIC_RANGE, unusedRange } from "../demand/definition-check";
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
 * @param locked the CIDRs of the spaces that the lock has, those included that left them
 * @throws AddressPlanError with the settings
 */
export function withFix<Result>(
  plan: PlanDefinition,
  allocate: (plan: PlanDefinition) => Result,
  locked: () => readonly Prefix[],
): Result {
  try {
    return allocate(plan);
  } catch (error) {
    if (!(error instanceof NoSpaceError)) throw error;
    throw new AddressPlanError(error.path, `${error.reason}; ${fixFor(plan, error, allocate, locked())}`);
  }
}

function fixFor(
  plan: PlanDefinition,
  problem: NoSpaceError,
  allocate: (plan: PlanDefinition) => unknown,
  locked: readonly Prefix[],
): string {
  const settings = new Map<string, string>();
  let candidate = plan;
  let next = problem;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { setting } = next.pool;
    const larger =
      setting !== undefined
        ? withLarger(candidate, setting)
        : Object.hasOwn(candidate.spaces, next.pool.key)
          ? withRange(candidate, next, locked)
          : withNodesFrom(candidate, next);
    if (larger === undefined) break;
    candidate = larger.plan;
    settings.set(larger.path, larger.text);
    try {
      allocate(candidate);
      return [...settings.values()].join(" and ");
    } catch (error) {
      // Space is no longer the problem; the next error has its own fix.
      if (!(error instanceof NoSpaceError)) return [...settings.values()].join(" and ");
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

/** Stands for the public range of an organisation: where it is does not matter for whether the plan fits. */
const ANY_PUBLIC_RANGE = Prefix.parse("20.0.0.0/6");

/** The plan with another range in a space. Undefined if a public range would not help. */
function withRange(
  plan: PlanDefinition,
  { pool, length, primary }: NoSpaceError,
  locked: readonly Prefix[],
): LargerPlan | undefined {
  const taken = [...Object.values(plan.spaces).flat(), ...plan.reserved.map(({ cidr }) => cidr), ...locked];
  if (taken.some((cidr) => cidr.overlaps(ANY_PUBLIC_RANGE))) return undefined;
  const accepts = (cidr: Prefix) => primary === undefined || vpcCidrConflict(primary, cidr) === undefined;
  const range = unusedRange(taken, Math.min(length, 16), accepts);
  const cidrs = [...plan.spaces[pool.key]!, range ?? ANY_PUBLIC_RANGE];
  const text = `add ${range ?? PUBLIC_RANGE} to spaces.${pool.key}`;
  return { plan: { ...plan, spaces: { ...plan.spaces, [pool.key]: cidrs } }, path: text, text };
}

/** The plan in which an environment's nodes come from the pool's space again: only EKS clusters need a pool for ever. */
function withNodesFrom(plan: PlanDefinition, { pool }: NoSpaceError): LargerPlan | undefined {
  const { cloud, region, environment = "" } = placeOf(pool.key);
  const aws = plan.environments[environment]?.aws;
  const space = Object.keys(plan.spaces).find(
    (name) => poolKeys({ cloud, region, environment }, name).application === pool.key,
  );
  if (aws === undefined || space === undefined || aws.nodesFrom === space) return undefined;
  const copy = structuredClonePlan(plan);
  copy.environments[environment]!.aws!.nodesFrom = space;
  const path = `environments.${environment}.aws.nodesFrom`;
  return { plan: copy, path, text: `set ${path} to ${space}` };
}

/** The sizes are plain data; prefixes are immutable and shared. */
function structuredClonePlan(plan: PlanDefinition): PlanDefinition {
  return {
    ...plan,
    regions: structuredClone(plan.regions),
    environments: structuredClone(plan.environments),
  };
}
