import { createRequire } from "node:module";
import { constants } from "node:os";
import { basename, dirname, join } from "node:path";
import { PlanFolder, planStacks, stacksInOrder } from "@cluster-ipam/plan-report";
import { isDestroyed, retire, retiredStacks } from "@cluster-ipam/retirement";
import execa from "execa";
import { AutomationError } from "../automation-error";
import { planDifferences } from "./plan-parity";
import { plannedEffects } from "./planned-effect";

/** Input of {@link deployReviewed}. */
export interface DeploymentProps {
  /** Absolute path of the repository, where the cdktf CLI is installed. */
  readonly root: string;
  /** Absolute path of the synthesized app. */
  readonly app: string;
  /** Absolute path of a folder whose `plan.out` contains the reviewed plans. */
  readonly reviewed: string;
  readonly env: NodeJS.ProcessEnv;
  readonly abort: AbortSignal;
  /** Gets one line per step. */
  readonly onProgress: (line: string) => void;
}

/**
 * Deploys the stacks of an environment one by one with the cdktf CLI. Each stack is planned again first, and deployed
 * only if the new plan has the same effects as the reviewed one. The first difference stops the deployment. A stack
 * without changes is skipped. A retired stack is destroyed as `retire` does it, and then the growth subnets that the
 * address plan no longer needs are drained.
 *
 * @throws AutomationError if a stack's plan differs or fails, or its deployment fails
 */
export async function deployReviewed(props: DeploymentProps): Promise<void> {
  const { app, env, abort, onProgress } = props;
  const reviewed = new PlanFolder(props.reviewed);
  const retired = retiredStacks(app, [], env).map(({ id }) => id);
  const retirement = {
    ...{ app, env, abort, onProgress },
    onOutput: (chunk: string) => void process.stdout.write(chunk),
  };
  for (const { name: stack } of stacksInOrder(app)) {
    const isRetired = retired.includes(stack);
    // Its plan could fail: a provider may look up a cluster that is gone.
    if (isRetired && (await isDestroyed(app, stack, env, abort))) {
      onProgress(`${stack}: nothing is left`);
      continue;
    }
    const [planned] = await planStacks({ app, stacks: [stack], against: "deployed", env, abort });
    if (planned === undefined || "failure" in planned) {
      const [diagnostic] = planned?.failure.diagnostics ?? [];
      throw new AutomationError(
        `${stack}: planning failed (${diagnostic?.summary ?? "no plan"}); fix the error and deploy again`,
      );
    }
    const fresh = new PlanFolder(app).readPlan(stack);
    // A retired stack is applied even if everything is gone, because only an empty state proves it.
    if (!isRetired && Object.keys(plannedEffects(fresh)).length === 0) {
      onProgress(`${stack}: nothing to do`);
      continue;
    }
    const differences = planDifferences(reviewed.readPlan(stack), fresh);
    if (differences.length > 0) {
      const lines = differences.map(({ address, difference }) => `  ${address}: ${difference}`);
      throw new AutomationError(
        `${stack}: the plan differs from the reviewed one; run the plan workflow on this commit, review the plan, ` +
          `and deploy again\n${lines.join("\n")}`,
      );
    }
    onProgress(`${stack}: the plan matches the reviewed one`);
    if (isRetired) await retire({ ...retirement, stacks: [stack] });
    else await deploy(stack, props);
    onProgress(`${stack}: ${isRetired ? "destroyed" : "deployed"}`);
  }
  await retire(retirement);
}

async function deploy(stack: string, { root, app, env, abort }: DeploymentProps): Promise<void> {
  const cli = createRequire(join(root, "package.json")).resolve("cdktf-cli/package.json");
  const args = [
    join(dirname(cli), "bundle/bin/cdktf"),
    ...["deploy", stack, "--skip-synth", "--auto-approve", "--no-color"],
    // Providers attached by TF_REATTACH_PROVIDERS have no checksums in a registry.
    ...(env["TF_REATTACH_PROVIDERS"] ? ["--skip-provider-lock"] : []),
  ];
  const child = execa(process.execPath, args, {
    cwd: app,
    ...{ env: { ...env, CHECKPOINT_DISABLE: "1" }, extendEnv: false },
    ...{ stdin: "ignore", stdout: "inherit", stderr: "inherit", reject: false },
  });
  // Never SIGKILL: Terraform must be able to write its state and release the lock.
  const cancel = () => child.kill("SIGTERM", { forceKillAfterTimeout: false });
  abort.addEventListener("abort", cancel, { once: true });
  const result = await child.finally(() => abort.removeEventListener("abort", cancel));
  if (result.exitCode === 0) return;
  // Neither an exit code nor a signal: it was never started.
  if (result.exitCode === undefined && result.signal === undefined) throw result;
  const status = result.exitCode ?? 128 + constants.signals[(result.signal ?? "SIGTERM") as NodeJS.Signals];
  throw new AutomationError(
    `${basename(app)}/${stack}: cdktf deploy exited with code ${status}; see its output for the reason`,
  );
}
