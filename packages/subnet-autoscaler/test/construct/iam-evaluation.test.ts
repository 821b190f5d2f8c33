import { allows, type Context, type PolicyStatement } from "./iam-evaluation";

const arn = "arn:aws:ec2:eu-central-1:333333333333:subnet/subnet-1";
const decide = (statement: Partial<PolicyStatement>, context: Context = {}, ...more: PolicyStatement[]) => {
  const first = { Effect: "Allow", Action: ["ec2:DeleteSubnet"], Resource: ["*"], ...statement } as const;
  const call = { action: "ec2:DeleteSubnet", resources: [{ arn, context }] };
  return allows([{ Version: "2012-10-17", Statement: [first, ...more] }], call);
};

test.each<[string, Partial<PolicyStatement>, Context, boolean]>([
  ["an action in other letters", { Action: ["EC2:deletesubnet"] }, {}, true],
  ["a wildcard action", { Action: ["ec2:Delete*"] }, {}, true],
  ["another action", { Action: ["ec2:DeleteVpc"] }, {}, false],
  ["a wildcard resource", { Resource: ["arn:aws:ec2:*:333333333333:subnet/*"] }, {}, true],
  ["a resource with one letter open", { Resource: ["arn:aws:ec2:*:*:subnet/subnet-?"] }, {}, true],
  ["a dot that is no wildcard", { Resource: [arn.replace("-1:", ".1:")] }, {}, false],
  ["a key in other letters", { Condition: { StringEquals: { "AWS:a": "x" } } }, { "aws:A": "x" }, true],
  ["one of the values", { Condition: { StringEquals: { a: ["x", "y"] } } }, { a: "y" }, true],
  ["a value in other letters", { Condition: { StringEquals: { a: "x" } } }, { a: "X" }, false],
  ["a key that is missing", { Condition: { StringEquals: { a: "x" } } }, {}, false],
  ["a denied value that is missing", { Condition: { StringNotEquals: { a: "x" } } }, {}, true],
  [
    "one operator of two",
    { Condition: { StringEquals: { a: "x" }, StringLike: { b: "y*" } } },
    { a: "x", b: "z" },
    false,
  ],
  ["one key of two", { Condition: { StringEquals: { a: "x", b: "y" } } }, { a: "x" }, false],
  [
    "all keys in the list",
    { Condition: { "ForAllValues:StringEquals": { k: ["a", "b"] } } },
    { k: ["a", "b"] },
    true,
  ],
  [
    "a key beside the list",
    { Condition: { "ForAllValues:StringEquals": { k: ["a"] } } },
    { k: ["a", "b"] },
    false,
  ],
  ["no keys at all, for all", { Condition: { "ForAllValues:StringEquals": { k: ["a"] } } }, {}, true],
  ["no keys at all, for any", { Condition: { "ForAnyValue:StringEquals": { k: ["a"] } } }, {}, false],
  ["a key that must be there", { Condition: { Null: { k: "false" } } }, { k: "a" }, true],
  ["a key that must be there and is not", { Condition: { Null: { k: "false" } } }, {}, false],
  [
    "an ARN",
    { Condition: { ArnEquals: { v: "arn:aws:ec2:*:*:vpc/vpc-1" } } },
    { v: "arn:aws:ec2:r:1:vpc/vpc-1" },
    true,
  ],
  [
    "an ARN's wildcard over a colon",
    { Condition: { ArnLike: { v: "arn:aws:*:vpc/vpc-1" } } },
    { v: "arn:aws:ec2:r:1:vpc/vpc-1" },
    false,
  ],
])("%s", (_, statement, context, allowed) => {
  expect(decide(statement, context)).toBe(allowed);
});

test("a denial wins, and every resource of a call needs an allowance", () => {
  const deny: PolicyStatement = { Effect: "Deny", Action: ["ec2:*"], Resource: [arn] };
  expect(decide({}, {}, deny)).toBe(false);

  const other = { arn: arn.replace("subnet-1", "subnet-2"), context: {} };
  const call = { action: "ec2:DeleteSubnet", resources: [{ arn, context: {} }, other] };
  const Statement: PolicyStatement[] = [{ Effect: "Allow", Action: ["ec2:*"], Resource: [arn] }];
  expect(allows([{ Version: "2012-10-17", Statement }], call)).toBe(false);
});

test("what it does not know is an error", () => {
  expect(() => decide({ Condition: { DateLessThan: { a: "x" } } })).toThrow("the operator DateLessThan");
  expect(() => decide({ NotAction: ["ec2:*"] } as never)).toThrow("no evaluation of NotAction");
  expect(() => decide({ Resource: ["arn:aws:s3:::${aws:username}"] })).toThrow("policy variables");
  expect(() => decide({ Condition: { StringEquals: { a: "x" } } }, { a: ["x", "y"] })).toThrow(
    "ForAllValues",
  );
});
