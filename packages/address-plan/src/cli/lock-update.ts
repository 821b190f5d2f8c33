import { readFileSync } from "node:fs";

import { type AddressLock, EMPTY_LOCK, LOCK_FILE, renderLock } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { type Allocation, allocateTree } from "../allocation/allocation";
import { lockedGrowth } from "../blocks/growth-blocks";
import { checkFresh } from "../lock/lock-check";
import { findPlan, type PlanPaths, readLock, readPlan, readPlanFiles } from "../lock/plan-files";
import { suggestion } from "../message/suggestion";
import { type WantedBlock, type WantedSpace } from "../blocks/required-block";
import { wantedTree } from "../blocks/required-spaces";

/**
 * A guard that its owner left behind when it was killed is overtaken after this time; a second run waits longer
 * than that before it gives up.
 */
const STALE_MILLISECONDS = 4_000;
const RETRIES = { retries: 30, factor: 1, minTimeout: 200 } as const;

/**
 * Brings `addresses.lock.json` up to date with `addresses.yaml`. The file is replaced as a whole or not at all,
 * and by one run at a time.
 *
 * @param directory where the search for the plan starts
 * @param release keys of allocations that may move, with everything inside them @default none
 * @throws AddressPlanError if the plan is wrong, the lock damaged or written by another run, or no space is left
 */
export async function updateLock(directory: string, release: readonly string[] = []): Promise<Allocation> {
  const paths = findPlan(directory);
  const done = await acquire(paths);
  try {
    const lock = readLock(paths) ?? EMPTY_LOCK;
    const wanted = wantedTree(readPlan(paths), lockedGrowth(lock, release));
    const allocation = allocateTree(wanted, lock, releasedKeys(wanted, lock, release));
    const text = renderLock(allocation.lock);
    if (lock === EMPTY_LOCK || text !== readFileSync(paths.lock, "utf8")) {
      const { default: writeFileAtomic } = await import("write-file-atomic");
      await writeFileAtomic(paths.lock, text);
    }
    return allocation;
  } finally {
    await done();
  }
}

/**
 * Verifies that `addresses.lock.json` is the outcome of `addresses.yaml`, to the letter.
 *
 * @returns the number of allocations
 * @throws AddressPlanError that names the first entry that is not
 */
export function checkLock(directory: string): number {
  const { definition, lock } = readPlanFiles(directory);
  const wanted = wantedTree(definition, lockedGrowth(lock));
  checkFresh(wanted, lock);
  const allocation = allocateTree(wanted, lock);
  if (renderLock(allocation.lock) !== readFileSync(findPlan(directory).lock, "utf8"))
    throw new AddressPlanError(LOCK_FILE, "not in the order and form of the program; run npm run addresses");
  return lock.allocations.length;
}

async function acquire(paths: PlanPaths): Promise<() => Promise<void>> {
  // Loaded only here: every synthesis loads this package, and only the command writes.
  const { lock: guard } = await import("proper-lockfile");
  try {
    return await guard(paths.lock, { realpath: false, stale: STALE_MILLISECONDS, retries: RETRIES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    throw new AddressPlanError(
      LOCK_FILE,
      "another npm run addresses is at work; run again when it has ended",
    );
  }
}

function releasedKeys(
  wanted: readonly WantedSpace[],
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
  const walk = (block: WantedBlock, within: boolean): void => {
    const inside = within || released.has(block.key);
    if (inside) released.add(block.key);
    for (const child of block.children) walk(child, inside);
  };
  for (const space of wanted) for (const block of space.children) walk(block, false);
  return released;
}
