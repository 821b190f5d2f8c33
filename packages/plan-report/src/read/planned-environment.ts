import { type PlannedResource, plannedResources } from "../terraform/planned-resource";
import { stackPlan } from "../terraform/stack-plan";
import { type Environment } from "./environment";
import { type EnvironmentPlan, type StackOutcome } from "./plan-document";
import { PlanFolder } from "./plan-folder";

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
 * @throws PlanError if a file is damaged
 */
export function readPlannedEnvironment({ name, app }: Pick<Environment, "name" | "app">): PlannedEnvironment {
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
    return { stack: entry.stack, planned: true, counts, changes, warnings: entry.warnings };
  });
  return { plan: { name, stacks }, terraform: manifest.terraform, resources };
}
