import { PlanFolder } from "../../src/read/plan-folder";
import { readPlannedEnvironment } from "../../src/read/planned-environment";
import { type TerraformPlan } from "../../src/terraform/terraform-plan";
import { removeScratch, scratch } from "../scratch";

afterEach(removeScratch);

const TERRAFORM = { command: "terraform", product: "Terraform", version: "1.11.4" } as const;
const data = { mode: "data" } as const;
const managed = { mode: "managed" } as const;

/** Configurations as `terraform show -json` prints them. */
const CONFIGURATIONS: Readonly<Record<string, TerraformPlan["configuration"]>> = {
  composed: { root_module: { resources: [data, managed] } },
  "with-modules": { root_module: { module_calls: { network: {} } } },
  emptied: { root_module: { resources: [data] } },
  "emptied-without-data": { root_module: {} },
  unrecorded: { root_module: {} },
};

test("a recorded stack without managed resources is retired; each stack has the cluster that it serves", async () => {
  const app = scratch();
  const folder = new PlanFolder(app);
  await folder.clear();
  const stacks = Object.entries(CONFIGURATIONS).map(([stack, configuration]) => ({
    ...{ stack, warnings: [] },
    plan: { format_version: "1.2", terraform_version: "1.11.4", configuration },
  }));
  for (const { stack, plan } of stacks) folder.writePlan(stack, plan);
  folder.writeManifest(TERRAFORM, stacks);

  const recorded = new Map<string, string | undefined>([
    ...["composed", "emptied", "with-modules"].map((stack): [string, string] => [stack, "shop"]),
    ["emptied-without-data", undefined],
  ]);
  const { plan } = readPlannedEnvironment({ name: "prod", app }, recorded);
  expect(
    plan.stacks.map((outcome) => outcome.planned && [outcome.stack, outcome.cluster, outcome.retired]),
  ).toEqual([
    ["composed", "shop", undefined],
    ["with-modules", "shop", undefined],
    ["emptied", "shop", true],
    ["emptied-without-data", undefined, true],
    ["unrecorded", undefined, undefined],
  ]);
});
