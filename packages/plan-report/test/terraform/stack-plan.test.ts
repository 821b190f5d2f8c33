import { NO_CHANGES, stackPlan, totalCounts } from "../../src/terraform/stack-plan";
import {
  canonicalPlan,
  type TerraformPlan,
  type TerraformResourceChange,
} from "../../src/terraform/terraform-plan";

const resource = (
  address: string,
  actions: string[],
  more: Partial<TerraformResourceChange["change"]> = {},
): TerraformResourceChange => ({
  address,
  mode: address.startsWith("data.") ? "data" : "managed",
  type: address.split(".").at(-2) ?? "",
  change: { actions, ...more },
});

const planOf = (...resource_changes: TerraformResourceChange[]): TerraformPlan => ({
  format_version: "1.2",
  terraform_version: "1.11.4",
  resource_changes,
});

test("counts every action, and an import in addition to its action", () => {
  const plan = planOf(
    resource("aws_vpc.main", ["create"]),
    resource("aws_subnet.a", ["delete", "create"], { replace_paths: [["cidr_block"]] }),
    resource("aws_subnet.b", ["create", "delete"], { replace_paths: [["vpc_id"], ["cidr_block"]] }),
    resource("aws_eks_cluster.main", ["update"]),
    resource("aws_eip.old", ["delete"]),
    resource("aws_eip.left", ["forget"]),
    resource("aws_vpc_ipam.main", ["no-op"], { importing: { id: "ipam-0123" } }),
    resource("aws_route_table.main", ["no-op"]),
    resource("data.aws_region.current", ["read"]),
  );

  expect(stackPlan("prod", plan).counts).toEqual({
    create: 1,
    update: 1,
    replace: 2,
    delete: 1,
    forget: 1,
    read: 1,
    noop: 2,
    import: 1,
  });
});

test("lists the changed resources, with what forces a replacement", () => {
  const plan = planOf(
    resource("aws_eks_node_group.general", ["delete", "create"], {
      replace_paths: [["subnet_ids"], ["launch_template", 0, "id"], ["labels", 1]],
    }),
    resource("aws_route_table.main", ["no-op"]),
    { ...resource("aws_vpc.main", ["no-op"]), previous_address: "aws_vpc.this" },
  );

  expect(stackPlan("prod", plan).changes).toEqual([
    {
      address: "aws_eks_node_group.general",
      type: "aws_eks_node_group",
      action: "replace",
      imported: false,
      replacedBy: ["subnet_ids", "launch_template.id", "labels[1]"],
    },
    {
      address: "aws_vpc.main",
      type: "aws_vpc",
      action: "noop",
      imported: false,
      movedFrom: "aws_vpc.this",
      replacedBy: [],
    },
  ]);
});

test("a stack without resources has no changes", () => {
  const { counts, changes } = stackPlan("empty", { format_version: "1.2", terraform_version: "1.11.4" });
  expect(counts).toEqual(NO_CHANGES);
  expect(changes).toEqual([]);
});

test("an unknown action is an error, not a wrong count", () => {
  expect(() => stackPlan("prod", planOf(resource("aws_vpc.main", ["open"])))).toThrow(
    'Terraform plans "open"',
  );
});

test("sums the counts of several stacks", () => {
  const plans = [
    stackPlan("a", planOf(resource("aws_vpc.a", ["create"]), resource("aws_vpc.b", ["update"]))),
    stackPlan("b", planOf(resource("aws_vpc.c", ["create"]), resource("data.aws_region.d", ["read"]))),
  ];
  expect(totalCounts(plans)).toEqual({ ...NO_CHANGES, create: 2, update: 1, read: 1 });
});

test("the canonical plan has no timestamp and does not depend on Terraform's map order", () => {
  const a = { resource: "aws_vpc.a", attribute: ["id"] };
  const b = { resource: "aws_vpc.b", attribute: ["cidr_block"] };
  const plan = (timestamp: string, relevant_attributes: unknown[]) =>
    canonicalPlan({ format_version: "1.2", timestamp, relevant_attributes });

  expect(plan("2026-01-01T00:00:00Z", [b, a])).toEqual(plan("2026-02-02T00:00:00Z", [a, b]));
  expect(plan("2026-01-01T00:00:00Z", [b, a])).not.toHaveProperty("timestamp");
});
