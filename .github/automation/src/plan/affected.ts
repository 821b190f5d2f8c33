import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Environment, environments, synthesizedStacks } from "@cluster-ipam/plan-report";
import { AutomationError } from "../automation-error";

const run = promisify(execFile);

/** One job of a matrix: a stack of an environment. */
export interface StackJob {
  readonly environment: string;
  readonly stack: string;
}

/** Most jobs that GitHub makes of one matrix. Source: GitHub Docs, "Running variations of jobs in a workflow". */
const MOST_JOBS = 256;

/**
 * The environments whose stacks a change may alter, by nx: their own files, the packages they are made of, the
 * address plan and its lock. The network comes first, because it owns the addresses of the others.
 *
 * @param root absolute path of the workspace, a git repository
 * @param base commit that the change starts from; all environments without one
 * @throws AutomationError if nx cannot tell
 */
export async function affectedEnvironments(root: string, base?: string): Promise<Environment[]> {
  const all = environments(root, []);
  if (base === undefined) return all;
  const nx = createRequire(join(root, "package.json")).resolve("nx");
  const args = [nx, "show", "projects", "--affected", `--base=${base}`, "--head=HEAD", "--json"];
  const { stdout } = await run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NX_TUI: "false", FORCE_COLOR: "0", NO_COLOR: undefined },
  }).catch((error: { stdout?: string; stderr?: string; message: string }) => {
    const why = (error.stderr || error.stdout || error.message).trim().split("\n").slice(0, 3).join(" ");
    throw new AutomationError(`nx cannot compare with ${base} (${why}); check that the commit is fetched`);
  });
  const affected = JSON.parse(stdout) as string[];
  return all.filter(({ project }) => affected.includes(project));
}

/**
 * The stacks of synthesized environments, one job each, each after those it depends on.
 *
 * @throws AutomationError if GitHub would not make so many jobs
 * @throws PlanError if an environment is not synthesized
 */
export function stackJobs(chosen: readonly Environment[]): StackJob[] {
  const jobs = chosen.flatMap(({ name, app }) =>
    stacksInOrder(app).map((stack) => ({ environment: name, stack })),
  );
  if (jobs.length > MOST_JOBS) {
    throw new AutomationError(
      `${jobs.length} stacks are affected but a matrix holds ${MOST_JOBS} jobs; split the change by environment`,
    );
  }
  return jobs;
}

/** Ids of an app's stacks, each after those it depends on. @throws PlanError if it is not synthesized */
export function stacksInOrder(app: string): string[] {
  const order: string[] = [];
  const waiting = synthesizedStacks(app);
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ dependencies }) => dependencies.every((name) => order.includes(name)));
    if (at < 0) throw new AutomationError(`${app}: stacks depend on each other in a circle; run synth again`);
    order.push(...waiting.splice(at, 1).map(({ name }) => name));
  }
  return order;
}
