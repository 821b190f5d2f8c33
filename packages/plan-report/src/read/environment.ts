import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { readJsonObject } from "@cluster-ipam/address-plan/repository";
import { PlanError } from "../errors/plan-error";

/** The environment that owns the organization's address space. */
export const NETWORK = "network";

/** One environment: an app of the workspace, planned on its own. */
export interface Environment {
  /** Folder name under `apps`, for example `prod`. */
  readonly name: string;
  /** Absolute path of the app's folder. */
  readonly app: string;
  /** nx project name, for example `@cluster-ipam/prod-app`. */
  readonly project: string;
}

/**
 * The root of the workspace that contains the folder `from`.
 *
 * @throws PlanError if no workspace contains it
 */
export function workspaceRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "nx.json"))) return folder;
    if (folder === dirname(folder)) {
      throw new PlanError(
        `${from}: no nx.json in this folder or above it; run the command inside the repository`,
      );
    }
  }
}

/**
 * The environments of a workspace, the network first: it owns the addresses that the others use.
 *
 * @param root absolute path of the workspace
 * @param names environments to select; all if empty
 * @throws PlanError for an unknown name
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
  const description = readJsonObject(file, "restore it from version control") as Description;
  if (description.scripts?.["plan"] === undefined) return undefined;
  return { name, app, project: description.name ?? name };
}

interface Description {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}
