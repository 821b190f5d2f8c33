import { BlueprintApp, BlueprintStack } from "../../src";
import { googleProvider } from "../../src/google";
import { hclOf, inTemporaryFolder } from "../terraform";

test("labels the stack's resources", () => {
  inTemporaryFolder((outdir) => {
    const app = new BlueprintApp({ backend: { type: "local" }, outdir });
    const stack = new BlueprintStack(app, "stack", { tags: { environment: "prod", managed_by: "us" } });
    googleProvider(stack, { project: "acme-prod", region: "europe-west1" });
    expect(stack.toHclTerraform().hcl).toContain(`
provider "google" {
  default_labels = {
    environment = "prod"
    managed_by  = "us"
  }
  project = "acme-prod"
  region  = "europe-west1"
}
`);
  });
});

test.each([
  [{ project: "123456", region: "europe-west1" }, '"123456" is not a project id'],
  [
    { project: "acme-prod", region: "eu-west-1" },
    '"eu-west-1" is not a Google Cloud region; use a name like europe-west1',
  ],
])("rejects %j", (props, message) => {
  expect(() => hclOf((stack) => googleProvider(stack, props))).toThrow(`stack: ${message}`);
});
