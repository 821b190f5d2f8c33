import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { PlanFolder } from "../read/plan-folder";
import { type PlannedStack } from "../terraform/planned-stack";
import { type PlannedAgainst, planStack } from "./stack-planner";
import { PlanError } from "../errors/plan-error";
import { type SynthesizedStack, synthesizedStacks } from "../read/synthesized-stack";
import { findTerraform } from "../terraform/terraform-binary";

export interface PlanStacksProps {
  /** Absolute path of the app's folder, the one that holds `cdktf.out`. */
  readonly app: string;
  /** Ids of the stacks to plan. @default all */
  readonly stacks?: readonly string[];
  /**
   * What to plan against: an empty state, or the state in the stack's own backend, which is read without locking it.
   * `drift` compares that state with the cloud and ignores the configuration (`-refresh-only`).
   * @default "nothing"
   */
  readonly against?: PlannedAgainst;
  /** Environment variables for Terraform. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Interrupts the run; its `reason` is the signal. @default no interruption */
  readonly abort?: AbortSignal;
  /** Called when a stack is done. @default no call */
  readonly onPlanned?: (planned: PlannedStack, milliseconds: number) => void;
}

/**
 * Plans the synthesized stacks of an app in parallel and writes the plans to `plan.out`. If one stack fails, the
 * others are still planned.
 *
 * By default no backend is contacted: each stack is planned on a copy with an empty local state. The copies are always
 * removed.
 *
 * @returns the result per stack, in the app's order
 * @throws PlanError if Terraform is missing or too old, nothing is synthesized, or a stack is unknown
 * @throws InterruptedError if `abort` fires; then `plan.out` is removed too
 */
export async function planStacks(props: PlanStacksProps): Promise<PlannedStack[]> {
  const { app, against = "nothing", env = process.env, onPlanned } = props;
  const { abort = new AbortController().signal } = props;
  const folder = new PlanFolder(app);
  folder.remove();
  const terraform = findTerraform(env);
  const stacks = selectStacks(app, props.stacks);

  const workFolder = mkdtempSync(join(tmpdir(), "plan-stacks-"));
  const removeWorkFolder = () => rmSync(workFolder, { recursive: true, force: true });
  process.once("exit", removeWorkFolder);
  try {
    await folder.clear();
    const results = await mapConcurrently(availableParallelism(), stacks, async (stack) => {
      const started = performance.now();
      const planned = await planStack(stack, { terraform, against, env, workFolder, abort });
      if (!("failure" in planned)) folder.writePlan(stack.name, planned.plan);
      onPlanned?.(planned, performance.now() - started);
      return planned;
    });
    folder.writeManifest(terraform, results);
    return results;
  } catch (error) {
    folder.remove();
    throw error;
  } finally {
    removeWorkFolder();
    process.off("exit", removeWorkFolder);
  }
}

function selectStacks(app: string, names: readonly string[] | undefined): readonly SynthesizedStack[] {
  const all = synthesizedStacks(app);
  if (names === undefined) return all;
  const known = all.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new PlanError(`${unknown}: ${app} has no such stack; choose from ${known.join(", ")}`);
  return all.filter(({ name }) => names.includes(name));
}

/** Maps items with at most `limit` calls at once. On an error it starts no more calls, and throws when all have ended. */
async function mapConcurrently<Item, Result>(
  limit: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let stopped = false;
  const worker = async () => {
    while (!stopped && next < items.length) {
      const index = next++;
      try {
        results[index] = await work(items[index] as Item);
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: limit }, worker));
  for (const ended of workers) if (ended.status === "rejected") throw ended.reason;
  return results;
}
