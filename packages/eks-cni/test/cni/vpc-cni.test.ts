import { EksClusterStack, type EksClusterStackProps } from "../../src";
import { blocks, clusterProps, contract, grown, newApp, only, resources, twoZones } from "../fixture";

const clusterStack = (props: Partial<EksClusterStackProps> = {}) =>
  new EksClusterStack(newApp(), "prod-payments", { ...clusterProps, ...props });

const addon = (stack: EksClusterStack) =>
  resources(stack, "aws_eks_addon").find((block) => block["addon_name"] === "vpc-cni")!;

/** The argument of jsonencode(); it is JSON if it has only literals. */
const expression = (stack: EksClusterStack) =>
  /^\$\{jsonencode\((.*)\)\}$/
    .exec(addon(stack)["configuration_values"] as string)![1]!
    .replaceAll('" = ', '": ');

const configuration = (stack: EksClusterStack) => JSON.parse(expression(stack)) as Record<string, unknown>;

test("prefix delegation, discovery and the plan's private ranges by default", () => {
  const stack = clusterStack();

  expect(addon(stack)).toMatchObject({ addon_version: "v1.23.1-eksbuild.1" });
  expect(configuration(stack)).toEqual({
    env: {
      AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS: "10.0.0.0/8,100.64.0.0/10",
      ENABLE_PREFIX_DELEGATION: "true",
      ENABLE_SUBNET_DISCOVERY: "true",
      WARM_PREFIX_TARGET: "1",
    },
  });
});

test("warm targets by address", () => {
  const stack = clusterStack({
    cni: { prefixDelegation: { warmIpTarget: 8, minimumIpTarget: 32 }, networkPolicy: true },
  });

  expect(configuration(stack)).toMatchObject({
    enableNetworkPolicy: "true",
    env: { WARM_IP_TARGET: "8", MINIMUM_IP_TARGET: "32" },
  });
  expect(configuration(stack)["env"]).not.toHaveProperty("WARM_PREFIX_TARGET");
});

test("other variables of the CNI reach it", () => {
  const stack = clusterStack({ cni: { environment: { AWS_VPC_K8S_CNI_EXTERNALSNAT: "true" } } });

  expect(configuration(stack)["env"]).toMatchObject({
    AWS_VPC_K8S_CNI_EXTERNALSNAT: "true",
    ENABLE_PREFIX_DELEGATION: "true",
  });
});

test("pods with security groups: the control plane may create branch interfaces, and the trunk takes an interface", () => {
  const small = {
    ...clusterProps.nodeGroups[0]!,
    instanceType: "t3.small",
    size: { min: 1, desired: 1, max: 3 },
  };
  const nodeGroups = [{ ...small, maxPods: undefined }];
  const stack = clusterStack({ nodeGroups, cni: { environment: { ENABLE_POD_ENI: "true" } } });

  const policies = resources(stack, "aws_iam_role_policy_attachment").map((block) => block["policy_arn"]);
  expect(policies).toContain("arn:aws:iam::aws:policy/AmazonEKSVPCResourceController");
  const template = only(stack, "aws_launch_template")["user_data"] as string;
  // One interface of three is the node's, and one the trunk: 50 = 1 × 3 × 16 + 2.
  expect(Buffer.from(template, "base64").toString()).toContain("maxPods: 50\n");
});

test("MAX_ENI lowers the pods of a node, and must leave an interface for them", () => {
  const small = {
    ...clusterProps.nodeGroups[0]!,
    instanceType: "t3.small",
    size: { min: 1, desired: 1, max: 3 },
  };
  const stack = (most: string) =>
    clusterStack({ nodeGroups: [small], cni: { environment: { MAX_ENI: most } } });

  const template = only(stack("2"), "aws_launch_template")["user_data"] as string;
  expect(Buffer.from(template, "base64").toString()).toContain("maxPods: 50\n");
  expect(() => stack("1")).toThrow(
    "node group general: t3.small has no interface left for pods; raise cni.environment.MAX_ENI, or use a larger type",
  );
});

