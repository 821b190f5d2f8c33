import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlanFolder, type PlanManifest } from "@cluster-ipam/plan-report";
import { openPlans, sealPlan } from "../../src/plan/sealed-plan";

const secret = "s".repeat(44);
const context = { repository: "example/addresses", commit: "a".repeat(40), environment: "dev" };
const terraform = { product: "Terraform", version: "1.11.4" } as const;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "sealed-plan-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One matrix job: plans one stack and seals the plan. */
async function job(stack: string, plan?: object): Promise<void> {
  const app = join(folder, "jobs", stack);
  mkdirSync(join(app, "plan.out"), { recursive: true });
  const failure = { stack, command: "plan", diagnostics: [] };
  const entry = plan ? { stack, warnings: [] } : { stack, failure };
  writeFileSync(join(app, "plan.out/manifest.json"), JSON.stringify({ terraform, stacks: [entry] }));
  if (plan) writeFileSync(join(app, "plan.out", `${stack}.json`), JSON.stringify(plan));
  await sealPlan(app, join(folder, "sealed"), secret, { ...context, stack });
}

const open = (stacks: readonly string[], change: Partial<typeof context> = {}) =>
  openPlans(join(folder, "opened"), join(folder, "sealed"), stacks, secret, { ...context, ...change });

test("the plans of all jobs are combined, including failed and missing ones", async () => {
  await job("dev-network", { format_version: "1.2", terraform_version: "1.11.4", resource_changes: [] });
  await job("dev-apps");
  await open(["dev-network", "dev-apps", "dev-search"]);
  const plans = new PlanFolder(join(folder, "opened"));
  const { stacks } = plans.readManifest() as PlanManifest;
  expect(stacks.map((entry) => [entry.stack, "failure" in entry])).toEqual([
    ["dev-network", false],
    ["dev-apps", true],
    ["dev-search", true],
  ]);
  expect(plans.readPlan("dev-network")).toMatchObject({ resource_changes: [] });
  expect(readdirSync(plans.path).sort()).toEqual(["dev-network.json", "manifest.json"]);
});

test("plans of another commit are not opened, and nothing is written", async () => {
  await job("dev-network", { format_version: "1.2" });
  await expect(open(["dev-network"], { commit: "b".repeat(40) })).rejects.toThrow(
    /belongs to a commit other than b{40}/,
  );
  expect(readdirSync(folder).sort()).toEqual(["jobs", "sealed"]);
});

test("an environment without any plan is an error", async () => {
  await expect(open(["dev-network"])).rejects.toThrow(
    /^dev: no plan of commit a{40} in .*sealed; run the plan workflow on that commit$/,
  );
});

test("a stack without a plan cannot be sealed", async () => {
  await expect(
    sealPlan(join(folder, "none"), join(folder, "sealed"), secret, { ...context, stack: "dev-x" }),
  ).rejects.toThrow(/^dev-x: there is no plan in .*; run plan-stacks dev-x first$/);
});
