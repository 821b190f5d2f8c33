import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The folder where the `sandbox` command saves its cloud: `SANDBOX_STATE` if set; otherwise `.sandbox` next to the
 * nearest `addresses.yaml` in the working directory or a parent, so that a repository's apps share one cloud;
 * otherwise `.sandbox` in the working directory.
 */
export function stateFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  if (env["SANDBOX_STATE"]) return resolve(cwd, env["SANDBOX_STATE"]);
  return join(repositoryOf(cwd) ?? cwd, ".sandbox");
}

/** The nearest folder with an address plan: `folder` or one of its parents. */
export function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, "addresses.yaml"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}
