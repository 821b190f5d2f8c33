import { join, resolve } from "node:path";
import { repositoryOf } from "@cluster-ipam/address-plan/repository";

/**
 * The folder where the `sandbox` command saves its cloud: `SANDBOX_STATE` if set; otherwise `.sandbox` next to the
 * nearest `addresses.yaml` in the working directory or a parent, so that a repository's apps share one cloud;
 * otherwise `.sandbox` in the working directory.
 */
export function stateFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  if (env["SANDBOX_STATE"]) return resolve(cwd, env["SANDBOX_STATE"]);
  return join(repositoryOf(cwd) ?? cwd, ".sandbox");
}
