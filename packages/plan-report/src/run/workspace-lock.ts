import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { lock } from "proper-lockfile";
import { PlanError } from "../plan-error";

/** Time after which the lock of a run that crashed no longer counts, in milliseconds. */
const STALE = 10_000;

/**
 * Runs `work` while no other plan works in the same workspace: two of them would clean each other's output folders.
 *
 * @param root absolute path of the workspace
 * @throws PlanError if another run is at work
 */
export async function exclusively<T>(root: string, work: () => Promise<T>): Promise<T> {
  const folder = join(root, "node_modules", ".cache", "cluster-ipam");
  mkdirSync(folder, { recursive: true });
  const lockfilePath = join(folder, "plan.lock");
  const release = await lock(root, { lockfilePath, stale: STALE }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ELOCKED") throw error;
    throw new PlanError(
      `another \`npm run plan\` is at work in this workspace; wait until it has ended (the lock of a run that ` +
        `crashed, ${relative(root, lockfilePath)}, ends by itself after ${STALE / 1000} seconds)`,
    );
  });
  try {
    return await work();
  } finally {
    await release();
  }
}
