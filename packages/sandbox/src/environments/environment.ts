import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** An app of the repository. */
export interface Environment {
  /** Its folder below `apps`, for example `prod`. */
  readonly name: string;
  /** Absolute path of that folder. */
  readonly app: string;
}

/**
 * The environments in deployment order: the network first, because the others allocate from its pools.
 *
 * @param root absolute path of the repository
 * @throws Error when the repository has no app
 */
export function environmentsOf(root: string): readonly Environment[] {
  const apps = join(root, "apps");
  const names = existsSync(apps) ? readdirSync(apps) : [];
  const found = names
    .map((name) => ({ name, app: join(apps, name) }))
    .filter(({ app }) => existsSync(join(app, "cdktf.json")));
  if (found.length === 0) throw new Error(`${apps}: no app with a cdktf.json; run this in the repository`);
  return found.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

const rank = ({ name }: Environment): number => (name === "network" ? 0 : 1);
