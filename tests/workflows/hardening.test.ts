import { hardeningRules } from "./hardening-rules";
import { actions, jobsOf, type Workflow, workflowOf, workflows } from "./workflow";

const rules = Object.entries(hardeningRules);

test("these are the workflows", () => {
  expect(workflows.map(({ name }) => name)).toEqual([
    "ci.yml",
    "deploy.yml",
    "drift.yml",
    "plan.yml",
    "release.yml",
  ]);
});

test.each(rules)("%s", (_name, rule) => {
  expect(
    workflows.flatMap((workflow) => rule(workflow).map((wrong) => `${workflow.name}: ${wrong}`)),
  ).toEqual([]);
});

/** An action runs with the rights of the job that uses it. */
test.each(actions.map((action) => [action.name, action] as const))(
  "the action %s keeps the rules",
  (name, { text, steps }) => {
    const job = { "runs-on": "ubuntu-24.04", "timeout-minutes": 1, steps };
    const workflow: Workflow = {
      ...{ name, text, on: { push: {} }, permissions: { contents: "read" }, concurrency: {} },
      jobs: { action: job },
    };
    expect(rules.flatMap(([, rule]) => rule(workflow))).toEqual([]);
  },
);

/** What breaks a workflow, by the rule that has to say so. */
const damage: Readonly<Record<string, readonly [file: string, from: string | RegExp, to: string]>> = {
  "actions are pinned by commit": ["ci.yml", /actions\/checkout@[0-9a-f]{40} # v/, "actions/checkout@v"],
  "workflows may read contents, jobs ask for more": [
    "plan.yml",
    "permissions:\n  contents: read",
    "permissions:\n  contents: write",
  ],
  "no credentials stay in the checkout": [
    "deploy.yml",
    "persist-credentials: false",
    "persist-credentials: true",
  ],
  "no expression in a script": ["plan.yml", '"$STACK"', '"${{ matrix.stack }}"'],
  "no trigger that gives strangers secrets": ["plan.yml", "  pull_request:\n", "  pull_request_target:\n"],
  "what strangers start gets neither secrets nor rights": [
    "plan.yml",
    /needs\.affected\.outputs\.trusted == 'true'/g,
    "true",
  ],
  "an identity belongs to an environment": ["drift.yml", /^ {4}environment: .*\n/m, ""],
  "secrets go to the one command that needs them": [
    "plan.yml",
    "      STACK: ",
    "      SECRET: ${{ secrets.PLAN_SEAL_SECRET }}\n      STACK: ",
  ],
  "jobs end, on an image that does not change under them": ["release.yml", "    timeout-minutes: 20\n", ""],
  "runs do not race": ["drift.yml", /^concurrency:\n(?: {2}.*\n)+/m, ""],
  "deployments are not broken off": ["deploy.yml", "cancel-in-progress: false", "cancel-in-progress: true"],
};

test.each(rules)("a workflow that breaks it is told: %s", (name, rule) => {
  const [file, from, to] = damage[name]!;
  const { text } = workflows.find((workflow) => workflow.name === file)!;
  const damaged = text.replace(from, to);
  expect(damaged).not.toBe(text);
  expect(rule(workflowOf(file, damaged))).not.toEqual([]);
});

test("these jobs may write, and nothing else may", () => {
  const rights = workflows.flatMap((workflow) =>
    jobsOf(workflow).flatMap(([job, { permissions = {} }]) =>
      Object.entries(permissions).flatMap(([right, access]) =>
        access === "write" ? [`${workflow.name} ${job}: ${right}`] : [],
      ),
    ),
  );
  expect(rights).toEqual([
    "deploy.yml deploy: id-token",
    "drift.yml drift: id-token",
    "drift.yml drift: issues",
    "plan.yml plan: id-token",
    "plan.yml report: pull-requests",
    "release.yml version: contents",
    "release.yml publish: id-token",
  ]);
});
