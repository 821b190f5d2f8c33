import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { allocate, LOCK_FILE, parseLock, parsePlan, PLAN_FILE } from "@cluster-ipam/address-plan";
import { readJsonObject, readText, writeText, writeTexts } from "@cluster-ipam/address-plan/repository";
import { format, resolveConfig } from "prettier";
import { parse } from "yaml";
import { checkName, renameTemplate, TEMPLATE } from "./environment-name";
import { NewEnvironmentError } from "./new-environment-error";
import { extendPlan } from "./plan-extension";
import { withSandboxAccount } from "./sandbox-accounts";

/** The sources of an app. Everything else in its folder is generated. */
const SOURCES = ["package.json", "cdktf.json", "tsconfig.json", "src"];
const RESTORE = "restore it from version control";
const ACCOUNTS = "apps/network/src/sandbox-accounts.json";

/**
 * Creates an environment like dev: an app, its demand in the address plan, and its account in the network. All checks
 * run before the first write. The app's folder is moved into place last, so that the next run can complete a killed one.
 *
 * @param root absolute path of the repository
 * @returns the new and changed files, relative to the repository
 * @throws NewEnvironmentError if the name is invalid or the environment exists
 * @throws AddressPlanError if the plan has no space for it
 */
export async function createEnvironment(root: string, name: string): Promise<string[]> {
  checkName(name);
  const app = join("apps", name);
  if (existsSync(join(root, app)))
    throw new NewEnvironmentError(`${app} already exists; choose another name, or remove the folder`);
  const read = (file: string) => readText(join(root, file));

  const plan = await formatted(root, PLAN_FILE, extendPlan(read(PLAN_FILE), name, PLAN_FILE));
  checkSpace(plan, read(LOCK_FILE));
  const accounts = withSandboxAccount(
    readJsonObject(join(root, ACCOUNTS), RESTORE) as Record<string, string>,
    name,
  );
  const changes = {
    [PLAN_FILE]: plan,
    [ACCOUNTS]: await formatted(root, ACCOUNTS, JSON.stringify(accounts)),
    "tsconfig.json": await formatted(root, "tsconfig.json", withReference(read("tsconfig.json"), app)),
  };

  const copy = await copyTemplate(root, name, accounts);
  try {
    const changed = Object.entries(changes).filter(([file, text]) => text !== read(file));
    writeTexts(Object.fromEntries(changed.map(([file, text]) => [join(root, file), text])));
    renameSync(copy, join(root, app));
    return [...changed.map(([file]) => file), app];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @throws AddressPlanError if the plan is invalid or has no space for its blocks */
function checkSpace(plan: string, lock: string): void {
  parsePlan(plan, PLAN_FILE);
  allocate(parse(plan), parseLock(lock));
}

/** The root's TypeScript project with one more reference, after the template's. */
function withReference(text: string, app: string): string {
  const project = JSON.parse(text) as { references: { path: string }[] };
  if (project.references.some(({ path }) => path === app)) return text;
  const at = project.references.findIndex(({ path }) => path === `apps/${TEMPLATE}`);
  project.references.splice(at + 1, 0, { path: app });
  return JSON.stringify(project);
}

/** Copies the template app into a temporary folder in the repository, outside `apps/`. @returns its path */
async function copyTemplate(
  root: string,
  name: string,
  accounts: Readonly<Record<string, string>>,
): Promise<string> {
  const copy = mkdtempSync(join(root, ".new-environment-"));
  try {
    for (const source of SOURCES)
      cpSync(join(root, "apps", TEMPLATE, source), join(copy, source), { recursive: true });
    for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const text = renameTemplate(readFileSync(file, "utf8"), name).replaceAll(
        accounts[TEMPLATE]!,
        accounts[name]!,
      );
      writeText(file, await formatted(root, join("apps", name, entry.name), text));
      if (entry.name === `${TEMPLATE}.ts`) renameSync(file, join(entry.parentPath, `${name}.ts`));
    }
    mkdirSync(join(root, "apps"), { recursive: true });
    return copy;
  } catch (error) {
    rmSync(copy, { recursive: true, force: true });
    throw error;
  }
}

const formatted = async (root: string, file: string, text: string) =>
  format(text, { ...(await resolveConfig(join(root, file))), filepath: file });
