import { type EnvironmentName, environments } from "./planned-stacks";
import { type TerraformPlan } from "./terraform-plan";
import { providers, Workbench } from "./workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  // Real providers look up real resources; the sandbox's assume them.
  if (providers === "registry") await bench.deployAll();
});
afterAll(() => bench.close());

const decided = ({ resource_changes, output_changes, prior_state }: TerraformPlan) => ({
  resource_changes,
  output_changes,
  read: prior_state?.values,
});

test.each(environments)("%s: HCL and JSON give the same plan", async (environment: EnvironmentName) => {
  const hcl = bench.synthesize(environment, `${environment}-hcl`, { output: "hcl" });
  const json = bench.synthesize(environment, `${environment}-json`, { output: "json" });

  expect(json.stacks).toEqual(hcl.stacks);
  for (const stack of hcl.plannable) {
    const [fromHcl, fromJson] = await Promise.all([hcl.plan(stack), json.plan(stack)]);
    expect(fromHcl.resource_changes?.length).toBeGreaterThan(0);
    expect(decided(fromJson)).toEqual(decided(fromHcl));
  }
});
