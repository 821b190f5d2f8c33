import { type TerraformPlan, type TerraformResourceChange } from "@cluster-ipam/plan-report";
import { planDifferences } from "../../src/deploy/plan-parity";

type Change = Partial<TerraformResourceChange["change"]>;

const plan = (...changes: readonly Change[]): TerraformPlan => ({
  ...{ format_version: "1.2", terraform_version: "1.11.4" },
  resource_changes: changes.map((change, at) => ({
    ...{ address: `aws_vpc.v${at}`, mode: "managed", type: "aws_vpc", name: `v${at}`, provider_name: "aws" },
    change: { actions: ["create"], before: null, after: {}, after_unknown: {}, ...change },
  })) as TerraformResourceChange[],
});

const created = { cidr_block: "10.0.0.0/16", tags: { a: "1", b: "2" } };
const create: Change = {
  after: created,
  after_unknown: { id: true },
};
const [old, updated] = [
  { cidr_block: "10.0.0.0/16", status: "old" },
  { cidr_block: "10.1.0.0/16", status: "old" },
];
const update: Change = {
  actions: ["update"],
  before: old,
  after: updated,
};

test("plans with another key order are equal, and reads do not count", () => {
  const turned = { ...create, after: { tags: { b: "2", a: "1" }, cidr_block: "10.0.0.0/16" } };
  expect(planDifferences(plan(create), plan(turned))).toEqual([]);
  expect(planDifferences(plan(create), plan(create, { actions: ["read"] }, { actions: ["no-op"] }))).toEqual(
    [],
  );
});

test("unchanged attributes may have other values than at the review", () => {
  const since = {
    ...update,
    before: { ...old, status: "new" },
    after: { ...updated, status: "new" },
  };
  expect(planDifferences(plan(update), plan(since))).toEqual([]);
});

test.each<[string, TerraformPlan, TerraformPlan, string]>([
  [
    "another action",
    plan(create),
    plan({ actions: ["delete", "create"] }),
    "reviewed: create, now: delete and create",
  ],
  ["an extra resource", plan(), plan(create), "reviewed: nothing, now: create"],
  ["a missing resource", plan(create), plan(), "reviewed: create, now: nothing"],
  [
    "another value",
    plan(create),
    plan({ ...create, after: { ...created, cidr_block: "10.9.0.0/16" } }),
    "create as reviewed, but with a different cidr_block",
  ],
  [
    "another old value",
    plan(update),
    plan({ ...update, before: { ...old, cidr_block: "10.2.0.0/16" } }),
    "update as reviewed, but with a different cidr_block",
  ],
  [
    "another unknown value",
    plan(create),
    plan({ ...create, after_unknown: { id: true, arn: true } }),
    "create as reviewed, but with a different arn",
  ],
  [
    "an import",
    plan({ actions: ["no-op"] }),
    plan({ actions: ["no-op"], importing: { id: "vpc-1" } }),
    "reviewed: nothing, now: no-op",
  ],
])("%s is a difference, shown without values", (_what, reviewed, fresh, difference) => {
  expect(planDifferences(reviewed, fresh)).toEqual([{ address: "aws_vpc.v0", difference }]);
});

test("outputs are compared", () => {
  const output = (after: string): TerraformPlan => ({
    ...plan(),
    output_changes: { id: { actions: ["update"], before: "a", after, after_unknown: false } },
  });
  expect(planDifferences(output("b"), output("b"))).toEqual([]);
  expect(planDifferences(output("b"), output("c"))).toEqual([
    { address: "output.id", difference: "update as reviewed, but with a different value" },
  ]);
});
