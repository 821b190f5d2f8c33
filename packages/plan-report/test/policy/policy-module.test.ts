import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadRules } from "../../src/policy/policy-module";
import { addressesOfChange, eks, findings, planned, reviewOf } from "../example-change";
import { removeScratch, scratch, writeFiles } from "../scratch";

afterEach(removeScratch);

const load = (text: string) => {
  const root = scratch();
  writeFiles(root, { "policy.cjs": text });
  return loadRules(join(root, "policy.cjs"));
};

test("the README's policy adds a rule to the default ones", async () => {
  const page = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
  const [, text = ""] = /```js policy\.cjs\n([\s\S]*?)```/.exec(page) ?? [];
  const library = JSON.stringify(resolve(__dirname, "../../src/index.ts"));
  const rules = await load(text.replace('"@cluster-ipam/plan-report"', library));
  expect(rules.map(({ name }) => name)).toEqual([
    "acknowledged-destruction",
    "addresses-stay",
    "cidrs-in-lock",
    "no-overlap",
    "tags-present",
    "private-control-plane",
    "flow-logs",
  ]);

  const [, addresses] = addressesOfChange({}, { shop: eks() });
  const tags_all = { environment: "prod", managed_by: "x" };
  const vpc = planned("aws_vpc.main", { tags_all });
  const log = planned("aws_flow_log.main", { tags_all });
  const wrong = (...resources: (typeof vpc)[]) =>
    findings(reviewOf({ network: resources }, addresses, { rules }));
  expect(wrong(vpc)).toEqual([expect.stringContaining("flow-logs: aws_vpc.main: ")]);
  expect(wrong(vpc, log)).toEqual([]);
});

test("an invalid policy module is an error", async () => {
  await expect(loadRules("/nowhere/policy.cjs")).rejects.toThrow(
    "--policy /nowhere/policy.cjs: no such file; name a JavaScript module",
  );
  await expect(load("module.exports = {}")).rejects.toThrow(/rules: .*; export `rules`, an array of/);
  await expect(load("exports.rules = [{ name: 'No', description: 'x', check() {} }]")).rejects.toThrow(
    /rules\.0\.name: use lower case and dashes/,
  );
  await expect(load("exports.rules = [{ name: 'no', description: 'x' }]")).rejects.toThrow(
    /rules\.0\.check: must be a function/,
  );
  await expect(load("nonsense(")).rejects.toThrow(/it failed to load \(.*\); correct it/);
});