test.each([
  [
    { WARM_IP_TARGET: "8" },
    "cni.environment.WARM_IP_TARGET is not yours to set: cni.prefixDelegation.warmIpTarget decides it; change that instead",
  ],
  [
    { AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS: "10.0.0.0/8" },
    "is not yours to set: the address plan (spaces and reserved) decides it",
  ],
  [{ MAX_ENI: "two" }, 'cni.environment.MAX_ENI is "two"; use a whole number of at least 1'],
  [
    { POD_SECURITY_GROUP_ENFORCING_MODE: "strong" },
    'cni.environment.POD_SECURITY_GROUP_ENFORCING_MODE is "strong"; use "standard" or "strict"',
  ],
])("the variables %j are refused", (environment, message) => {
  expect(() => clusterStack({ cni: { environment } })).toThrow(message);
});

test("custom networking disables discovery and creates one ENIConfig per zone", () => {
  const stack = clusterStack({ cni: { customNetworking: true } });

  const json = expression(stack);
  expect(json).toContain('"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG": "true"');
  expect(json).toContain('"ENABLE_SUBNET_DISCOVERY": "false"');
  expect(json).toContain('"ENI_CONFIG_LABEL_DEF": "topology.kubernetes.io/zone"');
  expect(json).toContain(
    '"eniConfig": {"create": true, "region": "eu-central-1", "subnets": {"eu-central-1a": {"id": ',
  );
  expect(json).toMatch(
    /"eu-central-1b": \{"id": element\(data\.aws_subnets\.cluster_network_pod-eu-central-1b_\w+\.ids, 0\), "securityGroups": \[aws_eks_cluster\.\w+\.vpc_config\[0\]\.cluster_security_group_id\]\}/,
  );
});

test("an ENIConfig has the first pod subnet of its zone that the plan does not drain", () => {
  const [first, second] = grown.pods;
  const pods = [
    { ...first!, subnets: first!.subnets.map((subnet) => ({ ...subnet, state: "draining" as const })) },
    second!,
    {
      name: "pods-3",
      subnets: twoZones.zones.map((zone, i) => ({ zone, cidr: `100.72.${16 * (i + 1)}.0/20` })),
    },
  ];
  const network = { ...contract, addresses: { ...grown, pods } };
  const stack = clusterStack({ network, cni: { customNetworking: true } });

  const lookups = Object.entries(blocks(stack, "data", "aws_subnets"))
    .filter(([id]) => id.startsWith("cluster_network_pod-"))
    .map(([id, { filter }]) => [
      /eu-central-1[abc]/.exec(id)![0],
      (filter as { values: string[] }[])[1]!.values[0],
    ]);
  expect(Object.fromEntries(lookups)).toEqual({
    "eu-central-1a": "100.72.16.0/20",
    "eu-central-1b": "100.72.0.0/20",
    "eu-central-1c": "100.72.32.0/20",
  });
});

test("an ENIConfig has the pod subnet of the named set, and of the first where the set has none", () => {
  const network = { ...contract, addresses: grown };
  const stack = clusterStack({ network, cni: { customNetworking: { podSubnets: "pods-2" } } });
  const [first, second] = grown.pods;
  const cidrs = Object.entries(blocks(stack, "data", "aws_subnets"))
    .filter(([id]) => id.startsWith("cluster_network_pod-"))
    .map(([, { filter }]) => (filter as { values: string[] }[])[1]!.values[0]!);
  const inSecond = new Set(second!.subnets.map(({ zone }) => zone));
  const expected = [...second!.subnets, ...first!.subnets.filter(({ zone }) => !inSecond.has(zone))];
  expect(cidrs.sort()).toEqual(expected.map(({ cidr }) => cidr).sort());
});

