import { Testing } from "cdktf";
import { EksClusterStack, EksNetworkStack } from "../../src";
import { blocks, clusterProps, newApp, only, payments, resources } from "../fixture";

const clusterStack = (props: Partial<typeof clusterProps> = {}) =>
  new EksClusterStack(newApp(), "prod-payments", { ...clusterProps, ...props });

test("private endpoint, access by entries, logs and protection by default", () => {
  const stack = clusterStack();

  expect(only(stack, "aws_eks_cluster")).toMatchObject({
    name: "prod-payments",
    version: "1.33",
    access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
    enabled_cluster_log_types: ["api", "audit", "authenticator"],
    deletion_protection: true,
    lifecycle: { prevent_destroy: true },
    upgrade_policy: { support_type: "STANDARD" },
    vpc_config: { endpoint_private_access: true, endpoint_public_access: false },
  });
  expect(only(stack, "aws_cloudwatch_log_group")).toEqual({
    name: "/aws/eks/prod-payments/cluster",
    retention_in_days: 90,
  });
  expect(resources(stack, "aws_vpc_security_group_ingress_rule").map((rule) => rule["cidr_ipv4"])).toEqual(
    payments.privateRanges,
  );
});

test("a KMS key encrypts the secrets and the logs, and the control plane may use it", () => {
  const created = clusterStack({ kmsKey: "create" });
  const [key = ""] = Object.keys(blocks(created, "resource", "aws_kms_key"));
  const keyArn = `\${aws_kms_key.${key}.arn}`;
  expect(only(created, "aws_eks_cluster")["encryption_config"]).toEqual({
    provider: { key_arn: keyArn },
    resources: ["secrets"],
  });
  expect(only(created, "aws_cloudwatch_log_group")["kms_key_id"]).toBe(keyArn);
  expect(only(created, "aws_kms_key")["lifecycle"]).toEqual({ prevent_destroy: true });

  const arn = "arn:aws:kms:eu-central-1:333333333333:key/a";
  const given = clusterStack({ kmsKey: { arn } });
  expect(only(given, "aws_eks_cluster")["encryption_config"]).toMatchObject({ provider: { key_arn: arn } });
  expect(resources(given, "aws_kms_key")).toEqual([]);
  const policies = resources(given, "aws_iam_role_policy").map(({ policy }) => String(policy));
  expect(policies.filter((policy) => policy.includes(arn) && policy.includes("kms:Decrypt"))).toHaveLength(1);
});

test("a public endpoint is open only to the listed CIDRs", () => {
  const stack = clusterStack({ endpoint: { publicCidrs: ["198.51.100.0/24"] }, deletionProtection: false });

  expect(only(stack, "aws_eks_cluster")).toMatchObject({
    deletion_protection: false,
    lifecycle: { prevent_destroy: false },
    vpc_config: {
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ["198.51.100.0/24"],
    },
  });
});

test("access entries have EKS access policies", () => {
  const principalArn = "arn:aws:iam::111122223333:role/shop";
  const stack = clusterStack({ access: { shop: { principalArn, policy: "edit", namespaces: ["shop"] } } });

  expect(only(stack, "aws_eks_access_entry")).toMatchObject({ principal_arn: principalArn });
  expect(only(stack, "aws_eks_access_policy_association")).toMatchObject({
    policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
    access_scope: { type: "namespace", namespaces: ["shop"] },
  });
});

test.each([
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
])("in %s, ARNs are in the partition %s", (region, partition) => {
  const principalArn = `arn:${partition}:iam::111122223333:role/shop`;
  const network = { ...clusterProps.network, addresses: { ...payments, region } };
  const stack = clusterStack({ network, access: { shop: { principalArn, policy: "view" } } });

  expect(only(stack, "aws_eks_access_policy_association")).toMatchObject({
    policy_arn: `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`,
  });
  const attached = resources(stack, "aws_iam_role_policy_attachment").map((block) => block["policy_arn"]);
  expect(attached.map((arn) => String(arn).split(":")[1])).toEqual(attached.map(() => partition));
  expect(() =>
    clusterStack({
      network,
      access: { shop: { principalArn: "arn:aws:iam::111122223333:role/x", policy: "view" } },
    }),
  ).toThrow(`use arn:${partition}:iam::<account>:role/<name>`);
});

