import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlanFolder, type PlanManifest } from "@cluster-ipam/plan-report";
import { openPlans, sealPlan } from "../../src/plan/sealed-plan";

const secret = "s".repeat(44);
const purpose = { repository: "example/addresses", commit: "a".repeat(40), environment: "dev" };
const terraform = { product: "Terraform", version: "1.11.4" } as const;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "sealed-plan-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A job of the matrix: it plans one stack and seals it. */
async function job(stack: string, plan?: object): Promise<void> {
  const app = join(folder, "jobs", stack);
  mkdirSync(join(app, "plan.out"), { recursive: true });
  const failure = { stack, command: "plan", diagnostics: [] };
  const entry = plan ? { stack, warnings: [] } : { stack, failure };
  writeFileSync(join(app, "plan.out/manifest.json"), JSON.stringify({ terraform, stacks: [entry] }));
  if (plan) writeFileSync(join(app, "plan.out", `${stack}.json`), JSON.stringify(plan));
  await sealPlan(app, join(folder, "sealed"), secret, { ...purpose, stack });
}

const open = (stacks: readonly string[], change: Partial<typeof purpose> = {}) =>
  openPlans(join(folder, "opened"), join(folder, "sealed"), stacks, secret, { ...purpose, ...change });

test("the plans of all jobs become those of one environment, with what failed or is missing", async () => {
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

test("plans of another commit are not opened, and nothing is left half open", async () => {
  await job("dev-network", { format_version: "1.2" });
  await expect(open(["dev-network"], { commit: "b".repeat(40) })).rejects.toThrow(/is not of commit b{40}/);
  expect(readdirSync(folder).sort()).toEqual(["jobs", "sealed"]);
});

test("an environment without any plan says what to do", async () => {
  await expect(open(["dev-network"])).rejects.toThrow(
    /^dev: no plan of commit a{40} in .*sealed; run the plan workflow on it$/,
  );
});

test("a stack that was not planned cannot be sealed", async () => {
  await expect(
    sealPlan(join(folder, "none"), join(folder, "sealed"), secret, { ...purpose, stack: "dev-x" }),
  ).rejects.toThrow(/^dev-x: there is no plan in .*; run plan-stacks dev-x first$/);
});
