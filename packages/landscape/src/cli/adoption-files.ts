import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PLAN_FILE } from "@cluster-ipam/address-plan";
import { readText, repositoryOf } from "@cluster-ipam/address-plan/repository";
import { type AdoptedIds } from "../adopt/adopted-ids";
import { type Adoption, type CurrentPlan } from "../adopt/adoption";
import { EMPTY_PLAN } from "../adopt/plan-document";
import { LandscapeError } from "../landscape-error";

/** A file that a takeover writes. */
export interface ProposedFile {
  /** Path from the root of the repository. */
  readonly path: string;
  /** @default there is no such file yet */
  readonly before?: string;
  readonly after: string;
}

/** The plan of a repository, and where it is. */
export interface FoundPlan extends CurrentPlan {
  readonly root: string;
  /** Whether there is a plan. */
  readonly exists: boolean;
}

/** Reads the plan in a folder or its parents. Without one, a takeover starts from an empty one. */
export function findCurrentPlan(directory: string): FoundPlan {
  const root = repositoryOf(directory);
  if (root === undefined) return { root: directory, plan: EMPTY_PLAN, exists: false };
  const lock = join(root, LOCK);
  return {
    ...{ root, exists: true, plan: readText(join(root, PLAN_FILE)) },
    ...(existsSync(lock) && { lock: readText(lock) }),
  };
}

const LOCK = "addresses.lock.json";

/** All files that a takeover changes or adds. */
export function proposedFiles(
  { root, plan, lock, exists }: FoundPlan,
  adoption: Adoption,
): readonly ProposedFile[] {
  const files: ProposedFile[] = [
    { path: PLAN_FILE, after: adoption.plan, ...(exists && { before: plan }) },
    { path: LOCK, after: adoption.lock, ...(lock !== undefined && { before: lock }) },
    ...Object.entries(adoption.ids).flatMap(([environment, ids]) => environmentFiles(root, environment, ids)),
  ];
  return files.filter(({ before, after }) => before !== after);
}

/** The ids of an environment's networks, and, once, the code that composes them. */
function environmentFiles(
  root: string,
  environment: string,
  ids: Readonly<Record<string, AdoptedIds>>,
): ProposedFile[] {
  const folder = join("apps", environment, "src");
  const [idsPath, codePath] = [join(folder, "adopted.json"), join(folder, "adopted.ts")];
  const before = textAt(root, idsPath);
  const known = before === undefined ? {} : parsedIds(before, idsPath);
  const all = Object.entries({ ...known, ...ids }).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    {
      path: idsPath,
      after: `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`,
      ...(before !== undefined && { before }),
    },
    // Whoever composes the environment changes it: it is never written again.
    ...(textAt(root, codePath) === undefined ? [{ path: codePath, after: composition(environment) }] : []),
  ];
}

function textAt(root: string, path: string): string | undefined {
  return existsSync(join(root, path)) ? readText(join(root, path)) : undefined;
}

function parsedIds(text: string, path: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new LandscapeError(
      path,
      "is not JSON; restore it from version control, or delete it and run adopt again",
    );
  }
}

/** The code that composes the adopted networks of an environment. */
function composition(environment: string): string {
  return `import { type AddressPlan } from "@cluster-ipam/address-plan";
import { type BlueprintApp, standardTags } from "@cluster-ipam/blueprint-core";
import { AdoptedEksNetworkStack } from "@cluster-ipam/eks-cni";
import networks from "./adopted.json";

/**
 * The networks that were there before the plan. Call it in main.ts, after the other stacks are composed:
 * \`composeAdopted(app, addresses)\`.
 */
export function composeAdopted(app: BlueprintApp, addresses: AddressPlan): void {
  for (const [name, existing] of Object.entries(networks))
    new AdoptedEksNetworkStack(app, \`\${name}-network\`, {
      tags: standardTags({ environment: "${environment}" }),
      addresses: addresses.eks(name),
      existing,
    });
}
`;
}

/** Absolute path of a proposed file. */
export function pathOf(root: string, { path }: ProposedFile): string {
  return join(root, path);
}

/** Absolute path of its folder. */
export function folderOf(root: string, file: ProposedFile): string {
  return dirname(pathOf(root, file));
}