test("custom networking with subnets that the plan does not have is refused", () => {
  expect(() => clusterStack({ cni: { customNetworking: { podSubnets: "pods-7" } } })).toThrow(
    "cni.customNetworking.podSubnets is pods-7, but the plan has pods; use one of them",
  );
});

test("the add-on is deployed before any node, and CoreDNS after", () => {
  const stack = clusterStack();

  const addons = blocks(stack, "resource", "aws_eks_addon");
  const id = (name: string) =>
    `aws_eks_addon.${Object.keys(addons).find((key) => addons[key]?.["addon_name"] === name)}`;
  const before = only(stack, "aws_eks_node_group")["depends_on"];
  expect(before).toEqual(
    expect.arrayContaining([id("vpc-cni"), id("kube-proxy"), id("eks-pod-identity-agent")]),
  );
  expect(before).not.toContain(id("coredns"));
  const [node] = Object.keys(blocks(stack, "resource", "aws_eks_node_group"));
  expect(addons[id("coredns").split(".")[1]!]?.["depends_on"]).toEqual([`aws_eks_node_group.${node}`]);
  expect(only(stack, "aws_eks_cluster")).toMatchObject({ bootstrap_self_managed_addons: false });
});

test("its role is assumed through Pod Identity and may read subnets and security groups", () => {
  const stack = clusterStack();

  const role = Object.entries(blocks(stack, "resource", "aws_iam_role")).find(([id]) =>
    id.startsWith("vpc-cni"),
  )!;
  expect(addon(stack)["pod_identity_association"]).toEqual([
    { role_arn: `\${aws_iam_role.${role[0]}.arn}`, service_account: "aws-node" },
  ]);
  expect(role[1]["assume_role_policy"]).toContain("pods.eks.amazonaws.com");
  expect(only(stack, "aws_iam_role_policy")["policy"]).toContain(
    '"Action":["ec2:DescribeSecurityGroups","ec2:DescribeSubnets"]',
  );
});

test("an IPv6 cluster has the IPv6 role and no warm targets", () => {
  const stack = clusterStack({ network: { ...contract, ipFamily: "ipv6", nodeSubnetsExcluded: false } });

  expect(configuration(stack)).toEqual({ env: { ENABLE_PREFIX_DELEGATION: "true" } });
  expect(only(stack, "aws_iam_role_policy")["policy"]).toContain("ec2:AssignIpv6Addresses");
  const attached = resources(stack, "aws_iam_role_policy_attachment").map((block) => block["policy_arn"]);
  expect(attached).not.toContain("arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
  expect(only(stack, "aws_eks_cluster")["kubernetes_network_config"]).toEqual({ ip_family: "ipv6" });
});

test("self-managed: the DaemonSet is configured before any node", () => {
  const stack = clusterStack({
    cni: { management: "self-managed", prefixDelegation: { warmPrefixTarget: 2 } },
  });

  expect(only(stack, "kubernetes_env")).toMatchObject({
    api_version: "apps/v1",
    kind: "DaemonSet",
    container: "aws-node",
    metadata: { name: "aws-node", namespace: "kube-system" },
    force: true,
    env: [
      { name: "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", value: "10.0.0.0/8,100.64.0.0/10" },
      { name: "ENABLE_PREFIX_DELEGATION", value: "true" },
      { name: "ENABLE_SUBNET_DISCOVERY", value: "true" },
      { name: "WARM_PREFIX_TARGET", value: "2" },
    ],
  });
  const [env] = Object.keys(blocks(stack, "resource", "kubernetes_env"));
  expect(only(stack, "aws_eks_node_group")["depends_on"]).toContain(`kubernetes_env.${env}`);
  expect(resources(stack, "aws_eks_addon").map((block) => block["addon_name"])).not.toContain("vpc-cni");
  expect(only(stack, "aws_eks_pod_identity_association")).toMatchObject({ service_account: "aws-node" });
  expect(only(stack, "aws_eks_cluster")).toMatchObject({ bootstrap_self_managed_addons: true });
});
