import { serviceTrust } from "../../src/aws";

const statement = (trust: string) => (JSON.parse(trust) as { Statement: unknown[] }).Statement;

test("a service may assume the role", () => {
  expect(statement(serviceTrust("lambda"))).toEqual([
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: ["sts:AssumeRole"] },
  ]);
});

test("further actions and one account only", () => {
  const actions = ["sts:AssumeRole", "sts:TagSession"];
  expect(statement(serviceTrust("pods.eks", { actions, accountId: "012345678901" }))).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: actions,
      Condition: { StringEquals: { "aws:SourceAccount": "012345678901" } },
    },
  ]);
});