test("a cluster finds its network by tag and is deployed after it, without its state", () => {
  const app = newApp();
  const network = new EksNetworkStack(app, "prod-payments-network", {
    addresses: payments,
    natGateways: "per-zone",
  });
  const stack = new EksClusterStack(app, "prod-payments", { ...clusterProps, network: network.contract });

  expect(stack.dependencies).toEqual([network]);
  expect(blocks(stack, "data", "terraform_remote_state_local")).toEqual({});
  const tags = { "cluster-ipam/cluster": "prod-payments" };
  expect(Object.values(blocks(stack, "data", "aws_vpc"))).toEqual([{ tags }]);
  expect(Object.values(blocks(stack, "data", "aws_subnets")).map((block) => block["tags"])).toEqual([
    { ...tags, "cluster-ipam/role": "control-plane" },
    { ...tags, "cluster-ipam/role": "node" },
  ]);
});

test("the network's contract is plain data", () => {
  const network = new EksNetworkStack(newApp(), "net", {
    addresses: payments,
    natGateways: "single",
    accountId: "111122223333",
  });

  expect(JSON.parse(JSON.stringify(network.contract))).toEqual({
    addresses: payments,
    stack: "net",
    ipFamily: "ipv4",
    cniVersion: "v1.23.1-eksbuild.1",
    nodeSubnetsExcluded: true,
    accountId: "111122223333",
  });
});

test("a cluster's contract has its network and its CNI options", () => {
  expect(clusterStack().contract).toEqual({
    network: clusterProps.network,
    stack: "prod-payments",
    cni: { management: "managed", prefixDelegation: true, customNetworking: false },
    nodeShape: { enis: 4, addressesPerEni: 15 },
  });
  const [general] = clusterProps.nodeGroups;
  const mixed = clusterStack({
    network: { ...clusterProps.network, prefixReservations: false },
    cni: { customNetworking: true, prefixDelegation: false },
    nodeGroups: [
      { ...general!, size: { min: 1, desired: 1, max: 2 } },
      { ...general!, name: "small", instanceType: "m7i.large", size: { min: 1, desired: 1, max: 2 } },
    ],
  });
  expect(mixed.contract.cni).toMatchObject({ prefixDelegation: false, customNetworking: true });
  expect(mixed.contract).not.toHaveProperty("nodeShape");
});

test("both stacks use the same Region, account and tags", () => {
  const tags = { environment: "prod" };
  const network = new EksNetworkStack(newApp(), "net", {
    addresses: payments,
    natGateways: "single",
    accountId: "111122223333",
    tags,
  });
  const cluster = clusterStack({ network: network.contract, tags });

  const provider = {
    region: "eu-central-1",
    allowed_account_ids: ["111122223333"],
    default_tags: [{ tags }],
  };
  for (const stack of [network, cluster]) {
    const json = JSON.parse(Testing.synth(stack, true)) as { provider: { aws: unknown[] } };
    expect(json.provider.aws).toEqual([provider]);
  }
  expect(only(cluster, "aws_launch_template")["tag_specifications"]).toContainEqual({
    resource_type: "instance",
    tags: { ...tags, Name: "prod-payments-general" },
  });
});

test("add-ons can be pinned, configured and added", () => {
  const stack = clusterStack({
    addons: {
      coredns: { version: "v1.12.1-eksbuild.2", configuration: { replicaCount: 3 } },
      "metrics-server": {},
    },
  });

  const addons = Object.fromEntries(
    resources(stack, "aws_eks_addon").map((block) => [block["addon_name"], block]),
  );
  expect(addons["coredns"]).toMatchObject({
    addon_version: "v1.12.1-eksbuild.2",
    configuration_values: '{"replicaCount":3}',
  });
  expect(addons["metrics-server"]?.["depends_on"]).toEqual(addons["coredns"]?.["depends_on"]);
});
