import { NxOutput } from "../../src/run/nx-output";
import { PlanProgress } from "../../src/run/plan-progress";

// As nx 24 prints it with --output-style=stream.
const RUN = `
 NX   Running target plan for 2 projects and 3 tasks they depend on:

- prod-app
- dev-app


> nx run address-plan:build  [local cache]

built long ago

> nx run prod-app:synth

prod-app: > prod-app@0.0.0 synth
prod-app: > node dist/main.js

> nx run dev-app:plan  [local cache]

✓ dev-apps: as it was printed then

> nx run prod-app:plan

prod-app: npm warn Unknown env config "x"
prod-app: ✓ prod-network                 12 to add                        0.4 s
prod-app: ✗ prod-payments                Unsupported argument             0.2 s
prod-app: prod-payments: terraform plan failed
prod-app: npm error code 1


 NX   Running target plan for 2 projects and 3 tasks they depend on failed

Failed tasks:

- prod-app:plan
`.split("\n");

test("shows one line per step and per stack, and nothing else", () => {
  const lines: string[] = [];
  const output = new NxOutput();
  const progress = new PlanProgress(
    [
      { name: "dev", app: "/w/apps/dev", project: "dev-app" },
      { name: "prod", app: "/w/apps/prod", project: "prod-app" },
    ],
    (line) => lines.push(line),
  );
  for (const line of RUN) {
    const event = output.read(line);
    if (event) progress.handle(event);
  }

  expect(lines).toEqual([
    "  prod  synthesizing",
    "  dev   unchanged since the last plan",
    "  prod  ✓ prod-network                 12 to add                        0.4 s",
    "  prod  ✗ prod-payments                Unsupported argument             0.2 s",
  ]);
});

test("lists failed tasks and their output", () => {
  const output = new NxOutput();
  for (const line of RUN) output.read(line);

  expect(output.failed).toEqual([{ project: "prod-app", target: "plan" }]);
  expect(output.outputOf({ project: "prod-app", target: "plan" })).toContain(
    "prod-payments: terraform plan failed",
  );
  expect(output.outputOf({ project: "prod-app", target: "plan" })).not.toContain("npm");
});
