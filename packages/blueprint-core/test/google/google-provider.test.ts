import { BlueprintApp, BlueprintStack } from "../../src";
import { googleProvider } from "../../src/google";
import { hclOf, inTemporaryFolder } from "../terraform";

test("labels what the stack makes", () => {
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
  [{ project: "123456", region: "europe-west1" }, '"123456" is no project id'],
  [
    { project: "acme-prod", region: "eu-west-1" },
    '"eu-west-1" is no Google Cloud region; write it as europe-west1',
  ],
])("%j is refused", (props, message) => {
  expect(() => hclOf((stack) => googleProvider(stack, props))).toThrow(`stack: ${message}`);
});
