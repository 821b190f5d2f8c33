import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PLAN_FILE } from "@cluster-ipam/address-plan";
import { replacePlan } from "@cluster-ipam/address-plan/adoption";
import { writeText } from "@cluster-ipam/address-plan/repository";
import { adopt } from "../adopt/adoption";
import { type Landscape } from "../landscape/landscape";
import { adoptLines } from "./adopt-report";
import {
  findCurrentPlan,
  folderOf,
  type FoundPlan,
  pathOf,
  type ProposedFile,
  proposedFiles,
} from "./adoption-files";

/** Options of {@link runAdopt}. */
export interface AdoptOptions {
  readonly manage: readonly string[];
  readonly environment?: string;
  readonly write?: true;
  readonly json?: true;
  readonly directory: string;
}

/**
 * Proposes what would change, and with `write` changes it: the plan and its lock in one step, then the files of the apps.
 *
 * @returns what to print
 * @throws LandscapeError, AddressPlanError
 */
export async function runAdopt(landscape: Landscape, options: AdoptOptions): Promise<string> {
  const { manage, environment, directory } = options;
  const found = findCurrentPlan(directory);
  const adoption = adopt(landscape, { manage, ...(environment !== undefined && { environment }) }, found);
  const files = proposedFiles(found, adoption);
  if (options.write) await write(found, files);
  if (options.json) {
    const { adopted, findings, changes } = adoption;
    const { unseen } = landscape;
    const names = adopted.map(({ name, cloud, region, environment: own, network }) => ({
      name,
      cloud,
      region,
      environment: own,
      network,
    }));
    return JSON.stringify(
      { adopted: names, changes, findings, unseen, files, written: options.write === true },
      null,
      2,
    );
  }
  const end =
    files.length === 0
      ? []
      : [
          "",
          options.write ? `Wrote ${files.length} files.` : "Nothing is written. Run it again with --write.",
        ];
  return [...adoptLines(landscape, adoption, files), ...end].join("\n");
}

async function write({ root, plan, lock, exists }: FoundPlan, files: readonly ProposedFile[]): Promise<void> {
  const [planFiles, others] = [files.filter(isOfPlan), files.filter((file) => !isOfPlan(file))];
  if (planFiles.length > 0) {
    if (!exists) writeFileSync(join(root, PLAN_FILE), plan, { flag: "wx" });
    const next = (path: string, now: string) => planFiles.find((file) => file.path === path)?.after ?? now;
    const texts = { plan: next(PLAN_FILE, plan), lock: next("addresses.lock.json", lock ?? "") };
    await replacePlan(root, { plan, ...(lock !== undefined && { lock }) }, texts);
  }
  for (const file of others) {
    mkdirSync(folderOf(root, file), { recursive: true });
    writeText(pathOf(root, file), file.after);
  }
}

function isOfPlan({ path }: ProposedFile): boolean {
  return !path.includes("/");
}
