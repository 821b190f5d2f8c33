import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Aspects, type IAspect } from "cdktf";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  type BlueprintAppProps,
  type BlueprintStack,
  LogRetention,
  Naming,
  PermissionBoundary,
  RequireEncryption,
} from "../../src";
import { awsProvider } from "../../src/aws";
import { renderings } from "../renderings";
import { synthesized } from "../terraform";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** The resources of a stack whose app has the aspect. */
function withAspect(aspect: IAspect, compose: (stack: BlueprintStack) => void): Resources {
  const { json } = renderings((stack) => {
    awsProvider(stack, { region: "eu-west-1" });
    compose(stack);
    Aspects.of(stack.node.root).add(aspect);
  });
  return json.resource as Resources;
}

const role = (name: string, permissionsBoundary?: string) => (stack: BlueprintStack) =>
  new IamRole(stack, "role", { name, assumeRolePolicy: "{}", permissionsBoundary });
const boundary = "arn:aws:iam::012345678901:policy/boundary";

describe("PermissionBoundary", () => {
  test("bounds roles, and leaves a boundary of their own", () => {
    const bound = (own?: string) =>
      withAspect(new PermissionBoundary(boundary), role("a", own))["aws_iam_role"]!["role"]![
        "permissions_boundary"
      ];
    expect(bound()).toBe(boundary);
    expect(bound("arn:aws:iam::aws:policy/other")).toBe("arn:aws:iam::aws:policy/other");
  });

  test("refuses what is not a policy", () => {
    expect(() => new PermissionBoundary("boundary")).toThrow("boundary is not the ARN of an IAM policy");
  });
});

describe("LogRetention", () => {
  const retention = (days?: number) =>
    withAspect(new LogRetention(365), (stack) => {
      new CloudwatchLogGroup(stack, "logs", { name: "a", retentionInDays: days });
    })["aws_cloudwatch_log_group"]!["logs"]!["retention_in_days"];

  test.each([
    [undefined, 365],
    [90, 365],
    [400, 400],
    [0, 0],
  ])("%p days become %p", (days, expected) => {
    expect(retention(days)).toBe(expected);
  });

  test("refuses a period that CloudWatch does not have", () => {
    expect(() => new LogRetention(100)).toThrow("no retention of 100 days; use 120");
  });
});

describe("Naming", () => {
  const naming = new Naming((name, { type }) => (type === "aws_iam_role" ? `acme-${name}` : name));

  test("names roles, and not what others state by name", () => {
    const { aws_iam_role, aws_cloudwatch_log_group } = withAspect(naming, (stack) => {
      role("nodes")(stack);
      new CloudwatchLogGroup(stack, "logs", { name: "logs" });
    });
    expect(aws_iam_role!["role"]!["name"]).toBe("acme-nodes");
    expect(aws_cloudwatch_log_group!["logs"]!["name"]).toBe("logs");
  });

  test("refuses a name that AWS does not accept", () => {
    expect(() => withAspect(naming, role("r".repeat(60)))).toThrow(
      `stack/role: Naming gives it the name "acme-${"r".repeat(60)}"; use 1 to 64 letters`,
    );
  });
});

describe("RequireEncryption", () => {
  test("takes what is encrypted", () => {
    expect(() =>
      withAspect(new RequireEncryption(), (stack) => {
        new SqsQueue(stack, "queue", { sqsManagedSseEnabled: true });
        new CloudwatchLogGroup(stack, "logs", { kmsKeyId: "arn:aws:kms:eu-west-1:012345678901:key/a" });
      }),
    ).not.toThrow();
  });

  test.each<[string, (stack: BlueprintStack) => unknown, string]>([
    [
      "a log group",
      (stack) => new CloudwatchLogGroup(stack, "a", {}),
      "stack/a: aws_cloudwatch_log_group is not",
    ],
    [
      "a queue",
      (stack) => new SqsQueue(stack, "a", { sqsManagedSseEnabled: false }),
      "set sqsManagedSseEnabled",
    ],
    [
      "a cluster",
      (stack) => new EksCluster(stack, "a", { name: "a", roleArn: "a", vpcConfig: { subnetIds: [] } }),
      "set kmsKey of the cluster's stack",
    ],
  ])("refuses %s", (_name, compose, message) => {
    expect(() => withAspect(new RequireEncryption(), (stack) => void compose(stack))).toThrow(message);
  });
});

describe("tags of the app", () => {
  const defaultTags = (props: Partial<BlueprintAppProps>): string =>
    synthesized(
      (stack) => void awsProvider(stack, { region: "eu-west-1" }),
      (folder) => fs.readFileSync(path.join(folder, "cdk.tf.json"), "utf8").replace(/\s/g, ""),
      { output: "json", ...props },
    );

  test("are on every resource of every stack", () => {
    expect(defaultTags({ tags: { cost_center: "1" } })).toContain(
      '"default_tags":[{"tags":{"cost_center":"1"}}]',
    );
  });

  test("that a service control policy demands have to be there", () => {
    expect(() => defaultTags({ mandatoryTags: ["cost_center"] })).toThrow(
      "stack: the mandatory tag cost_center is missing; add it to the tags of the stack or of the app",
    );
    expect(() => defaultTags({ mandatoryTags: ["cost_center"], tags: { cost_center: "1" } })).not.toThrow();
  });
});
