import { existsSync } from "node:fs";
import { dirname } from "node:path";

import { isAround, parseClusterKey } from "../blocks/block-key";
import { type Allocation, allocatePlan } from "../allocation/allocation";
import { type AwsListing } from "../aws/aws-listing";
import { NO_PROOFS } from "../allocation/leaving/proofs";
import { checkUpToDate } from "../allocation/lock-check";
import { type AddressLock, EMPTY_LOCK, LOCK_FILE, renderLock } from "../lock/address-lock";
import { lockedPrefix } from "../lock/locked-blocks";
import { hasConflict, parseLock } from "../lock/lock-text";
import { findPlan, readPlan, readPlanFiles } from "../lock/plan-files";
import { AddressPlanError } from "../message/address-plan-error";
import { readText } from "../repository";
import { suggestion } from "../message/suggestion";
import { type PlanDefinition } from "../demand/plan-definition";
import { type StackState } from "../states";
import {
  checkNothingRecorded,
  dropEmptiedStacks,
  type KeptBlock,
  leavingProofs,
  type LeavingProofs,
  listingOf,
  statesOfLeaving,
} from "./leaving-proofs";
import { mergedConflict } from "./merge-command";
import { writePlanFile } from "./plan-replacement";
import { acquireRunLock } from "./run-lock";

/** The result of an update. */
export interface LockUpdate extends Allocation {
  /** Whether there was no lock before. */
  readonly created: boolean;
  /** Whether the lock had a merge conflict, which is resolved. */
  readonly merged: boolean;
  /** The blocks that leave the plan and stay in the lock, with the reason. */
  readonly kept: readonly KeptBlock[];
  /** What of AWS could not be read before blocks left, and why. */
  readonly unlisted: readonly string[];
  /** Stacks that left the records of their apps, as `<app>/<stack>`. */
  readonly dropped: readonly string[];
}

/** Options of {@link updateLock}. */
export interface LockUpdateOptions {
  /** Keys of allocations to release without proof, with everything in them. @default none */
  readonly release?: readonly string[];
  /** Has the backends' variables and credentials. @default the process's */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Updates `addresses.lock.json` to match `addresses.yaml`. Blocks that left the plan are freed if the deployed states
 * prove that they are free. The file is replaced atomically, by one run at a time.
 *
 * @param directory searched for the plan, and then its parents
 * @throws AddressPlanError if the plan is invalid, the lock is missing, damaged or in use by another run, or no space is
 * free
 */
export async function updateLock(directory: string, options: LockUpdateOptions = {}): Promise<LockUpdate> {
  const { release = [], env = process.env } = options;
  const paths = findPlan(directory);
  const root = dirname(paths.plan);
  const unlock = await acquireRunLock(paths);
  try {
    const plan = readPlan(paths);
    const text = existsSync(paths.lock) ? readText(paths.lock) : undefined;
    if (text === undefined) checkNothingRecorded(root);
    const merged = text !== undefined && hasConflict(text);
    const lock = text === undefined ? EMPTY_LOCK : merged ? mergedConflict(text, root) : parseLock(text);
    const first = allocatePlan(plan, lock, { ...NO_PROOFS, released: releasedKeys(lock, release) });
    const states = await statesOfLeaving(first.lock, root, env);
    const byStates = withoutProven(plan, first, states);
    const listing = await listingOf(byStates.provenInAws, states);
    const { allocation, kept, unlisted } =
      listing === undefined ? byStates : withoutProven(plan, first, states, listing);
    const updated = renderLock(allocation.lock);
    if (updated !== text) {
      await writePlanFile(paths.lock, updated);
    }
    const dropped = await dropEmptiedStacks(plan, allocation.lock, root, env);
    return { ...allocation, created: text === undefined, merged, kept, unlisted, dropped };
  } finally {
    await unlock();
  }
}

/** An allocation without the blocks that were proven free. */
export interface ProvenAllocation extends Omit<LeavingProofs, "proofs"> {
  readonly allocation: Allocation;
}

/**
 * Frees what the states, and AWS, prove to be free, from the inside out: a pool can be freed when what is inside is.
 *
 * @param listing what AWS lists in the `provenInAws` of the same call without it @default only the states count
 */
export function withoutProven(
  plan: PlanDefinition,
  allocation: Allocation,
  states: readonly StackState[],
  listing?: AwsListing,
): ProvenAllocation {
  const leaves = allocation.lock.allocations.some(({ state }) => state !== undefined);
  if (!leaves && !allocation.changes.some(({ kind }) => kind === "freed"))
    return { allocation, kept: [], provenInAws: [], unlisted: [] };
  const added = allocation.changes
    .filter(({ kind }) => kind === "added" || kind === "restored")
    .map(({ key }) => key);
  const evidence = { added, ...(listing && { listing }) };
  const { proofs, kept, provenInAws, unlisted } = leavingProofs(plan, allocation.lock, states, evidence);
  const next = allocatePlan(plan, allocation.lock, { ...NO_PROOFS, ...proofs });
  // A pool can leave when the blocks are freed for which it was still required.
  if (next.changes.length === 0) return { allocation, kept, provenInAws, unlisted };
  const changes = combined(allocation.changes, next.changes);
  const later = withoutProven(plan, { ...next, changes }, states, listing);
  return {
    ...later,
    provenInAws: [...provenInAws, ...later.provenInAws],
    unlisted: [...new Set([...unlisted, ...later.unlisted])],
  };
}

/** The changes of two allocations in turn: of a block that changes twice, the second change. */
function combined(first: Allocation["changes"], second: Allocation["changes"]): Allocation["changes"] {
  const later = new Set(second.map(({ key }) => key));
  return [...first.filter(({ key }) => !later.has(key)), ...second].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * Verifies that `addresses.lock.json` is exactly what `updateLock` would write without reading states.
 *
 * @returns the number of allocations
 * @throws AddressPlanError with the first entry that differs
 */
export function checkLock(directory: string): number {
  const { definition, lock } = readPlanFiles(directory);
  const allocation = allocatePlan(definition, lock);
  checkUpToDate(allocation.changes);
  if (renderLock(allocation.lock) !== readText(findPlan(directory).lock))
    throw new AddressPlanError(
      LOCK_FILE,
      "not formatted as npm run addresses writes it; run npm run addresses",
    );
  return lock.allocations.length;
}

/** The released blocks with everything inside. The name of a cluster stands for all its blocks. */
function releasedKeys(lock: AddressLock, release: readonly string[]): ReadonlySet<string> {
  if (release.length === 0) return new Set();
  const keys = lock.allocations.map(({ key }) => key);
  const clusters = [...new Set(keys.map((key) => parseClusterKey(key)?.cluster ?? key))];
  const unknown = release.find((name) => !keys.includes(name) && !clusters.includes(name));
  if (unknown !== undefined)
    throw new AddressPlanError(
      `--release ${unknown}`,
      `${LOCK_FILE} has no such entry${suggestion(unknown, unknown.includes("/") ? keys : clusters)}`,
    );
  const released = lock.allocations.filter(({ key }) => release.includes(key));
  const inside = lock.allocations.filter(
    ({ key, cidr }) =>
      release.includes(parseClusterKey(key)?.cluster ?? key) ||
      released.some(
        (outer) => isAround(outer.key, key) && lockedPrefix(outer).contains(lockedPrefix({ key, cidr })),
      ),
  );
  return new Set([...released, ...inside].map(({ key }) => key));
}
