import { Testing } from "cdktf";
import { EksClusterStack } from "../../src";
import { clusterProps, newApp } from "../fixture";

const batch = { name: "batch", instanceType: "m7i.xlarge", size: { min: 0, desired: 0, max: 3 } };

function stackWith(change: (stack: EksClusterStack) => void): string {
  const stack = new EksClusterStack(newApp(), "prod-payments", {
    ...clusterProps,
    nodeGroups: [{ ...clusterProps.nodeGroups[0]!, labels: { team: "shop" } }],
  });
  change(stack);
  return Testing.synthHcl(stack);
}

/** The block of a resource in HCL. */
const blockOf = (hcl: string, type: string, id: string) =>
  new RegExp(`^resource "${type}" "[^"]*${id}[^"]*" \\{\\n[\\s\\S]*?^\\}`, "m").exec(hcl)![0];

test("what a construct has no option for is set on its resource, and is in the HCL: docs/escape-hatch.md", () => {
  const hcl = stackWith((stack) => {
    const { resource, launchTemplate } = stack.addNodeGroup(batch);
    resource.addOverride("force_update_version", true);
    resource.addOverride("scaling_config.max_size", 2);
    launchTemplate.addOverride("tag_specifications.0.tags.team", "batch");
    launchTemplate.addOverride("security_group_names", ["a", "b"]);
    launchTemplate.putPlacement({ tenancy: "dedicated" });
    resource.timeouts.create = "90m";
    launchTemplate.addOverride("metadata_options", undefined);
  });
  const group = blockOf(hcl, "aws_eks_node_group", "nodes-batch");
  const template = blockOf(hcl, "aws_launch_template", "nodes-batch");

  // A value, a value in a block, a value in one of several blocks, and a list.
  expect(group).toMatch(/^ {2}force_update_version += true$/m);
  expect(group).toMatch(/scaling_config \{\n {4}desired_size = 0\n {4}max_size {5}= 2\n/);
  expect(template).toMatch(/tag_specifications \{[^}]*tags = \{[^}]*team += "batch"/);
  expect(template).toMatch(/^ {2}security_group_names += \["a", "b"\]$/m);
  // A block, which the binding's setter knows to be one.
  expect(template).toMatch(/^ {2}placement \{\n {4}tenancy = "dedicated"\n {2}\}$/m);
  expect(group).toMatch(/^ {2}timeouts \{\n {4}create = "90m"\n {2}\}$/m);
  // A removal, of a block here.
  expect(template).not.toContain("metadata_options");
  expect(blockOf(hcl, "aws_launch_template", "nodes-general")).toContain("metadata_options");
});

test("a removal is in the HCL too", () => {
  const change = (stack: EksClusterStack) => {
    const { resource } = stack.addNodeGroup({ ...batch, labels: { team: "batch" } });
    resource.addOverride("labels", undefined);
    resource.addOverride("launch_template.version", "3");
  };
  const group = blockOf(stackWith(change), "aws_eks_node_group", "nodes-batch");
  expect(group).not.toContain("labels");
  expect(group).toMatch(/launch_template \{[^}]*version = "3"/);
});

test("an object that no binding knows could be a block or a map, and is an error with the way out", () => {
  expect(() =>
    stackWith((stack) => {
      stack.addNodeGroup(batch).resource.addOverride("warm_pool_config", { min_size: 1 });
    }),
  ).toThrow(/the override .*warm_pool_config of aws_eks_node_group has an object.*typed subclass/);
});
