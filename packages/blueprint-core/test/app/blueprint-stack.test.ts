import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { type BackendOptions, BlueprintStack } from "../../src";
import { hclOf, inTemporaryFolder, synthesized } from "../terraform";
import * as fs from "node:fs";
import * as path from "node:path";

function backendOf(backend: BackendOptions): string {
  return synthesized(
    () => undefined,
    (folder) => fs.readFileSync(path.join(folder, "cdk.tf"), "utf8"),
    { backend },
  );
}

describe("backends: one state per stack", () => {
  test("local, relative to the stack's folder", () => {
    expect(backendOf({ type: "local", directory: "../../../state" })).toContain(`  required_version = ">= 1.8"

  backend "local" {
    path = "../../../state/stack.tfstate"
  }`);
    expect(() => backendOf({ type: "local", directory: "/state" })).toThrow(
      "stack: the local backend's directory /state must be relative to the stack's working directory",
    );
  });

  test("S3 with a lock file, which needs Terraform 1.10", () => {
    expect(backendOf({ type: "s3", bucket: "b", region: "eu-west-1", prefix: "prod" }))
      .toContain(`  required_version = ">= 1.10"

  backend "s3" {
    bucket       = "b"
    key          = "prod/stack.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }`);
  });

  test("GCS", () => {
    expect(backendOf({ type: "gcs", bucket: "b" })).toContain(`  backend "gcs" {
    bucket = "b"
    prefix = "stack"
  }`);
  });
});

describe("provider versions", () => {
  const versions = (require: (stack: BlueprintStack) => void): string[] => {
    const hcl = hclOf((stack) => {
      new AwsProvider(stack, "aws", {});
      new GoogleProvider(stack, "google", {});
      new KubernetesProvider(stack, "kubernetes", {});
      require(stack);
    });
    return [...hcl.matchAll(/version = "(.*)"/g)].map((match) => match[1] ?? "").slice(1);
  };

  test("range from the bindings' version to the next untested major release", () => {
    expect(versions(() => undefined)).toEqual([
      ">= 6.25.0, < 7.0.0",
      ">= 6.50.0, < 8.0.0",
      ">= 2.38.0, < 4.0.0",
    ]);
  });

  test("rise to the highest version that a construct requires", () => {
    const raised = versions((stack) => {
      stack.requireProvider("aws", "6.33.0");
      stack.requireProvider("aws", "6.29.0");
      stack.requireProvider("kubernetes", "2.0.0");
    });
    expect(raised).toEqual([">= 6.33.0, < 7.0.0", ">= 6.50.0, < 8.0.0", ">= 2.38.0, < 4.0.0"]);
  });

  test("are the same in JSON", () => {
    const json = synthesized(
      (stack) => {
        new AwsProvider(stack, "aws", {});
        stack.requireProvider("aws", "6.29.0");
      },
      (folder) => JSON.parse(fs.readFileSync(path.join(folder, "cdk.tf.json"), "utf8")),
      { output: "json" },
    );
    expect(json.terraform.required_providers.aws.version).toBe(">= 6.29.0, < 7.0.0");
    expect(json.terraform.required_version).toBe(">= 1.8");
  });

  test.each([
    [
      "7.0.0",
      "aws 7.0.0 is required, but versions from 7.0.0 are untested; require an earlier one, or upgrade the blueprints",
    ],
    [">= 6.29", 'aws ">= 6.29" is not a version; use the form 6.29.0'],
  ])("rejects %s", (version, message) => {
    expect(() => hclOf((stack) => stack.requireProvider("aws", version))).toThrow(`stack: ${message}`);
  });
});

test("needs a BlueprintApp, and constructs find their stack", () => {
  inTemporaryFolder((outdir) => {
    const app = new App({ outdir });
    expect(() => new BlueprintStack(app, "a")).toThrow(
      "a: a BlueprintStack takes its backend from a BlueprintApp",
    );
    expect(() => BlueprintStack.of(new TerraformStack(app, "b"))).toThrow(
      "b: the construct needs a BlueprintStack; use it instead of TerraformStack",
    );
  });
});
