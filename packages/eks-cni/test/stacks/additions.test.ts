import { EksClusterStack } from "../../src";
import { clusterProps, newApp, resources } from "../fixture";

const clusterStack = () => new EksClusterStack(newApp(), "prod-payments", clusterProps);
const batch = { name: "batch", instanceType: "m7i.xlarge", size: { min: 0, desired: 0, max: 3 } };

test("a node group that is added later is like one of the props, and the contract knows it", () => {
  const stack = clusterStack();
  expect(stack.contract.nodeShape).toEqual({ enis: 4, addressesPerEni: 15 });
  const { resource } = stack.addNodeGroup({ ...batch, instanceType: "m7i.4xlarge" });

  const added = resources(stack, "aws_eks_node_group").find((block) => block["node_group_name"] === "batch")!;
  expect(added["depends_on"]).toEqual(
    resources(stack, "aws_eks_node_group").find((block) => block["node_group_name"] === "general")![
      "depends_on"
    ],
  );
  expect(resource.nodeGroupNameInput).toBe("batch");
  expect(stack.contract.nodeShape).toBeUndefined();
});

test("an add-on that is added later is installed after the nodes", () => {
  const stack = clusterStack();
  const { resource } = stack.addNodeGroup(batch);
  stack.addAddon("aws-ebs-csi-driver", { configuration: { controller: { replicaCount: 2 } } });

  const added = resources(stack, "aws_eks_addon").find(
    (block) => block["addon_name"] === "aws-ebs-csi-driver",
  )!;
  expect(added["depends_on"]).toContain(`aws_eks_node_group.${resource.friendlyUniqueId}`);
  expect(added["configuration_values"]).toBe('{"controller":{"replicaCount":2}}');
});

test("an access entry that is added later", () => {
  const stack = clusterStack();
  const principalArn = "arn:aws:iam::333333333333:role/audit";
  stack.cluster.addAccessEntry("audit", { principalArn, policy: "view" });

  expect(resources(stack, "aws_eks_access_entry").map((block) => block["principal_arn"])).toContain(
    principalArn,
  );
});

test("what does not go together with the rest is refused", () => {
  const stack = clusterStack();
  const [name, entry] = Object.entries(clusterProps.access ?? {})[0]!;

  expect(() => stack.addNodeGroup({ ...batch, name: "general" })).toThrow(
    "two node groups are named general; use unique names",
  );
  expect(() => stack.addNodeGroup({ ...batch, size: { min: 0, desired: 0, max: 5000 } })).toThrow(
    /the node groups of nodes grow to/,
  );
  expect(() => stack.addAddon("coredns")).toThrow(
    "the cluster has the add-on coredns; configure it with addons",
  );
  expect(() => stack.addAddon("vpc-cni")).toThrow("use cni instead");
  expect(() => stack.cluster.addAccessEntry(name, entry)).toThrow(`access ${name} is there already`);
  expect(() => stack.cluster.addAccessEntry("again", entry)).toThrow("a principal has one entry per cluster");
});
