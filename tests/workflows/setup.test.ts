import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OWNER_TAG } from "../../packages/subnet-autoscaler/src/runtime/tags";
import { AUTOSCALER_OWNER_TAG } from "../../.github/automation/src/tolerance";
import { environments } from "../plan/planned-stacks";
import { jobsOf, workflows } from "./workflow";

const page = readFileSync(join(__dirname, "../../docs/pull-requests.md"), "utf8");
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

test("the page names every workflow, and every variable and secret that they read", () => {
  expect(sorted([...page.matchAll(/^\| `(\w+\.yml)`/gm)].map(([, name]) => name!))).toEqual(
    workflows.map(({ name }) => name),
  );
  const read = workflows.flatMap(({ text }) =>
    [...text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)].map(([, name]) => name!),
  );
  expect(sorted([...page.matchAll(/^ {3}\| `(\w+)`/gm)].map(([, name]) => name!))).toEqual(sorted(read));
});

test("the page names every environment that a job belongs to", () => {
  const patterns = workflows.flatMap((workflow) =>
    jobsOf(workflow).flatMap(([, { environment }]) => environment ?? []),
  );
  const used = patterns.flatMap((pattern) =>
    environments.map((name) => pattern.replace("${{ matrix.environment }}", name)),
  );
  for (const name of sorted(used)) expect(page).toContain(`\`${name}\``);
});

test("what the autoscaler made is known by the tag that the autoscaler sets", () => {
  expect(AUTOSCALER_OWNER_TAG).toBe(OWNER_TAG);
});
