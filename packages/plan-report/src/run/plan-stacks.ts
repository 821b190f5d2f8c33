import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { PlanFolder } from "../read/plan-folder";
import { type PlannedAgainst, planStack, type PlannedStack } from "./stack-planner";
import { PlanError } from "../plan-error";
import { type SynthesizedStack, synthesizedStacks } from "../read/synthesized-stack";
import { findTerraform } from "../terraform/terraform-binary";

export interface PlanStacksProps {
  /** Absolute path of the app's folder, the one that holds `cdktf.out`. */
  readonly app: string;
  /** Ids of the stacks to plan. @default all */
  readonly stacks?: readonly string[];
  /**
   * What a stack is planned against: nothing, or the state in its own backend, which is read without a lock.
   * `drift` compares that state with the cloud and leaves the configuration out (`-refresh-only`).
   * @default "nothing"
   */
  readonly against?: PlannedAgainst;
  /** Environment of Terraform. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the run; its `reason` is the name of the signal. @default the run goes to its end */
  readonly abort?: AbortSignal;
  /** Told as soon as a stack is done. @default nobody is told */
  readonly onPlanned?: (planned: PlannedStack, milliseconds: number) => void;
}

/**
 * Plans every stack that an app has synthesized, several at a time, and writes the plans to `plan.out`. A stack
 * that fails does not keep the others from being planned.
 *
 * Unless it is said otherwise, no backend is asked: each stack is planned on a copy, with an empty local state. The
 * copies are removed however the run ends.
 *
 * @returns what became of each stack, in the app's order
 * @throws PlanError if there is no usable Terraform, or nothing to plan, or a stack is not the app's
 * @throws InterruptedError if `abort` fires; then `plan.out` is removed too
 */
export async function planStacks(props: PlanStacksProps): Promise<PlannedStack[]> {
  const { app, against = "nothing", env = process.env, onPlanned } = props;
  const { abort = new AbortController().signal } = props;
  const folder = new PlanFolder(app);
  folder.remove();
  const terraform = findTerraform(env);
  const stacks = chosenStacks(app, props.stacks);

  const workFolder = mkdtempSync(join(tmpdir(), "plan-stacks-"));
  const removeWorkFolder = () => rmSync(workFolder, { recursive: true, force: true });
  process.once("exit", removeWorkFolder);
  try {
    await folder.clear();
    const results = await inParallel(availableParallelism(), stacks, async (stack) => {
      const started = performance.now();
      const planned = await planStack(stack, { terraform, against, env, workFolder, abort });
      if (!("failure" in planned)) await folder.writePlan(stack.name, planned.plan);
      onPlanned?.(planned, performance.now() - started);
      return planned;
    });
    await folder.writeManifest(terraform, results);
    return results;
  } catch (error) {
    folder.remove();
    throw error;
  } finally {
    removeWorkFolder();
    process.off("exit", removeWorkFolder);
  }
}

function chosenStacks(app: string, names: readonly string[] | undefined): readonly SynthesizedStack[] {
  const all = synthesizedStacks(app);
  if (names === undefined) return all;
  const known = all.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new PlanError(`${unknown}: ${app} has no such stack; choose from ${known.join(", ")}`);
  return all.filter(({ name }) => names.includes(name));
}

/** Runs `work` on all items, at most `width` at once; waits for what has begun before it throws the first error. */
async function inParallel<Item, Result>(
  width: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let stopped = false;
  const worker = async () => {
    while (!stopped && next < items.length) {
      const at = next++;
      try {
        results[at] = await work(items[at] as Item);
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: width }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return results;
}
