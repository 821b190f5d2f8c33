import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { basename, dirname, join } from "node:path";
import { PlanFolder, planStacks } from "@cluster-ipam/plan-report";
import { stacksInOrder } from "../plan/affected";
import { AutomationError } from "../automation-error";
import { planDifferences } from "./plan-parity";
import { plannedEffects } from "./planned-effect";

export interface DeploymentProps {
  /** Absolute path of the repository, which has the cdktf CLI installed. */
  readonly root: string;
  /** Absolute path of the app's folder, synthesized. */
  readonly app: string;
  /** Absolute path of a folder whose `plan.out` holds the reviewed plans. */
  readonly reviewed: string;
  readonly env: NodeJS.ProcessEnv;
  readonly abort: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/**
 * Deploys the stacks of an environment one after the other, by the cdktf CLI. Each is planned again just before, and
 * deployed only if that plan does what was reviewed. The first that does something else ends the deployment; a stack
 * with nothing to do is left alone.
 *
 * @throws AutomationError if a plan differs, cannot be made, or is not deployed
 */
export async function deployReviewed(props: DeploymentProps): Promise<void> {
  const { app, env, abort, onProgress } = props;
  const reviewed = new PlanFolder(props.reviewed);
  for (const stack of stacksInOrder(app)) {
    const [planned] = await planStacks({ app, stacks: [stack], against: "deployed", env, abort });
    if (planned === undefined || "failure" in planned) {
      const [diagnostic] = planned?.failure.diagnostics ?? [];
      throw new AutomationError(
        `${stack}: it cannot be planned (${diagnostic?.summary ?? "no plan"}); mend it first`,
      );
    }
    const fresh = new PlanFolder(app).readPlan(stack);
    if (Object.keys(plannedEffects(fresh)).length === 0) {
      onProgress(`${stack}: nothing to do`);
      continue;
    }
    const differences = planDifferences(reviewed.readPlan(stack), fresh);
    if (differences.length > 0) {
      const lines = differences.map(({ address, difference }) => `  ${address}: ${difference}`);
      throw new AutomationError(
        `${stack}: the plan is not the one that was reviewed; start the plan workflow on this commit, review it, ` +
          `and deploy again\n${lines.join("\n")}`,
      );
    }
    onProgress(`${stack}: the plan is the one that was reviewed`);
    await deploy(stack, props);
    onProgress(`${stack}: deployed`);
  }
}

function deploy(stack: string, { root, app, env, abort }: DeploymentProps): Promise<void> {
  const cli = createRequire(join(root, "package.json")).resolve("cdktf-cli/package.json");
  const args = [
    join(dirname(cli), "bundle/bin/cdktf"),
    ...["deploy", stack, "--skip-synth", "--auto-approve", "--no-color"],
    // Providers that are attached to Terraform have no checksums in a registry.
    ...(env["TF_REATTACH_PROVIDERS"] ? ["--skip-provider-lock"] : []),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: app,
      env: { ...env, CHECKPOINT_DISABLE: "1" },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const end = () => child.kill("SIGTERM");
    abort.addEventListener("abort", end, { once: true });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      abort.removeEventListener("abort", end);
      if (code === 0) return resolve();
      const status = code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 0);
      const place = `${basename(app)}/${stack}`;
      reject(new AutomationError(`${place}: cdktf deploy ended with ${status}; what it printed says why`));
    });
  });
}
