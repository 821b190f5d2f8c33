import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { allocate, LOCK_FILE, parseLock, parsePlan, PLAN_FILE } from "@cluster-ipam/address-plan";
import { format, resolveConfig } from "prettier";
import writeFileAtomic from "write-file-atomic";
import { parse } from "yaml";
import { checkName, MODEL, renamed } from "./environment-name";
import { extendedPlan } from "./extended-plan";
import { NewEnvironmentError } from "./new-environment-error";
import { withSandboxAccount } from "./sandbox-accounts";

/** What is the app's own; the rest of its folder is made from it. */
const SOURCES = ["package.json", "cdktf.json", "tsconfig.json", "src"];
const ACCOUNTS = "apps/network/src/sandbox-accounts.json";

/**
 * Makes an environment like dev: an app, its demand in the address plan, and its account in the network. Everything
 * is checked before anything is written; the app's folder comes last and whole, so that a run that was killed is taken
 * up by the next.
 *
 * @param root absolute path of the repository
 * @returns the files that are new or changed, relative to the repository
 * @throws NewEnvironmentError if the name cannot be, or the environment exists
 * @throws AddressPlanError if the plan has no room for it
 */
export async function newEnvironment(root: string, name: string): Promise<string[]> {
  checkName(name);
  const app = join("apps", name);
  if (existsSync(join(root, app)))
    throw new NewEnvironmentError(`${app} exists already; choose another name, or remove the folder`);
  const read = (file: string) => readFileSync(join(root, file), "utf8");

  const plan = await formatted(root, PLAN_FILE, extendedPlan(read(PLAN_FILE), name, PLAN_FILE));
  checkRoom(plan, read(LOCK_FILE));
  const accounts = withSandboxAccount(JSON.parse(read(ACCOUNTS)) as Record<string, string>, name);
  const changes = {
    [PLAN_FILE]: plan,
    [ACCOUNTS]: await formatted(root, ACCOUNTS, JSON.stringify(accounts)),
    "tsconfig.json": await formatted(root, "tsconfig.json", withReference(read("tsconfig.json"), app)),
  };

  const made = await appLikeModel(root, name, accounts);
  try {
    const changed = Object.entries(changes).filter(([file, text]) => text !== read(file));
    for (const [file, text] of changed) await writeFileAtomic(join(root, file), text);
    renameSync(made, join(root, app));
    return [...changed.map(([file]) => file), app];
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** @throws AddressPlanError if the plan is wrong or its blocks find no room */
function checkRoom(plan: string, lock: string): void {
  parsePlan(plan, PLAN_FILE);
  allocate(parse(plan), parseLock(lock));
}

/** The root's TypeScript project with one more reference, behind the model's. */
function withReference(text: string, app: string): string {
  const project = JSON.parse(text) as { references: { path: string }[] };
  if (project.references.some(({ path }) => path === app)) return text;
  const at = project.references.findIndex(({ path }) => path === `apps/${MODEL}`);
  project.references.splice(at + 1, 0, { path: app });
  return JSON.stringify(project);
}

/** Writes the app into a temporary folder of the repository, which nothing reads as an app. @returns its path */
async function appLikeModel(
  root: string,
  name: string,
  accounts: Readonly<Record<string, string>>,
): Promise<string> {
  const made = mkdtempSync(join(root, ".new-environment-"));
  try {
    for (const source of SOURCES)
      cpSync(join(root, "apps", MODEL, source), join(made, source), { recursive: true });
    for (const entry of readdirSync(made, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const text = renamed(readFileSync(file, "utf8"), name).replaceAll(accounts[MODEL]!, accounts[name]!);
      writeFileSync(file, await formatted(root, join("apps", name, entry.name), text));
      if (entry.name === `${MODEL}.ts`) renameSync(file, join(entry.parentPath, `${name}.ts`));
    }
    mkdirSync(join(root, "apps"), { recursive: true });
    return made;
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw error;
  }
}

const formatted = async (root: string, file: string, text: string) =>
  format(text, { ...(await resolveConfig(join(root, file))), filepath: file });
