import { type TerraformPlan } from "@cluster-ipam/plan-report";
import { type PlannedEffect, plannedEffects, same } from "./planned-effect";

/** How a fresh plan differs from the reviewed one, at one object. Holds no values. */
export interface PlanDifference {
  /** Address of the object, or `output.<name>`. */
  readonly address: string;
  /** For people: what was reviewed and what would happen now. */
  readonly difference: string;
}

/**
 * Compares what a fresh plan would do with what was reviewed.
 *
 * @returns every difference, in the order of the addresses; empty if the fresh plan does what was reviewed
 */
export function planDifferences(reviewed: TerraformPlan, fresh: TerraformPlan): PlanDifference[] {
  const [then, now] = [plannedEffects(reviewed), plannedEffects(fresh)];
  const addresses = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort();
  return addresses.flatMap((address) => {
    const difference = differenceOf(then[address], now[address]);
    return difference === undefined ? [] : [{ address, difference }];
  });
}

function differenceOf(then: PlannedEffect | undefined, now: PlannedEffect | undefined): string | undefined {
  if (then === undefined || now === undefined || !same(then.actions, now.actions))
    return `reviewed: ${actionsOf(then)}, now: ${actionsOf(now)}`;
  const names = [...new Set([...Object.keys(then.attributes), ...Object.keys(now.attributes)])].sort();
  const different = names.filter(
    (name) => !same(then.attributes[name] ?? null, now.attributes[name] ?? null),
  );
  return different.length === 0
    ? undefined
    : `${actionsOf(now)} as reviewed, but not the same ${different.join(", ")}`;
}

const actionsOf = (effect: PlannedEffect | undefined) => effect?.actions.join(" and ") ?? "nothing";
