import { existsSync } from "node:fs";

import { findPlan } from "../lock/plan-files";
import { AddressPlanError } from "../message/address-plan-error";
import { readText, systemErrorText } from "../repository";
import { acquireRunLock } from "./run-lock";

/** The texts of a plan and of its lock. */
export interface PlanTexts {
  readonly plan: string;
  /** @default there is no lock yet */
  readonly lock?: string;
}

/**
 * Replaces the plan and its lock. Other runs wait. The lock is written first: a plan that is killed in between still has every
 * block of its clusters, and the same change is made again.
 *
 * @param directory searched for the plan, and then its parents
 * @param expected what the change was made from
 * @throws AddressPlanError if a file changed in the meantime, or cannot be written
 */
export async function replacePlan(
  directory: string,
  expected: PlanTexts,
  next: Required<PlanTexts>,
): Promise<void> {
  const paths = findPlan(directory);
  const unlock = await acquireRunLock(paths);
  try {
    const lock = existsSync(paths.lock) ? readText(paths.lock) : undefined;
    if (readText(paths.plan) !== expected.plan || lock !== expected.lock)
      throw new AddressPlanError(paths.plan, "it, or its lock, was changed in the meantime; run again");
    if (next.lock !== lock) await writePlanFile(paths.lock, next.lock);
    if (next.plan !== expected.plan) await writePlanFile(paths.plan, next.plan);
  } finally {
    await unlock();
  }
}

/** Replaces a file in one step. @throws AddressPlanError with the path if it cannot be written */
export async function writePlanFile(path: string, text: string): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  try {
    await writeFileAtomic(path, text);
  } catch (error) {
    throw new AddressPlanError(path, systemErrorText(error, path) ?? (error as Error).message);
  }
}
