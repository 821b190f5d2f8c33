import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** File name of the plan. Its folder is the root of the repository. */
export const PLAN_FILE = "addresses.yaml";

/** The nearest folder with an address plan: `folder` or one of its parents; undefined if there is none. */
export function repositoryOf(folder: string): string | undefined {
  const root = resolve(folder);
  if (existsSync(join(root, PLAN_FILE))) return root;
  const parent = dirname(root);
  return parent === root ? undefined : repositoryOf(parent);
}
