import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { type AddressLock, LOCK_FILE, parseLock } from "./address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { type PlanDefinition } from "../demand/plan-definition";
import { parsePlan } from "../demand/plan-yaml";

/** Name of the plan's file. */
export const PLAN_FILE = "addresses.yaml";

/** Where a plan and its lock are. */
export interface PlanPaths {
  readonly plan: string;
  readonly lock: string;
}

/** Searches `addresses.yaml` in a directory and upwards from there. @throws AddressPlanError if there is none */
export function findPlan(directory: string): PlanPaths {
  for (let at = resolve(directory); ; at = dirname(at)) {
    const plan = join(at, PLAN_FILE);
    if (existsSync(plan)) return { plan, lock: join(at, LOCK_FILE) };
    if (at === dirname(at))
      throw new AddressPlanError(
        PLAN_FILE,
        `not found in ${resolve(directory)} or above it; run in the repository that holds the plan`,
      );
  }
}

/** Reads the plan. @throws AddressPlanError with line and path of what is wrong */
export function readPlan(paths: PlanPaths): PlanDefinition {
  return parsePlan(readFileSync(paths.plan, "utf8"), paths.plan);
}

/** Reads the lock; undefined if none has been written yet. @throws AddressPlanError if it is damaged */
export function readLock(paths: PlanPaths): AddressLock | undefined {
  return existsSync(paths.lock) ? parseLock(readFileSync(paths.lock, "utf8")) : undefined;
}

/** Reads the plan and its lock. @throws AddressPlanError if one is missing or wrong */
export function readPlanFiles(directory: string): { definition: PlanDefinition; lock: AddressLock } {
  const paths = findPlan(directory);
  const definition = readPlan(paths);
  const lock = readLock(paths);
  if (lock) return { definition, lock };
  throw new AddressPlanError(LOCK_FILE, `missing beside ${PLAN_FILE}; run npm run addresses and commit it`);
}
