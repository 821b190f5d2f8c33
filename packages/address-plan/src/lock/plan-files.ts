import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { type PlanDefinition } from "../demand/plan-definition";
import { parsePlan } from "../demand/plan-yaml";
import { AddressPlanError } from "../message/address-plan-error";
import { PLAN_FILE, readText, repositoryOf } from "../repository";
import { type AddressLock, LOCK_FILE } from "./address-lock";
import { parseLock } from "./lock-text";

/** Paths of a plan and its lock. */
export interface PlanPaths {
  readonly plan: string;
  readonly lock: string;
}

/** Finds `addresses.yaml` in a directory or its parents. @throws AddressPlanError if there is none */
export function findPlan(directory: string): PlanPaths {
  const root = repositoryOf(directory);
  if (root !== undefined) return { plan: join(root, PLAN_FILE), lock: join(root, LOCK_FILE) };
  throw new AddressPlanError(
    PLAN_FILE,
    `not found in ${resolve(directory)} or its parent directories; run inside the repository of the plan`,
  );
}

/** Reads the plan. @throws AddressPlanError with the line and the path of the first problem */
export function readPlan(paths: PlanPaths): PlanDefinition {
  return parsePlan(readText(paths.plan), paths.plan);
}

/** Reads the lock. Undefined if there is none yet. @throws AddressPlanError if it is damaged */
export function readLock(paths: PlanPaths): AddressLock | undefined {
  return existsSync(paths.lock) ? parseLock(readText(paths.lock)) : undefined;
}

/** Reads the plan and its lock. @throws AddressPlanError if one is missing or invalid */
export function readPlanFiles(directory: string): { definition: PlanDefinition; lock: AddressLock } {
  const paths = findPlan(directory);
  const definition = readPlan(paths);
  const lock = readLock(paths);
  if (lock) return { definition, lock };
  throw new AddressPlanError(
    LOCK_FILE,
    `not found next to ${PLAN_FILE}; run npm run addresses and commit it`,
  );
}
