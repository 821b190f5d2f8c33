import { BlueprintApp, BlueprintStack } from "../../src";
import { awsProvider } from "../../src/aws";
import { hclOf, inTemporaryFolder } from "../terraform";

test("allows one account only, and tags the stack's resources", () => {
  inTemporaryFolder((outdir) => {
    const app = new BlueprintApp({ backend: { type: "local" }, outdir });
    const stack = new BlueprintStack(app, "stack", { tags: { environment: "prod" } });
    awsProvider(stack, { region: "eu-west-1", accountId: "012345678901" });
    awsProvider(stack, { region: "eu-central-1", alias: "frankfurt" });
    expect(stack.toHclTerraform().hcl).toContain(`
provider "aws" {
  allowed_account_ids = ["012345678901"]
  region              = "eu-west-1"

  default_tags {
    tags = {
      environment = "prod"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
  alias  = "frankfurt"
`);
  });
});

test("a stack without tags has no default_tags", () => {
  expect(hclOf((stack) => awsProvider(stack, { region: "us-gov-west-1" }))).not.toContain("default_tags");
});

test.each([
  [{ region: "europe-west1" }, '"europe-west1" is not an AWS Region; use a name like eu-west-1'],
  [{ region: "eu-west-1", accountId: "12345678901" }, 'the account id "12345678901" must have 12 digits'],
])("rejects %j", (props, message) => {
  expect(() => hclOf((stack) => awsProvider(stack, props))).toThrow(`stack: ${message}`);
});
