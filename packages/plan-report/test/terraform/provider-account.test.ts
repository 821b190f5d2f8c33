import { providerAccounts } from "../../src/terraform/provider-account";
import { type TerraformPlan } from "../../src/terraform/terraform-plan";

const plan = (expressions: Record<string, unknown>, name = "aws"): TerraformPlan => ({
  ...{ format_version: "1.2", terraform_version: "1.11.4" },
  configuration: {
    provider_config: { "aws.network": { name, expressions } },
    root_module: {
      resources: [
        { mode: "managed", address: "aws_subnet.pods", provider_config_key: "aws.network" },
        { mode: "managed", address: "terraform_data.a", provider_config_key: "terraform" },
      ],
    },
  },
});
const ids = (...constant_value: string[]) => ({ allowed_account_ids: { constant_value } });

test("tells the account of a resource from its provider, whatever its index", () => {
  const accountOf = providerAccounts(plan(ids("333333333333")));
  expect(accountOf("aws_subnet.pods")).toBe("333333333333");
  expect(accountOf('aws_subnet.pods["eu-central-1a"]')).toBe("333333333333");
  expect(accountOf("terraform_data.a")).toBeUndefined();
  expect(accountOf("module.other.aws_subnet.pods")).toBeUndefined();
});

test("tells the project on Google Cloud", () => {
  const project = { project: { constant_value: "example-prod" } };
  expect(providerAccounts(plan(project, "google"))("aws_subnet.pods")).toBe("example-prod");
});

test.each([
  ["several accounts", ids("333333333333", "444444444444")],
  ["a reference", { allowed_account_ids: { references: ["var.account"] } }],
  ["nothing", {}],
])("%s tell none", (_, expressions) => {
  expect(providerAccounts(plan(expressions))("aws_subnet.pods")).toBeUndefined();
});

test("a plan without a configuration tells none", () => {
  expect(providerAccounts({ format_version: "1.2", terraform_version: "1.11.4" })("a.b")).toBeUndefined();
});
