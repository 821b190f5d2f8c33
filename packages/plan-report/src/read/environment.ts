import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PlanError } from "../plan-error";

/** Name of the environment that owns the organisation's address space. */
export const NETWORK = "network";

/** An app of the workspace: one environment, planned on its own. */
export interface Environment {
  /** Name of its folder under `apps`, for example `prod`. */
  readonly name: string;
  /** Absolute path of the app's folder. */
  readonly app: string;
  /** Name of its project in the nx graph, for example `@cluster-ipam/prod-app`. */
  readonly project: string;
}

/**
 * The folder of the workspace that `from` is in.
 *
 * @throws PlanError if it is in none
 */
export function workspaceRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "nx.json"))) return folder;
    if (folder === dirname(folder)) {
      throw new PlanError(`${from}: no nx.json here or above; run the command in the repository`);
    }
  }
}

/**
 * The environments of a workspace, the network first: it owns the addresses the others take.
 *
 * @param root absolute path of the workspace
 * @param names the ones to choose; all if empty
 * @throws PlanError for a name that is none of them
 */
export function environments(root: string, names: readonly string[]): Environment[] {
  const all = foldersOf(join(root, "apps"))
    .flatMap((name) => environmentOf(name, join(root, "apps", name)) ?? [])
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  if (all.length === 0)
    throw new PlanError(`${root}/apps: no app has a \`plan\` script; add one to its package.json`);
  for (const name of names) {
    if (all.some((environment) => environment.name === name)) continue;
    const known = all.map((environment) => environment.name).join(", ");
    throw new PlanError(`--env ${name}: there is no app in apps/${name}; choose from ${known}`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

const rank = ({ name }: Environment) => (name === NETWORK ? 0 : 1);

const foldersOf = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))
    : [];

function environmentOf(name: string, app: string): Environment | undefined {
  const file = join(app, "package.json");
  if (!existsSync(file)) return undefined;
  const description = JSON.parse(readFileSync(file, "utf8")) as {
    name?: string;
    scripts?: Record<string, string>;
  };
  if (description.scripts?.["plan"] === undefined) return undefined;
  return { name, app, project: description.name ?? name };
}
