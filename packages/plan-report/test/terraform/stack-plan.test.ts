import { describeCounts, stackPlan, totalCounts } from "../../src/terraform/stack-plan";
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

test("counts every action, and an import beside what happens to the object", () => {
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

test("lists what the plan touches, with what forces a replacement", () => {
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

test("a stack without resources changes nothing", () => {
  const { counts, changes } = stackPlan("empty", { format_version: "1.2", terraform_version: "1.11.4" });
  expect(describeCounts(counts)).toBe("no changes");
  expect(changes).toEqual([]);
});

test("an action that Terraform may learn is refused, not miscounted", () => {
  expect(() => stackPlan("prod", planOf(resource("aws_vpc.main", ["open"])))).toThrow(
    'Terraform plans "open"',
  );
});

test("adds up stacks in Terraform's words", () => {
  const plans = [
    stackPlan("a", planOf(resource("aws_vpc.a", ["create"]), resource("aws_vpc.b", ["update"]))),
    stackPlan("b", planOf(resource("aws_vpc.c", ["create"]), resource("data.aws_region.d", ["read"]))),
  ];
  expect(describeCounts(totalCounts(plans))).toBe("2 to add, 1 to change, 1 to read");
});

test("the canonical plan does not tell when it was made or how Terraform's map was ordered", () => {
  const a = { resource: "aws_vpc.a", attribute: ["id"] };
  const b = { resource: "aws_vpc.b", attribute: ["cidr_block"] };
  const plan = (timestamp: string, relevant_attributes: unknown[]) =>
    canonicalPlan({ format_version: "1.2", timestamp, relevant_attributes });

  expect(plan("2026-01-01T00:00:00Z", [b, a])).toEqual(plan("2026-02-02T00:00:00Z", [a, b]));
  expect(plan("2026-01-01T00:00:00Z", [b, a])).not.toHaveProperty("timestamp");
});
