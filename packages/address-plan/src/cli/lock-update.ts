import { readFileSync } from "node:fs";

import { type Allocation, allocateSpaces } from "../allocation/allocation";
import { type RequiredBlock, type RequiredSpace } from "../blocks/required-block";
import { requiredSpaces } from "../blocks/required-spaces";
import { type AddressLock, EMPTY_LOCK, LOCK_FILE, renderLock } from "../lock/address-lock";
import { checkLockMatches } from "../lock/lock-check";
import { lockedGrowth } from "../lock/locked-growth";
import { findPlan, type PlanPaths, readLock, readPlan, readPlanFiles } from "../lock/plan-files";
import { AddressPlanError } from "../message/address-plan-error";
import { suggestion } from "../message/suggestion";

/** The run lock of a killed run expires after this time. A second run waits longer than that before it gives up. */
const STALE_MILLISECONDS = 4_000;
const RETRIES = { retries: 30, factor: 1, minTimeout: 200 } as const;

/**
 * Updates `addresses.lock.json` to match `addresses.yaml`. The file is replaced atomically, by one run at a time.
 *
 * @param directory searched for the plan, and then its parents
 * @param release keys of allocations to release and allocate again, with everything in them @default none
 * @throws AddressPlanError if the plan is invalid, the lock is damaged or in use by another run, or no space is free
 */
export async function updateLock(directory: string, release: readonly string[] = []): Promise<Allocation> {
  const paths = findPlan(directory);
  const unlock = await acquireRunLock(paths);
  try {
    const lock = readLock(paths) ?? EMPTY_LOCK;
    const required = requiredSpaces(readPlan(paths), lockedGrowth(lock, release));
    const allocation = allocateSpaces(required, lock, releasedKeys(required, lock, release));
    const text = renderLock(allocation.lock);
    if (lock === EMPTY_LOCK || text !== readFileSync(paths.lock, "utf8")) {
      const { default: writeFileAtomic } = await import("write-file-atomic");
      await writeFileAtomic(paths.lock, text);
    }
    return allocation;
  } finally {
    await unlock();
  }
}

/**
 * Verifies that `addresses.lock.json` is exactly what `updateLock` would write.
 *
 * @returns the number of allocations
 * @throws AddressPlanError with the first entry that differs
 */
export function checkLock(directory: string): number {
  const { definition, lock } = readPlanFiles(directory);
  const required = requiredSpaces(definition, lockedGrowth(lock));
  checkLockMatches(required, lock);
  const allocation = allocateSpaces(required, lock);
  if (renderLock(allocation.lock) !== readFileSync(findPlan(directory).lock, "utf8"))
    throw new AddressPlanError(
      LOCK_FILE,
      "not formatted as npm run addresses writes it; run npm run addresses",
    );
  return lock.allocations.length;
}

async function acquireRunLock(paths: PlanPaths): Promise<() => Promise<void>> {
  // Loaded only here: every synthesis loads this package, and only the command writes.
  const { lock: lockFile } = await import("proper-lockfile");
  try {
    return await lockFile(paths.lock, { realpath: false, stale: STALE_MILLISECONDS, retries: RETRIES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    throw new AddressPlanError(LOCK_FILE, "another npm run addresses is running; run again when it finishes");
  }
}

function releasedKeys(
  required: readonly RequiredSpace[],
  lock: AddressLock,
  release: readonly string[],
): ReadonlySet<string> {
  const released = new Set(release);
  const locked = lock.allocations.map((entry) => entry.key);
  for (const key of release)
    if (!locked.includes(key))
      throw new AddressPlanError(
        `--release ${key}`,
        `${LOCK_FILE} has no such entry${suggestion(key, locked)}`,
      );
  const walk = (block: RequiredBlock, parentReleased: boolean): void => {
    const releases = parentReleased || released.has(block.key);
    if (releases) released.add(block.key);
    for (const child of block.children) walk(child, releases);
  };
  for (const space of required) for (const block of space.children) walk(block, false);
  return released;
}
