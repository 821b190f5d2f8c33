import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The folder in which the `sandbox` command keeps what stands: `SANDBOX_STATE`, else `.sandbox` beside the nearest
 * `addresses.yaml` at or above the working directory, so that the apps of a repository share one cloud, else
 * `.sandbox` in the working directory.
 */
export function stateFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  if (env["SANDBOX_STATE"]) return resolve(cwd, env["SANDBOX_STATE"]);
  return join(repositoryOf(cwd) ?? cwd, ".sandbox");
}

/** The nearest folder at or above `folder` that has an address plan. */
export function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, "addresses.yaml"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}
