import { type TerraformPlan } from "@cluster-ipam/plan-report";
import { isSameJson } from "../same-json";
import { type PlannedEffect, plannedEffects } from "./planned-effect";

/** A difference between a new plan and the reviewed one at one resource or output. It has no values. */
export interface PlanDifference {
  /** Resource address, or `output.<name>`. */
  readonly address: string;
  /** Readable: what was reviewed, and what would happen now. */
  readonly difference: string;
}

/**
 * Compares the effects of a new plan with those of the reviewed one.
 *
 * @returns every difference, sorted by address; empty if the effects are the same
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
  if (then === undefined || now === undefined || !isSameJson(then.actions, now.actions))
    return `reviewed: ${actionsOf(then)}, now: ${actionsOf(now)}`;
  const names = [...new Set([...Object.keys(then.attributes), ...Object.keys(now.attributes)])].sort();
  const different = names.filter(
    (name) => !isSameJson(then.attributes[name] ?? null, now.attributes[name] ?? null),
  );
  return different.length === 0
    ? undefined
    : `${actionsOf(now)} as reviewed, but with a different ${different.join(", ")}`;
}

const actionsOf = (effect: PlannedEffect | undefined) => effect?.actions.join(" and ") ?? "nothing";
