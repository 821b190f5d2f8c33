import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { AddressPlanError } from "../message/address-plan-error";

/** Age after which the lock of a killed run expires, in milliseconds. */
const STALE_MILLISECONDS = 10_000;
const LOCK = "node_modules/.cache/cluster-ipam/plan.lock";

/**
 * Runs `work` with an exclusive lock on a workspace: runs that build, synthesize or plan would delete each other's
 * output folders.
 *
 * @param root absolute path of the workspace
 * @throws AddressPlanError if another run holds the lock
 */
export async function withWorkspaceLock<T>(root: string, work: () => Promise<T>): Promise<T> {
  // Loaded only here: a synthesis takes no lock.
  const { lock } = await import("proper-lockfile");
  const lockfilePath = join(root, LOCK);
  mkdirSync(dirname(lockfilePath), { recursive: true });
  const options = { lockfilePath, stale: STALE_MILLISECONDS };
  const release = await lock(root, options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ELOCKED") throw error;
    throw new AddressPlanError(
      LOCK,
      "another run is in progress in this workspace; wait until it ends " +
        `(the lock of a killed run expires after ${STALE_MILLISECONDS / 1000} seconds)`,
    );
  });
  try {
    return await work();
  } finally {
    await release();
  }
}
