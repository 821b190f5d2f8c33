import { networkInterfaces } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { Store } from "@cluster-ipam/cloud-model";
import { type TerraformCaller } from "../terraform-caller";
import { awsCaller, type Network, networkIn, roleFor } from "./network-fixture";

const cidrs = ["10.0.0.0/28", "10.0.1.0/28", "10.0.2.0/24"];

describe("EKS", () => {
  let store: Store;
  let aws: TerraformCaller;
  let network: Network;
  let roles: Readonly<Record<"cluster" | "node" | "pod", string>>;

  beforeEach(async () => {
    store = new Store();
    aws = awsCaller(store);
    network = networkIn(store, cidrs);
    roles = {
      cluster: await roleFor(aws, "cluster", "eks.amazonaws.com"),
      node: await roleFor(aws, "node", "ec2.amazonaws.com"),
      pod: await roleFor(aws, "pod", "pods.eks.amazonaws.com"),
    };
  });

  const clusterArgs = (more: ObjectValue = {}): ObjectValue => ({
    name: "c",
    role_arn: roles.cluster,
    version: "1.33",
    access_config: [{ authentication_mode: "API" }],
    vpc_config: [{ subnet_ids: [...network.subnetIds] }],
    ...more,
  });
  const cluster = (more: ObjectValue = {}) => aws.create("aws_eks_cluster", clusterArgs(more));
  const addon = (name: string, configuration: object, more: ObjectValue = {}) => ({
    cluster_name: "c",
    addon_name: name,
    configuration_values: JSON.stringify(configuration),
    ...more,
  });
  const groupArgs = (desired: number, more: ObjectValue = {}): ObjectValue => ({
    cluster_name: "c",
    node_group_name: "g",
    node_role_arn: roles.node,
    subnet_ids: network.subnetIds.slice(0, 2),
    scaling_config: [{ min_size: 0, desired_size: desired, max_size: 50 }],
    ...more,
  });
  const interfaces = () => store.view((look) => [...look.all(networkInterfaces)]);

  describe("a cluster", () => {
    it("is in its subnets, and its data source returns it", async () => {
      const made = await cluster();
      expect(made).toMatchObject({
        arn: "arn:aws:eks:eu-west-1:123456789012:cluster/c",
        status: "ACTIVE",
        version: "1.33",
        deletion_protection: false,
        vpc_config: [
          { vpc_id: network.vpcId, endpoint_public_access: true, public_access_cidrs: ["0.0.0.0/0"] },
        ],
      });
      expect(interfaces().map(({ SubnetId }) => SubnetId)).toEqual(network.subnetIds.slice(0, 2));
      const found = await aws.lookup("aws_eks_cluster", { name: "c" });
      expect(found["endpoint"]).toBe(made["endpoint"]);
      await aws.destroy("aws_eks_cluster", made);
      expect(interfaces()).toEqual([]);
      await expect(aws.lookup("aws_eks_cluster", { name: "c" })).rejects.toThrow(
        "Cannot find aws_eks_cluster",
      );
    });

    it("has its name alone", async () => {
      await cluster();
      await expect(cluster()).rejects.toThrow(
        /^creating EKS Cluster \(c\): operation error EKS: CreateCluster, https response error StatusCode: 409, RequestID: [0-9a-f-]+, ResourceInUseException: Cluster already exists with name: c$/,
      );
    });

    it.each<[string, () => ObjectValue, string]>([
      ["a version EKS does not have", () => ({ version: "1.3" }), "unsupported Kubernetes version"],
      [
        "one zone",
        () => ({ vpc_config: [{ subnet_ids: [network.subnetIds[0]!] }] }),
        "InvalidParameterException: Subnets specified must be in at least two different AZs",
      ],
      [
        "a subnet that does not stand",
        () => ({ vpc_config: [{ subnet_ids: ["subnet-0"] }] }),
        "The subnet ID 'subnet-0' does not exist (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSubnetID.NotFound)",
      ],
      [
        "a role it cannot assume",
        () => ({ role_arn: roles.node }),
        "could not be assumed because it does not exist or the trusted entity is not correct",
      ],
    ])("is refused for %s", async (_, more, error) => {
      await expect(cluster(more())).rejects.toThrow(error);
      expect(interfaces()).toEqual([]);
    });

    it("goes up one minor version at a time, with nodes at most three behind", async () => {
      let state = await cluster({ version: "1.30" });
      await aws.create("aws_eks_node_group", groupArgs(1, { version: "1.30" }));
      const upgrade = async (version: string) => {
        state = await aws.update("aws_eks_cluster", state, clusterArgs({ version }));
      };
      await expect(upgrade("1.32")).rejects.toThrow(
        /^updating EKS Cluster \(c\): operation error EKS: UpdateClusterVersion, .*Unsupported Kubernetes minor version update from 1\.30 to 1\.32$/,
      );
      for (const version of ["1.31", "1.32", "1.33"]) await upgrade(version);
      await expect(upgrade("1.32")).rejects.toThrow("minor version update from 1.33 to 1.32");
      await expect(upgrade("1.34")).rejects.toThrow(
        "Nodegroup g with Kubernetes version 1.30 must be updated",
      );
      expect(state["version"]).toBe("1.33");
    });

    it("is not deleted with node groups, nor while it is protected", async () => {
      const state = await cluster();
      const group = await aws.create("aws_eks_node_group", groupArgs(1));
      await expect(aws.destroy("aws_eks_cluster", state)).rejects.toThrow(
        /StatusCode: 409, .*ResourceInUseException: Cluster has nodegroups attached$/,
      );
      await aws.destroy("aws_eks_node_group", group);
      const kept = await aws.update("aws_eks_cluster", state, clusterArgs({ deletion_protection: true }));
      await expect(aws.destroy("aws_eks_cluster", kept)).rejects.toThrow("InvalidRequestException");
    });
  });

  describe("an add-on", () => {
    it("needs its cluster", async () => {
      await expect(aws.create("aws_eks_addon", addon("vpc-cni", {}))).rejects.toThrow(
        /^creating EKS Add-On \(c:vpc-cni\): operation error EKS: CreateAddon, .*StatusCode: 404, .*ResourceNotFoundException: No cluster found for name: c\.$/,
      );
    });

    it.each<[string, string, object, string]>([
      [
        "an unknown variable",
        "vpc-cni",
        { env: { WARM_PREFIX: "1" } },
        "ConfigurationValue provided in request is not supported: Json schema validation failed with error: [$.env.WARM_PREFIX: is not defined in the schema and the schema does not allow additional properties]",
      ],
      [
        "a variable that is no string",
        "vpc-cni",
        { env: { WARM_PREFIX_TARGET: 1, ENABLE_PREFIX_DELEGATION: true } },
        "[$.env.ENABLE_PREFIX_DELEGATION: boolean found, string expected, $.env.WARM_PREFIX_TARGET: number found, string expected]",
      ],
      [
        "an ENIConfig without its Region",
        "vpc-cni",
        { eniConfig: { create: true, subnets: { "eu-west-1a": { id: "subnet-1" } } } },
        "[$.eniConfig.region: is missing but it is required]",
      ],
      ["another add-on's setting", "coredns", { env: {} }, "$.env: is not defined in the schema"],
    ])("is refused for %s", async (_, name, configuration, error) => {
      await cluster();
      await expect(aws.create("aws_eks_addon", addon(name, configuration))).rejects.toThrow(error);
    });

    it("is refused without its build, and goes with its cluster", async () => {
      const state = await cluster();
      const args = addon("vpc-cni", { env: { ENABLE_PREFIX_DELEGATION: "true" } });
      await expect(aws.create("aws_eks_addon", { ...args, addon_version: "v1.23.1" })).rejects.toThrow(
        "The specified addon version is not supported",
      );
      const made = await aws.create("aws_eks_addon", { ...args, addon_version: "v1.23.1-eksbuild.1" });
      await aws.destroy("aws_eks_cluster", state);
      expect(await aws.read("aws_eks_addon", made)).toBeNull();
    });

    it("takes the roles of its service accounts, and gives them back", async () => {
      await cluster();
      const identity = {
        cluster_name: "c",
        namespace: "kube-system",
        service_account: "aws-node",
        role_arn: roles.pod,
      };
      const args = addon(
        "vpc-cni",
        {},
        {
          pod_identity_association: [{ role_arn: roles.pod, service_account: "aws-node" }],
        },
      );
      const made = await aws.create("aws_eks_addon", args);
      await expect(aws.create("aws_eks_pod_identity_association", identity)).rejects.toThrow(
        /ResourceInUseException: Association already exists: a-[0-9a-f]{17}$/,
      );
      await aws.destroy("aws_eks_addon", made);
      await aws.create("aws_eks_pod_identity_association", identity);
    });
  });

  describe("a node group", () => {
    it("spreads its nodes over its subnets, and gives their addresses back", async () => {
      await cluster();
      let group = await aws.create("aws_eks_node_group", groupArgs(4));
      const nodesBySubnet = () =>
        network.subnetIds.map(
          (id) =>
            interfaces().filter(({ SubnetId, RequesterManaged }) => SubnetId === id && !RequesterManaged)
              .length,
        );
      expect(nodesBySubnet()).toEqual([2, 2, 0]);
      group = await aws.update("aws_eks_node_group", group, groupArgs(1));
      expect(nodesBySubnet()).toEqual([1, 0, 0]);
      await aws.destroy("aws_eks_node_group", group);
      expect(nodesBySubnet()).toEqual([0, 0, 0]);
    });

    it("fails when its subnets have no room for its nodes", async () => {
      await cluster();
      // Each /28 has 11 addresses, of which the control plane took one.
      await expect(aws.create("aws_eks_node_group", groupArgs(21))).rejects.toThrow(
        /^waiting for EKS Node Group \(c:g\) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'\. last error: .*InsufficientFreeAddressesInSubnet/,
      );
      await aws.create("aws_eks_node_group", groupArgs(20));
    });

    it.each<[string, () => ObjectValue, string]>([
      [
        "a newer version than its cluster",
        () => ({ version: "1.34" }),
        "can't be newer than the cluster's 1.33",
      ],
      [
        "a role that does not stand",
        () => ({ node_role_arn: "arn:aws:iam::123456789012:role/x" }),
        "nodeRole",
      ],
      [
        "a launch template that does not stand",
        () => ({ launch_template: [{ id: "lt-0", version: "1" }] }),
        "Error Code: InvalidLaunchTemplateId.NotFound",
      ],
    ])("is refused for %s", async (_, more, error) => {
      await cluster();
      await expect(aws.create("aws_eks_node_group", groupArgs(1, more()))).rejects.toThrow(error);
    });
  });

  it("lets principals in by entries, which policies need", async () => {
    const entry = { cluster_name: "c", principal_arn: "arn:aws:iam::123456789012:role/admin" };
    const policy = {
      ...entry,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      access_scope: [{ type: "cluster" }],
    };
    await cluster();
    await expect(aws.create("aws_eks_access_policy_association", policy)).rejects.toThrow(
      /StatusCode: 404, .*ResourceNotFoundException: The specified principalArn could not be found/,
    );
    const made = await aws.create("aws_eks_access_entry", entry);
    const associated = await aws.create("aws_eks_access_policy_association", policy);
    await aws.destroy("aws_eks_access_entry", made);
    expect(await aws.read("aws_eks_access_policy_association", associated)).toBeNull();
  });
});
