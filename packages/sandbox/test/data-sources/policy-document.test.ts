import { policyDocument } from "../../src/data-sources/policy-document";

const allow = (sid: string, ...actions: readonly string[]) => ({ sid, actions, resources: ["*"] });

describe("an IAM policy document", () => {
  it("skips empty documents, and documents without statements", () => {
    const statement = [allow("One", "a:One")];
    const document = policyDocument({
      ...{ statement, source_policy_documents: [""], override_policy_documents: ["", "{}"] },
    });
    expect(document).toEqual(policyDocument({ statement }));
  });

  it("writes one value as text and several in falling order", () => {
    expect(
      policyDocument({ statement: [allow("", "a:One"), allow("Two", "a:One", "b:Two")] }).Statement,
    ).toEqual([
      { Effect: "Allow", Action: "a:One", Resource: "*" },
      { Sid: "Two", Effect: "Allow", Action: ["b:Two", "a:One"], Resource: "*" },
    ]);
  });

  it("joins principals and conditions, and turns &{ into ${", () => {
    const statement = {
      effect: "Deny",
      actions: ["s3:*"],
      resources: ["arn:aws:s3:::home/&{aws:username}"],
      principals: [
        { type: "AWS", identifiers: ["a"] },
        { type: "AWS", identifiers: ["b"] },
      ],
      condition: [
        { test: "StringLike", variable: "x", values: ["1"] },
        { test: "StringLike", variable: "y", values: ["2", "3"] },
      ],
    };
    expect(policyDocument({ statement: [statement] }).Statement).toEqual([
      {
        Effect: "Deny",
        Action: "s3:*",
        Resource: "arn:aws:s3:::home/${aws:username}",
        Principal: { AWS: ["a", "b"] },
        Condition: { StringLike: { x: "1", y: ["2", "3"] } },
      },
    ]);
  });

  it("writes everyone as a star", () => {
    const principals = [{ type: "*", identifiers: ["*"] }];
    expect(policyDocument({ statement: [{ actions: ["a:B"], principals }] }).Statement).toEqual([
      { Effect: "Allow", Action: "a:B", Principal: "*" },
    ]);
  });

  it("puts sources first and lets overrides replace by Sid", () => {
    const document = (...statements: readonly object[]) =>
      JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const merged = policyDocument({
      source_policy_documents: [document({ Sid: "A", Effect: "Allow", Action: "a:A" })],
      statement: [allow("B", "b:B")],
      override_policy_documents: [
        document({ Sid: "B", Effect: "Deny", Action: "b:B" }, { Sid: "C", Effect: "Allow", Action: "c:C" }),
      ],
    });
    expect(merged.Statement!.map(({ Sid, Effect }) => `${Sid} ${Effect}`)).toEqual([
      "A Allow",
      "B Deny",
      "C Allow",
    ]);
  });
});
