import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformPlan } from "./terraform-plan";

/** The environments of this repository, in the order in which they are deployed. */
export const environments = ["network", "dev", "prod"] as const;
export type EnvironmentName = (typeof environments)[number];

export interface PlannedStack {
  readonly environment: EnvironmentName;
  readonly stack: string;
  readonly plan: TerraformPlan;
}

/** What `npm run plan` planned last for every stack: the plans that a reviewer sees. */
export function plannedStacks(): readonly PlannedStack[] {
  return environments.flatMap((environment) => {
    const folder = join(__dirname, "../../apps", environment, "plan.out");
    if (!existsSync(join(folder, "manifest.json"))) {
      throw new Error(`apps/${environment} is not planned; run npx nx run-many -t plan`);
    }
    const files = readdirSync(folder).filter((file) => file.endsWith(".json") && file !== "manifest.json");
    return files.sort().map((file) => ({
      environment,
      stack: file.slice(0, -".json".length),
      plan: JSON.parse(readFileSync(join(folder, file), "utf8")) as TerraformPlan,
    }));
  });
}
