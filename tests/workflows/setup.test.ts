import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OWNER_TAG } from "../../packages/subnet-autoscaler/src/runtime/network/tags";
import { AUTOSCALER_OWNER_TAG } from "../../.github/automation/src/drift/tolerance";
import { environments } from "../plan/planned-stacks";
import { jobsOf, workflows } from "./workflow";

const page = readFileSync(join(__dirname, "../../docs/pull-requests.md"), "utf8");
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

test("the page lists every workflow, variable and secret", () => {
  expect(sorted([...page.matchAll(/^\| `(\w+\.yml)`/gm)].map(([, name]) => name!))).toEqual(
    workflows.map(({ name }) => name),
  );
  const read = workflows.flatMap(({ text }) =>
    [...text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)].map(([, name]) => name!),
  );
  expect(sorted([...page.matchAll(/^ {3}\| `(\w+)`/gm)].map(([, name]) => name!))).toEqual(sorted(read));
});

test("the page lists every GitHub environment", () => {
  const patterns = workflows.flatMap((workflow) =>
    jobsOf(workflow).flatMap(([, { environment }]) => environment ?? []),
  );
  const used = patterns.flatMap((pattern) =>
    environments.map((name) => pattern.replace("${{ matrix.environment }}", name)),
  );
  for (const name of sorted(used)) expect(page).toContain(`\`${name}\``);
});

test("the page requires only checks that always exist", () => {
  const [, listed = ""] = /require the checks (.*?)\(which/s.exec(page) ?? [];
  const checks = workflows
    .filter(({ on }) => Object.keys(on).includes("pull_request"))
    .flatMap(jobsOf)
    .flatMap(([name, { strategy }]) => {
      const { node } = strategy?.matrix ?? {};
      if (Array.isArray(node)) return node.map((version) => `${name} (${version})`);
      return strategy === undefined ? [name] : [];
    });
  const required = [...listed.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  expect(required).toContain("verdict");
  expect(checks).toEqual(expect.arrayContaining(required));
});

test("the verdict needs every other job of the plan workflow", () => {
  const { verdict, ...others } = workflows.find(({ name }) => name === "plan.yml")!.jobs;
  expect(sorted(verdict!.needs!)).toEqual(sorted(Object.keys(others)));
  expect(verdict!.if).toBe("always()");
});

// A setting may add a stack to an environment, and all jobs must see the same stacks.
test("every job that synthesizes for the clouds reads the settings first", () => {
  const orders = workflows.flatMap((workflow) =>
    jobsOf(workflow).map(([, { steps }]) =>
      steps.flatMap(({ name }) => (name === "settings" || name === "synth" ? [name] : [])),
    ),
  );
  expect(orders.filter((order) => order.includes("synth"))).toEqual(
    Array.from({ length: 6 }, () => ["settings", "synth"]),
  );
});

test("the drift tolerance uses the tag that the autoscaler sets", () => {
  expect(AUTOSCALER_OWNER_TAG).toBe(OWNER_TAG);
});
