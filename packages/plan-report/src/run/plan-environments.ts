import { type ComparedLock } from "@cluster-ipam/address-plan";
import { type AddressReport } from "../read/address-report";
import { type Environment } from "../read/environment";
import { readPlannedEnvironment } from "../read/planned-environment";
import { readRecordedStacks, type RecordedStacks } from "../read/recorded-stacks";
import { type NxEvent, type NxOutput } from "./nx-output";
import { runNx } from "./nx-run";
import { type EnvironmentPlan, type PlanDocument } from "../read/plan-document";
import { PlanFolder } from "../read/plan-folder";
import { PlanProgress } from "./plan-progress";
import { totalCounts } from "../terraform/stack-plan";
import { type TerraformBinary } from "../terraform/terraform-binary";

export interface PlanEnvironmentsProps {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly environments: readonly Environment[];
  readonly addresses: AddressReport;
  /** The lock of the address plan; its renames tell which cluster a stack serves. */
  readonly lock: ComparedLock;
  readonly terraform: TerraformBinary;
  readonly abort: AbortSignal;
  /** Gets one line per step, and per stack once it is planned. */
  readonly onProgress: (line: string) => void;
}

/**
 * Builds, synthesizes and plans environments with nx, which repeats only what has changed, then reads the plans.
 *
 * @throws InterruptedError if `abort` fires
 * @throws Error with nx's output if nx itself fails
 */
export async function planEnvironments(props: PlanEnvironmentsProps): Promise<PlanDocument> {
  const { root, environments, addresses, lock, terraform, abort, onProgress } = props;
  // Every plan found afterwards comes from this run or from nx's cache.
  for (const { app } of environments) new PlanFolder(app).remove();

  const progress = new PlanProgress(environments, onProgress);
  const { ok, output } = await runNx({
    root,
    target: "plan",
    projects: environments.map(({ project }) => project),
    abort,
    onEvent: (event: NxEvent) => progress.handle(event),
  });
  // The synthesis has written the records.
  const recorded = readRecordedStacks(environments, lock);
  const plans = environments.map((environment) =>
    environmentPlan(environment, output, recorded.get(environment.name)),
  );
  const planned = plans.every(({ failure, stacks }) => !failure && stacks.every((stack) => stack.planned));
  if (!ok && planned) throw new Error(`nx failed although every stack was planned:\n${output.text}`);
  return {
    formatVersion: 1,
    ok: planned,
    terraform: { product: terraform.product, version: terraform.version },
    environments: plans,
    totals: totalCounts(
      plans.flatMap(({ stacks }) => stacks.flatMap((stack) => (stack.planned ? stack : []))),
    ),
    addresses,
  };
}

function environmentPlan(
  environment: Environment,
  output: NxOutput,
  recorded: RecordedStacks | undefined,
): EnvironmentPlan {
  const { plan } = readPlannedEnvironment(environment, recorded);
  return plan.failure === undefined ? plan : { ...plan, failure: failureOf(environment.project, output) };
}

/** The failed task of an environment: its own, otherwise the first that it may depend on. */
function failureOf(project: string, output: NxOutput): { target: string; message: string } {
  const task = output.failed.find((failed) => failed.project === project) ?? output.failed[0];
  if (task === undefined) return { target: "plan", message: output.text };
  const target = task.project === project ? task.target : `${task.target} of ${task.project}`;
  return { target, message: output.outputOf(task) || output.text };
}
