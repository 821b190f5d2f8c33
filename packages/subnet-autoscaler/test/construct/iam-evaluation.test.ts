import { allows, type Context, type PolicyStatement } from "./iam-evaluation";

const arn = "arn:aws:ec2:eu-central-1:333333333333:subnet/subnet-1";
const decide = (statement: Partial<PolicyStatement>, context: Context = {}, ...more: PolicyStatement[]) => {
  const first = { Effect: "Allow", Action: ["ec2:DeleteSubnet"], Resource: ["*"], ...statement } as const;
  const call = { action: "ec2:DeleteSubnet", resources: [{ arn, context }] };
  return allows([{ Version: "2012-10-17", Statement: [first, ...more] }], call);
};

test.each<[string, Partial<PolicyStatement>, Context, boolean]>([
  ["an action in another case", { Action: ["EC2:deletesubnet"] }, {}, true],
  ["a wildcard action", { Action: ["ec2:Delete*"] }, {}, true],
  ["another action", { Action: ["ec2:DeleteVpc"] }, {}, false],
  ["a wildcard resource", { Resource: ["arn:aws:ec2:*:333333333333:subnet/*"] }, {}, true],
  ["a single-character wildcard", { Resource: ["arn:aws:ec2:*:*:subnet/subnet-?"] }, {}, true],
  ["a dot is not a wildcard", { Resource: [arn.replace("-1:", ".1:")] }, {}, false],
  ["a key in another case", { Condition: { StringEquals: { "AWS:a": "x" } } }, { "aws:A": "x" }, true],
  ["one of several values", { Condition: { StringEquals: { a: ["x", "y"] } } }, { a: "y" }, true],
  ["a value in another case", { Condition: { StringEquals: { a: "x" } } }, { a: "X" }, false],
  ["a missing key", { Condition: { StringEquals: { a: "x" } } }, {}, false],
  ["a missing key with a negated operator", { Condition: { StringNotEquals: { a: "x" } } }, {}, true],
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
    "a key outside the list",
    { Condition: { "ForAllValues:StringEquals": { k: ["a"] } } },
    { k: ["a", "b"] },
    false,
  ],
  ["ForAllValues without keys", { Condition: { "ForAllValues:StringEquals": { k: ["a"] } } }, {}, true],
  ["ForAnyValue without keys", { Condition: { "ForAnyValue:StringEquals": { k: ["a"] } } }, {}, false],
  ["a required key", { Condition: { Null: { k: "false" } } }, { k: "a" }, true],
  ["a missing required key", { Condition: { Null: { k: "false" } } }, {}, false],
  [
    "an ARN",
    { Condition: { ArnEquals: { v: "arn:aws:ec2:*:*:vpc/vpc-1" } } },
    { v: "arn:aws:ec2:r:1:vpc/vpc-1" },
    true,
  ],
  [
    "an ARN wildcard does not match a colon",
    { Condition: { ArnLike: { v: "arn:aws:*:vpc/vpc-1" } } },
    { v: "arn:aws:ec2:r:1:vpc/vpc-1" },
    false,
  ],
])("%s", (_, statement, context, allowed) => {
  expect(decide(statement, context)).toBe(allowed);
});

test("Deny wins, and every resource of a call needs an Allow", () => {
  const deny: PolicyStatement = { Effect: "Deny", Action: ["ec2:*"], Resource: [arn] };
  expect(decide({}, {}, deny)).toBe(false);

  const other = { arn: arn.replace("subnet-1", "subnet-2"), context: {} };
  const call = { action: "ec2:DeleteSubnet", resources: [{ arn, context: {} }, other] };
  const Statement: PolicyStatement[] = [{ Effect: "Allow", Action: ["ec2:*"], Resource: [arn] }];
  expect(allows([{ Version: "2012-10-17", Statement }], call)).toBe(false);
});

test("an unsupported element, operator or variable is an error", () => {
  expect(() => decide({ Condition: { DateLessThan: { a: "x" } } })).toThrow(
    "unsupported operator DateLessThan",
  );
  expect(() => decide({ NotAction: ["ec2:*"] } as never)).toThrow("unsupported element NotAction");
  expect(() => decide({ Resource: ["arn:aws:s3:::${aws:username}"] })).toThrow(
    "unsupported policy variables",
  );
  expect(() => decide({ Condition: { StringEquals: { a: "x" } } }, { a: ["x", "y"] })).toThrow(
    "ForAllValues",
  );
});
