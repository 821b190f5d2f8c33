import { parseAllDocuments } from "yaml";
import { type AutoModeOptions, EksClusterStack, type EksClusterStackProps } from "../../src";
import { clusterProps, contract, newApp, only, payments, resources } from "../fixture";

const network = {
  ...contract,
  addresses: {
    ...payments,
    instanceTypes: ["m7i.xlarge", "m7i.4xlarge"],
    provisioner: "auto-mode",
    demand: { ...payments.demand, churnPercent: 10 },
  },
} as const;
const { nodeGroups, ...withoutGroups } = clusterProps;

const stackOf = (autoMode: Partial<AutoModeOptions> = {}, props: Partial<EksClusterStackProps> = {}) =>
  new EksClusterStack(newApp(), "prod-payments", {
    ...withoutGroups,
    network,
    autoMode: { nodePools: [{ name: "apps", maxNodes: 20 }], ...autoMode },
    ...props,
  });

function manifest(stack: EksClusterStack, kind: string) {
  const documents = parseAllDocuments(stack.manifests.get("auto-mode-apps.yaml")!);
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the API of EKS defines the shape
  return documents.map((document) => document.toJS() as any).find((document) => document.kind === kind);
}

test("compute, block storage and load balancing are on, and no add-on or CNI of ours is there", () => {
  const stack = stackOf();

  expect(only(stack, "aws_eks_cluster")).toMatchObject({
    bootstrap_self_managed_addons: false,
    compute_config: { enabled: true },
    storage_config: { block_storage: { enabled: true } },
    kubernetes_network_config: {
      ...{ ip_family: "ipv4", service_ipv4_cidr: "172.20.0.0/16" },
      elastic_load_balancing: { enabled: true },
    },
  });
  for (const type of ["aws_eks_addon", "aws_eks_node_group", "aws_launch_template"])
    expect(resources(stack, type)).toEqual([]);
  const [role] = resources(stack, "aws_iam_role").filter(
    ({ name }) => name === "prod-payments-control-plane",
  );
  expect(role!["assume_role_policy"]).toContain("sts:TagSession");
  const policies = resources(stack, "aws_iam_role_policy_attachment").map(({ policy_arn }) => policy_arn);
  expect(policies).toEqual(
    expect.arrayContaining(
      [
        "AmazonEKSClusterPolicy",
        "AmazonEKSComputePolicy",
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy",
        "AmazonEKSWorkerNodeMinimalPolicy",
        "AmazonEC2ContainerRegistryPullOnly",
      ].map((name) => `arn:aws:iam::aws:policy/${name}`),
    ),
  );
  expect(resources(stack, "aws_eks_access_entry").map(({ type }) => type)).toContain("EC2");
  expect(resources(stack, "aws_eks_access_policy_association").map(({ policy_arn }) => policy_arn)).toContain(
    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy",
  );
});

test("pods are in the subnets that a subnet autoscaler adds to, nodes in the node subnets", () => {
  expect(manifest(stackOf(), "NodeClass")).toEqual({
    apiVersion: "eks.amazonaws.com/v1",
    kind: "NodeClass",
    metadata: { name: "apps" },
    spec: {
      role: "prod-payments-auto-nodes",
      subnetSelectorTerms: [
        {
          tags: {
            "karpenter.sh/discovery": "prod-payments",
            "cluster-ipam/cluster": "prod-payments",
            "cluster-ipam/role": "node",
          },
        },
      ],
      securityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": "prod-payments" } }],
      podSubnetSelectorTerms: [
        {
          tags: {
            "kubernetes.io/role/cni": "1",
            "cni.networking.k8s.aws/cluster/prod-payments": "shared",
          },
        },
      ],
      podSecurityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": "prod-payments" } }],
      snatPolicy: "Disabled",
      networkPolicy: "DefaultAllow",
      networkPolicyEventLogs: "Disabled",
      ephemeralStorage: { size: "50Gi" },
      tags: { Name: "prod-payments-apps" },
    },
  });
  const ipv6 = stackOf(
    { snatPolicy: "Random", networkPolicy: "DefaultDeny", networkPolicyEventLogs: true },
    { network: { ...network, ipFamily: "ipv6" } },
  );
  const { spec } = manifest(ipv6, "NodeClass");
  expect(spec).toMatchObject({
    ...{ snatPolicy: "Random", networkPolicy: "DefaultDeny", networkPolicyEventLogs: "Enabled" },
  });
  expect(spec).not.toHaveProperty("podSubnetSelectorTerms");
});

test("the vCPUs of a pool have room for as many of its smallest nodes as it may have", () => {
  const { spec } = manifest(stackOf(), "NodePool");
  expect(spec.limits).toEqual({ cpu: "80" });
  expect(spec.template.spec.nodeClassRef).toEqual({
    ...{ group: "eks.amazonaws.com", kind: "NodeClass", name: "apps" },
  });
  expect(spec.disruption.budgets).toEqual([{ nodes: "10%" }]);
});

test("what serves the cluster knows that no add-on reports the CNI", () => {
  expect(stackOf().contract.cni).toEqual({
    ...{ management: "self-managed", prefixDelegation: true, customNetworking: false },
  });
});

test.each<[string, () => unknown, string]>([
  ["node groups", () => stackOf({}, { nodeGroups }), "nodeGroups does not go with autoMode"],
  ["CNI options", () => stackOf({}, { cni: {} }), "cni does not go with autoMode"],
  [
    "Karpenter",
    () => stackOf({}, { karpenter: { nodePools: [] } }),
    "karpenter does not go with autoMode, whose nodes and CNI EKS runs; remove karpenter, or remove autoMode",
  ],
  [
    "a group that is added later",
    () => stackOf().addNodeGroup(nodeGroups[0]!),
    "add a node pool to autoMode instead of general",
  ],
  [
    "another plan",
    () => stackOf({}, { network: contract }),
    "set provisioner: auto-mode in addresses.yaml and run npm run addresses",
  ],
  [
    "more nodes than the addresses support",
    () => stackOf({ nodePools: [{ name: "apps", maxNodes: 900 }] }),
    "grow to 900 nodes (apps 900), but the planned subnets support",
  ],
  [
    "EKS's own name",
    () => stackOf({ nodePools: [{ name: "default", maxNodes: 2 }] }),
    "EKS has a NodeClass default of its own; use another name for the pool",
  ],
])("%s: refused", (_what, compose, message) => {
  expect(compose).toThrow(message);
});
