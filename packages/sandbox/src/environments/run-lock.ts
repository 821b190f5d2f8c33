import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { lock } from "proper-lockfile";

/** Time after which the lock of a run that was killed no longer counts, in milliseconds. */
const stale = 10_000;

/**
 * Runs `work` while no other run builds and synthesizes in the same repository; `npm run plan` takes the same lock.
 *
 * @param root absolute path of the repository
 * @throws Error if another run is at work
 */
export async function exclusively<T>(root: string, work: () => Promise<T>): Promise<T> {
  const folder = join(root, "node_modules", ".cache", "cluster-ipam");
  mkdirSync(folder, { recursive: true });
  const lockfilePath = join(folder, "plan.lock");
  const release = await lock(root, { lockfilePath, stale }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ELOCKED") throw error;
    throw new Error(
      `another run is at work in this repository; wait until it has ended (the lock of a run that was killed, ` +
        `${relative(root, lockfilePath)}, ends by itself after ${stale / 1000} seconds)`,
    );
  });
  try {
    return await work();
  } finally {
    await release();
  }
}
