import { type PlannedResource, plannedResources } from "../terraform/planned-resource";
import { stackPlan } from "../terraform/stack-plan";
import { isEmptied } from "../terraform/terraform-plan";
import { type Environment } from "./environment";
import { type EnvironmentPlan, type StackOutcome } from "./plan-document";
import { PlanFolder } from "./plan-folder";
import { type RecordedStacks } from "./recorded-stacks";

/** The content of an environment's `plan.out`. */
export interface PlannedEnvironment {
  readonly plan: EnvironmentPlan;
  readonly terraform?: { readonly product: "Terraform" | "OpenTofu"; readonly version: string };
  /** Every managed resource of the planned stacks. */
  readonly resources: readonly PlannedResource[];
}

/**
 * Reads the plans of an environment. If planning did not finish, the plan has a `failure`.
 *
 * @param recorded the stacks in the app's record @default none: no stack is known to be retired, or to serve a cluster
 * @throws PlanError if a file is damaged
 */
export function readPlannedEnvironment(
  { name, app }: Pick<Environment, "name" | "app">,
  recorded: RecordedStacks = new Map(),
): PlannedEnvironment {
  const folder = new PlanFolder(app);
  const manifest = folder.readManifest();
  if (manifest === undefined) {
    const message = `there is no ${folder.path}/manifest.json; plan the environment first: npm run plan -- --env ${name}`;
    return { plan: { name, stacks: [], failure: { target: "plan", message } }, resources: [] };
  }
  const resources: PlannedResource[] = [];
  const stacks = manifest.stacks.map((entry): StackOutcome => {
    if ("failure" in entry) return { ...entry.failure, planned: false };
    const plan = folder.readPlan(entry.stack);
    resources.push(...plannedResources(entry.stack, plan));
    const { counts, changes } = stackPlan(entry.stack, plan);
    const cluster = recorded.get(entry.stack);
    return {
      ...{ stack: entry.stack, planned: true },
      ...(cluster === undefined ? {} : { cluster }),
      ...(recorded.has(entry.stack) && isEmptied(plan) ? { retired: true } : {}),
      ...{ counts, changes, warnings: entry.warnings },
    };
  });
  return { plan: { name, stacks }, terraform: manifest.terraform, resources };
}
