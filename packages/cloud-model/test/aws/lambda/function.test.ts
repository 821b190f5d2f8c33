import { createRole, deleteRole, updateAssumeRolePolicy } from "../../../src/aws/iam";
import {
  addPermission,
  createFunction,
  deleteFunction,
  findFunction,
  removePermission,
  updateFunctionConfiguration,
} from "../../../src/aws/lambda";
import { Account } from "../ec2/account";

const code = (text: string) => expect.objectContaining({ code: text });

describe("a Lambda function", () => {
  const account = new Account();
  const Role = "arn:aws:iam::123456789012:role/path/f";
  const FunctionName = "f";

  it("needs a role that Lambda can assume", () => {
    const create = () => account.act((context) => createFunction(context, { FunctionName, Role }));
    expect(create).toThrow(code("InvalidParameterValueException"));
    account.act((context) => createRole(context, { RoleName: "f", AssumeRolePolicyDocument: "{}" }));
    expect(create).toThrow("cannot be assumed by Lambda");
    account.act((context) =>
      updateAssumeRolePolicy(context, {
        RoleName: "f",
        PolicyDocument: `{"Service":"lambda.amazonaws.com"}`,
      }),
    );
    create();
    expect(create).toThrow(code("ResourceConflictException"));
    account.act((context) => deleteRole(context, { RoleName: "f" }));
    expect(() =>
      account.act((context) => updateFunctionConfiguration(context, { FunctionName, Role })),
    ).toThrow("cannot be assumed by Lambda");
    // Roles of other accounts are not checked.
    const foreign = "arn:aws:iam::210987654321:role/f";
    account.act((context) => updateFunctionConfiguration(context, { FunctionName, Role: foreign }));
  });

  it("has each statement once, under its name or its ARN", () => {
    const arn = "arn:aws:lambda:eu-west-1:123456789012:function:f:live";
    const allow = (name: string) => () =>
      account.act((context) => addPermission(context, { FunctionName: name, StatementId: "schedule" }));
    allow(arn)();
    expect(allow(FunctionName)).toThrow("The statement id (schedule) provided already exists");
    expect(allow("g")).toThrow("Function not found: arn:aws:lambda:eu-west-1:123456789012:function:g");
    const forbid = () =>
      account.act((context) => removePermission(context, { FunctionName, StatementId: "schedule" }));
    forbid();
    expect(forbid).toThrow(code("ResourceNotFoundException"));
    account.act((context) => deleteFunction(context, { FunctionName }));
    expect(
      account.act(({ transaction, caller }) => findFunction(transaction, caller, FunctionName)),
    ).toBeUndefined();
  });
});
