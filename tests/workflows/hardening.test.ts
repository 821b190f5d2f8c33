import { hardeningRules } from "./hardening-rules";
import { actions, jobsOf, type Workflow, workflowOf, workflows } from "./workflow";

const rules = Object.entries(hardeningRules);

test("lists the workflows", () => {
  expect(workflows.map(({ name }) => name)).toEqual([
    "ci.yml",
    "deploy.yml",
    "drift.yml",
    "nightly.yml",
    "plan.yml",
    "release.yml",
  ]);
});

test.each(rules)("%s", (_name, rule) => {
  expect(
    workflows.flatMap((workflow) => rule(workflow).map((violation) => `${workflow.name}: ${violation}`)),
  ).toEqual([]);
});

/** An action runs with the permissions of the job that uses it. */
test.each(actions.map((action) => [action.name, action] as const))(
  "the action %s follows the rules",
  (name, { text, steps }) => {
    const job = { "runs-on": "ubuntu-24.04", "timeout-minutes": 1, steps };
    const workflow: Workflow = {
      ...{ name, text, on: { push: {} }, permissions: { contents: "read" }, concurrency: {} },
      jobs: { action: job },
    };
    expect(rules.flatMap(([, rule]) => rule(workflow))).toEqual([]);
  },
);

/** An edit that violates each rule. */
const violations: Readonly<Record<string, readonly [file: string, from: string | RegExp, to: string]>> = {
  "actions are pinned by commit": ["ci.yml", /actions\/checkout@[0-9a-f]{40} # v/, "actions/checkout@v"],
  "workflows may only read contents, jobs request more": [
    "plan.yml",
    "permissions:\n  contents: read",
    "permissions:\n  contents: write",
  ],
  "no credentials persist in the checkout": [
    "deploy.yml",
    "persist-credentials: false",
    "persist-credentials: true",
  ],
  "no expression in a script": ["plan.yml", '"$STACK"', '"${{ matrix.stack }}"'],
  "no trigger that exposes secrets to untrusted input": [
    "plan.yml",
    "  pull_request:\n",
    "  pull_request_target:\n",
  ],
  "pull requests get secrets and write permissions only if trusted": [
    "plan.yml",
    /needs\.affected\.outputs\.trusted == 'true'/g,
    "true",
  ],
  "cloud credentials require an environment": ["drift.yml", /^ {4}environment: .*\n/m, ""],
  "secrets are passed only to the step that needs them": [
    "plan.yml",
    "      STACK: ",
    "      SECRET: ${{ secrets.PLAN_SEAL_SECRET }}\n      STACK: ",
  ],
  "jobs have a timeout and a fixed image": ["release.yml", "    timeout-minutes: 20\n", ""],
  "runs do not overlap": ["drift.yml", /^concurrency:\n(?: {2}.*\n)+/m, ""],
  "deployments are not canceled": ["deploy.yml", "cancel-in-progress: false", "cancel-in-progress: true"],
};

test.each(rules)("finds a violation: %s", (name, rule) => {
  const [file, from, to] = violations[name]!;
  const { text } = workflows.find((workflow) => workflow.name === file)!;
  const damaged = text.replace(from, to);
  expect(damaged).not.toBe(text);
  expect(rule(workflowOf(file, damaged))).not.toEqual([]);
});

test("only these jobs have write permissions", () => {
  const permissions = workflows.flatMap((workflow) =>
    jobsOf(workflow).flatMap(([job, { permissions = {} }]) =>
      Object.entries(permissions).flatMap(([permission, access]) =>
        access === "write" ? [`${workflow.name} ${job}: ${permission}`] : [],
      ),
    ),
  );
  expect(permissions).toEqual([
    "deploy.yml deploy: id-token",
    "deploy.yml propose: contents",
    "deploy.yml propose: pull-requests",
    "drift.yml drift: id-token",
    "drift.yml drift: issues",
    "drift.yml reality: id-token",
    "drift.yml reality: issues",
    "plan.yml plan: id-token",
    "plan.yml report: pull-requests",
    "release.yml version: contents",
    "release.yml publish: id-token",
  ]);
});
