import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Environment, environments, stacksInOrder } from "@cluster-ipam/plan-report";
import { AutomationError } from "../automation-error";

const run = promisify(execFile);

/** One matrix job: a stack of an environment. */
export interface StackJob {
  readonly environment: string;
  readonly stack: string;
}

/** GitHub's limit of jobs per matrix. Source: GitHub Docs, "Running variations of jobs in a workflow". */
const MAX_MATRIX_JOBS = 256;

/**
 * The environments that a change may affect, according to nx: it depends on their files, their packages, and the
 * address plan with its lock. The network comes first, because it owns the addresses of the others.
 *
 * @param root absolute path of the workspace, a git repository
 * @param base commit before the change; without one, all environments are returned
 * @throws AutomationError if nx fails
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
    const reason = (error.stderr || error.stdout || error.message).trim().split("\n").slice(0, 3).join(" ");
    throw new AutomationError(`nx cannot compare with ${base} (${reason}); check that the commit is fetched`);
  });
  const affected = JSON.parse(stdout) as string[];
  return all.filter(({ project }) => affected.includes(project));
}

/**
 * One job per stack of synthesized environments, in deployment order.
 *
 * @throws AutomationError if there are more jobs than GitHub allows
 * @throws PlanError if an environment is not synthesized
 */
export function stackJobs(selected: readonly Environment[]): StackJob[] {
  const jobs = selected.flatMap(({ name, app }) =>
    stacksInOrder(app).map((stack) => ({ environment: name, stack: stack.name })),
  );
  if (jobs.length > MAX_MATRIX_JOBS) {
    throw new AutomationError(
      `${jobs.length} stacks are affected but a matrix is limited to ${MAX_MATRIX_JOBS} jobs; split the change by environment`,
    );
  }
  return jobs;
}
