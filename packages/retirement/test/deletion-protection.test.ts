import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { turnOffProtection } from "../src/deletion-protection";
import { type ManagedResource } from "../src/stack-state";
import { type Terraform } from "../src/terraform";

const app = mkdtempSync(join(tmpdir(), "retirement-"));
const folder = join(app, "cdktf.out/stacks/prod");
beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf"), "terraform {}");
});
afterAll(() => rmSync(app, { recursive: true }));

const text = { type: "string" };
const schemas = {
  provider_schemas: {
    aws: {
      resource_schemas: {
        aws_eks_cluster: {
          block: {
            attributes: {
              name: { ...text, required: true },
              version: { ...text, optional: true, computed: true },
              arn: { ...text, computed: true },
              deletion_protection: { type: "bool", optional: true },
            },
            block_types: {
              vpc_config: {
                ...{ min_items: 1, max_items: 1 },
                block: {
                  attributes: { subnet_ids: { required: true }, vpc_id: { computed: true } },
                },
              },
              timeouts: { block: {} },
            },
          },
        },
        aws_iam_role: { block: { attributes: { assume_role_policy: { required: true } } } },
      },
    },
  },
};

const resource = (
  type: string,
  attributes: Record<string, unknown>,
  more: Partial<ManagedResource> = {},
): ManagedResource => ({
  ...{ address: `${type}.main`, type, name: "main", isPlain: true, attributes, dependencies: [] },
  ...more,
});
const cluster = resource(
  "aws_eks_cluster",
  {
    ...{ name: "prod", version: "1.34", arn: "arn:aws:eks", deletion_protection: true },
    vpc_config: [{ subnet_ids: ["subnet-1"], vpc_id: "vpc-1" }],
  },
  { dependencies: ["aws_iam_role.main", "data.aws_vpc.main"], providerAlias: "other" },
);
const role = resource("aws_iam_role", { assume_role_policy: "{}" });
const unrelated = resource(
  "aws_iam_role",
  { assume_role_policy: "{}" },
  { address: "aws_iam_role.other", name: "other" },
);

/** A Terraform that records what it would apply. */
function recording(applied: Record<string, unknown>[], actions = ["update"]): Terraform {
  let planned = {};
  const read = (_stack: string, work: string, command: string, ...options: readonly string[]) => {
    const text = (file: string) => readFileSync(join(work, file), "utf8");
    if (command === "plan")
      planned = { options, cdk: text("cdk.tf"), ...(JSON.parse(text("unprotected.tf.json")) as object) };
    const resource_changes = [{ address: "aws_eks_cluster.main", change: { actions } }];
    return Promise.resolve(JSON.stringify(command === "show" ? { resource_changes } : schemas));
  };
  const apply = () => Promise.resolve(void applied.push(planned));
  return { apply, read } as unknown as Terraform;
}

test("only deletion protection differs from the state, and the order of the destruction is kept", async () => {
  const applied: Record<string, unknown>[] = [];
  await turnOffProtection(recording(applied), "prod", folder, [role, cluster, unrelated]);
  expect(applied).toEqual([
    {
      options: expect.arrayContaining(["-target=aws_eks_cluster.main"]) as string[],
      cdk: "terraform {}",
      resource: {
        aws_iam_role: {
          main: { assume_role_policy: "{}", depends_on: [], lifecycle: { ignore_changes: "all" } },
        },
        aws_eks_cluster: {
          main: {
            ...{ name: "prod", vpc_config: [{ subnet_ids: ["subnet-1"] }] },
            deletion_protection: false,
            provider: "aws.other",
            depends_on: ["aws_iam_role.main"],
            lifecycle: { ignore_changes: ["name", "version", "vpc_config", "timeouts"] },
          },
        },
      },
    },
  ]);
});

test("a plan that would do more is not applied, and no configuration stays that keeps the cluster", async () => {
  const applied: Record<string, unknown>[] = [];
  await expect(turnOffProtection(recording(applied, ["create"]), "prod", folder, [cluster])).rejects.toThrow(
    "prod: turning off deletion protection would create aws_eks_cluster.main, so nothing was changed",
  );
  expect(applied).toEqual([]);
  expect(existsSync(join(app, "cdktf.out/unprotected"))).toBe(false);
});

test("a protected resource in a module is refused", async () => {
  const inModule = { ...cluster, address: "module.a.aws_eks_cluster.main", isPlain: false };
  await expect(turnOffProtection(recording([]), "prod", folder, [inModule])).rejects.toThrow(
    "prod: module.a.aws_eks_cluster.main has deletion protection and is in a module, or one of several instances; " +
      "turn its deletion protection off with Terraform and run the command again",
  );
});
