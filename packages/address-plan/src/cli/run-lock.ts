import { LOCK_FILE } from "../lock/address-lock";
import { type PlanPaths } from "../lock/plan-files";
import { AddressPlanError } from "../message/address-plan-error";

/** The run lock of a killed run expires after this time. A second run waits longer than that before it gives up. */
const STALE_MILLISECONDS = 4_000;
const RETRIES = { retries: 30, factor: 1, minTimeout: 200 } as const;

/**
 * Keeps other runs from writing the plan's files.
 *
 * @returns the function that lets them
 * @throws AddressPlanError if another run does not end
 */
export async function acquireRunLock(paths: PlanPaths): Promise<() => Promise<void>> {
  // Loaded only here: every synthesis loads this package, and only commands write.
  const { lock: lockFile } = await import("proper-lockfile");
  try {
    return await lockFile(paths.lock, { realpath: false, stale: STALE_MILLISECONDS, retries: RETRIES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    throw new AddressPlanError(LOCK_FILE, "another npm run addresses is running; run again when it finishes");
  }
}
