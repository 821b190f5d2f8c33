import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Review, type TerraformPlan, type TerraformResourceChange } from "@cluster-ipam/plan-report";
import { Checkout } from "./checkout";

let copy: Checkout;
let checkout: string;

beforeEach(() => {
  copy = new Checkout();
  checkout = copy.root;
});
afterEach(() => copy.remove());

const report = (...args: string[]) => copy.run("plan-report", ...args);

/** Changes a stack's plan to destroy a resource that it would create. */
function destroy(stack: string, type: string): TerraformResourceChange {
  const file = join(checkout, "apps/prod/plan.out", `${stack}.json`);
  const plan = JSON.parse(readFileSync(file, "utf8")) as TerraformPlan;
  const resource = plan.resource_changes?.find((other) => other.type === type);
  if (resource === undefined) throw new Error(`${stack} has no ${type}`);
  const gone = { ...resource.change, actions: ["delete"], before: resource.change.after, after: null };
  const changes = plan.resource_changes?.map((other) =>
    other === resource ? { ...resource, change: gone } : other,
  );
  writeFileSync(file, JSON.stringify({ ...plan, resource_changes: changes }));
  return resource;
}

test("the repository's plans pass the policy, and every format is written", async () => {
  const { code, stdout, stderr } = await report("--output", "out", "--base", ".");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(readdirSync(join(checkout, "out")).sort()).toEqual([
    "dev.md",
    "index.html",
    "network.md",
    "prod.md",
    "report.json",
  ]);
  expect(stdout).toContain("out/index.html");
  expect(readFileSync(join(checkout, "out/prod.md"), "utf8")).toContain(
    "No addresses are added, moved, retired or freed.",
  );
  const { environments } = JSON.parse(readFileSync(join(checkout, "out/report.json"), "utf8")) as {
    environments: Review[];
  };
  expect(environments.map(({ environment, planned }) => [environment, planned])).toEqual([
    ["network", true],
    ["dev", true],
    ["prod", true],
  ]);
});

test("the comment on one environment goes to standard output and is reproducible", async () => {
  const first = await report("--env", "prod");
  expect(first.stdout.split("\n")[0]).toBe("<!-- cluster-ipam:plan-report:prod -->");
  expect(await report("--env", "prod")).toEqual(first);
  expect(await report("--env", "prod", "dev")).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(
      /^plan-report: --format markdown: a comment covers one environment/,
    ) as string,
  });
});

test("destroying a network exits with code 2 until the same change acknowledges it", async () => {
  copy.commit("base");
  const { address } = destroy("prod-payments-network", "aws_vpc");
  const refused = await report("--env", "prod", "--base", "HEAD");
  expect(refused.code).toBe(2);
  expect(refused.stdout).toContain("> This plan **destroys 1** resource.");

  const [, offered = ""] = /```yaml\n([\s\S]*?)```/.exec(refused.stdout) ?? [];
  const reasoned = offered.replace('reason: ""', "reason: the cluster moves to another account");
  writeFileSync(join(checkout, "acknowledgements.yaml"), reasoned);
  const allowed = await report("--env", "prod", "--base", "HEAD");
  expect(allowed.code).toBe(0);
  expect(allowed.stdout).toContain(
    `- destroy \`${address}\` in \`prod-payments-network\`: the cluster moves`,
  );

  copy.commit("acknowledge");
  const spent = await report("--env", "prod", "--base", "HEAD");
  expect(spent.code).toBe(2);
  expect(spent.stdout).toContain("was added by an earlier change and no longer counts; remove it");
});

test("--policy replaces the default rules", async () => {
  writeFileSync(
    join(checkout, "policy.mjs"),
    'export const rules = [{ name: "freeze", description: "Nothing changes.", check: () => [{ message: "frozen" }] }];',
  );
  const { code, stdout } = await report("--env", "dev", "--policy", "policy.mjs");
  expect(code).toBe(2);
  expect(stdout).toContain("⛔ **`freeze`**: Nothing changes.\n\n- frozen");
});

test("an environment without a plan is reported and exits with code 1", async () => {
  rmSync(join(checkout, "apps/prod/plan.out"), { recursive: true });
  const { code, stdout, stderr } = await report("--env", "prod");
  expect(code).toBe(1);
  expect(stdout).toContain("## `prod`: incomplete plan");
  expect(stdout).toContain("plan the environment first: npm run plan -- --env prod");
  expect(stderr).toBe("plan-report: incomplete plan: prod; see the report\n");
});

test("--plan plans first, as npm run report does", async () => {
  copy.planByCopying("dev");
  const { code, stdout, stderr } = await report("--plan", "--env", "dev", "--output", "out");
  expect(stderr).toMatch(/^Planning dev with (Terraform|OpenTofu) /);
  expect(stdout).toMatch(/out\/dev\.md +the comment on dev: [1-9]\d+ to add/);
  expect(code).toBe(0);
});

test("--plans reads plans from another folder", async () => {
  cpSync(join(checkout, "apps/prod/plan.out"), join(checkout, "artifact/prod/plan.out"), { recursive: true });
  rmSync(join(checkout, "apps/prod/plan.out"), { recursive: true });
  const { code, stdout } = await report("--env", "prod", "--plans", "artifact", "--format", "html");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^<!doctype html>/);
});

test.each([
  [["--base", "no-such-branch"], /^plan-report: --base no-such-branch: neither a folder nor a commit/],
  [["--env", "mars"], /^plan-report: --env mars: there is no app in apps\/mars/],
  [["--policy", "none.cjs"], /^plan-report: --policy none.cjs: no such file/],
  [["--plan", "--plans", "x"], /^plan-report: --plans: --plan writes its plans under apps/],
])("bad input %j prints one sentence", async (args, sentence) => {
  const { code, stdout, stderr } = await report("--output", "out", ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(readdirSync(checkout)).not.toContain("out");
});
