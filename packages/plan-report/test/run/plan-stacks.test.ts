import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { InterruptedError } from "../../src/errors/plan-error";
import { PlanFolder } from "../../src/read/plan-folder";
import { planStacks } from "../../src/run/plan-stacks";
import { stackPlan } from "../../src/terraform/stack-plan";
import { removeScratch, S3_BACKEND, scratch, synthesized, writeFiles, writeScript } from "../scratch";

const TWO_OBJECTS = `resource "terraform_data" "a" {
  input = "a"
}
resource "terraform_data" "b" {
  input = terraform_data.a.id
}
`;

let app: string;
// A temporary folder of its own lets a test check that the working copies are removed.
let copies: string;

beforeEach(() => {
  app = scratch();
  copies = scratch();
  jest.spyOn(os, "tmpdir").mockReturnValue(copies);
});
afterEach(() => {
  jest.restoreAllMocks();
  removeScratch();
});

test("plans each stack without its backend, on a copy of the synthesized folder", async () => {
  writeFiles(app, synthesized({ network: S3_BACKEND + TWO_OBJECTS, empty: "" }));
  const before = readdirSync(join(app, "cdktf.out"), { recursive: true });

  const results = await planStacks({ app });

  expect(results.map(({ stack }) => stack)).toEqual(["network", "empty"]);
  const folder = new PlanFolder(app);
  expect(stackPlan("network", folder.readPlan("network")).counts.create).toBe(2);
  expect(stackPlan("empty", folder.readPlan("empty")).changes).toEqual([]);
  expect(readdirSync(join(app, "cdktf.out"), { recursive: true })).toEqual(before);
  expect(readdirSync(copies)).toEqual([]);
});

test("the same stacks give the same bytes, and the plan of a removed stack is deleted", async () => {
  writeFiles(app, synthesized({ one: TWO_OBJECTS, two: TWO_OBJECTS }));
  await planStacks({ app });
  const first = readFileSync(join(app, "plan.out/one.json"), "utf8");

  writeFiles(app, synthesized({ one: TWO_OBJECTS }));
  await planStacks({ app });

  expect(readFileSync(join(app, "plan.out/one.json"), "utf8")).toBe(first);
  expect(readdirSync(join(app, "plan.out")).sort()).toEqual(["manifest.json", "one.json"]);
});

test("ignores the state, backend settings and environment variables of an earlier deployment", async () => {
  writeFiles(app, {
    ...synthesized({ one: S3_BACKEND + TWO_OBJECTS }),
    "cdktf.out/stacks/one/.terraform/terraform.tfstate": '{"version":3,"backend":{"type":"s3"}}',
    "cdktf.out/stacks/one/terraform.tfstate": "not a state",
  });
  const env = { ...process.env, TF_WORKSPACE: "elsewhere", TF_DATA_DIR: join(app, "data") };

  await planStacks({ app, env });

  expect(stackPlan("one", new PlanFolder(app).readPlan("one")).counts.create).toBe(2);
  expect(existsSync(join(app, "data"))).toBe(false);
});

test("a failed stack reports Terraform's error, and the others are planned", async () => {
  const wrong = 'resource "terraform_data" "x" {\n  input = terraform_data.missing.id\n}\n';
  writeFiles(app, synthesized({ wrong, broken: "resource {", right: TWO_OBJECTS }));

  const results = await planStacks({ app });

  const failures = results.flatMap((result) => ("failure" in result ? [result.failure] : []));
  expect(failures.map(({ stack, command }) => `${stack} ${command}`)).toEqual(["wrong plan", "broken init"]);
  expect(failures[0]?.diagnostics[0]).toMatchObject({
    summary: "Reference to undeclared resource",
    address: "terraform_data.x",
    position: "cdk.tf:2",
  });
  const folder = new PlanFolder(app);
  expect(stackPlan("right", folder.readPlan("right")).counts.create).toBe(2);
  expect(folder.readManifest()?.stacks.map((entry) => "failure" in entry)).toEqual([true, true, false]);
  expect(readdirSync(copies)).toEqual([]);
});

test("warnings are reported", async () => {
  const check =
    'check "input" {\n  assert {\n    condition     = terraform_data.a.input == "b"\n    error_message = "a is not b"\n  }\n}\n';
  writeFiles(app, synthesized({ one: TWO_OBJECTS + check }));

  const [result] = await planStacks({ app });

  expect(result).toMatchObject({ warnings: [{ severity: "warning", detail: "a is not b" }] });
});

test("an interrupted run leaves no working copies and no partial plan", async () => {
  const slow = writeScript(app, "terraform", [
    '[ "$1" = version ] && echo "Terraform v1.11.4" && exit',
    `touch ${join(app, "working")}`,
    "exec sleep 60",
  ]);
  writeFiles(app, synthesized({ one: "", two: "", three: "" }));
  const controller = new AbortController();

  const run = planStacks({
    app,
    abort: controller.signal,
    env: { ...process.env, TERRAFORM_BINARY_NAME: slow },
  });
  while (!existsSync(join(app, "working"))) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(readdirSync(copies)).toHaveLength(1);
  controller.abort("SIGINT");

  await expect(run).rejects.toThrow(InterruptedError);
  expect(readdirSync(copies)).toEqual([]);
  expect(existsSync(join(app, "plan.out"))).toBe(false);
});

describe("nothing to plan", () => {
  test("not synthesized", async () => {
    await expect(planStacks({ app })).rejects.toThrow(
      /there is no cdktf.out\/manifest.json; run `npm run synth`/,
    );
  });

  test("no stacks", async () => {
    writeFiles(app, { "cdktf.out/manifest.json": '{"version":"0.21.0","stacks":{}}' });
    await expect(planStacks({ app })).rejects.toThrow(
      /the app has no stacks; compose at least one in src\/main.ts/,
    );
  });

  test.each(['{"stacks":', '{"stacks":{"a":{}}}'])("a damaged manifest: %s", async (text) => {
    writeFiles(app, { "cdktf.out/manifest.json": text });
    await expect(planStacks({ app })).rejects.toThrow(/manifest.json is damaged .*run `npm run synth`/);
  });

  test("deletes the plan of an earlier run", async () => {
    mkdirSync(join(app, "plan.out"));
    await expect(planStacks({ app })).rejects.toThrow();
    expect(existsSync(join(app, "plan.out"))).toBe(false);
  });
});
