import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { lock } from "proper-lockfile";
import { PlanError } from "../errors/plan-error";

/** Age after which the lock of a crashed run expires, in milliseconds. */
const STALE = 10_000;

/**
 * Runs `work` with an exclusive lock on the workspace: two runs would delete each other's output folders.
 *
 * @param root absolute path of the workspace
 * @throws PlanError if another run holds the lock
 */
export async function withWorkspaceLock<T>(root: string, work: () => Promise<T>): Promise<T> {
  const folder = join(root, "node_modules", ".cache", "cluster-ipam");
  mkdirSync(folder, { recursive: true });
  const lockfilePath = join(folder, "plan.lock");
  const release = await lock(root, { lockfilePath, stale: STALE }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ELOCKED") throw error;
    throw new PlanError(
      `another run is in progress in this workspace; wait until it ends (if it crashed, its lock, ` +
        `${relative(root, lockfilePath)}, expires after ${STALE / 1000} seconds)`,
    );
  });
  try {
    return await work();
  } finally {
    await release();
  }
}
