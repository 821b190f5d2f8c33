import { parseAllDocuments } from "yaml";
import { EksClusterStack, type EksClusterStackProps, type KarpenterNodePoolOptions } from "../../src";
import { clusterProps, contract, newApp, only, payments, resources } from "../fixture";

const network = {
  ...contract,
  accountId: "111122223333",
  addresses: {
    ...payments,
    instanceTypes: ["m7i.xlarge", "m7i.2xlarge", "m7g.large"],
    provisioner: "karpenter",
    demand: { ...payments.demand, churnPercent: 10 },
  },
} as const;
const general = { ...clusterProps.nodeGroups[0]!, size: { min: 2, desired: 2, max: 3 } };

const stackOf = (
  pool: Partial<KarpenterNodePoolOptions> = {},
  props: Partial<EksClusterStackProps> = {},
): EksClusterStack =>
  new EksClusterStack(newApp(), "prod-payments", {
    ...clusterProps,
    ...{ network, nodeGroups: [general] },
    karpenter: { nodePools: [{ name: "apps", maxNodes: 20, ...pool }] },
    ...props,
  });

interface Manifest {
  readonly kind: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the API of Karpenter defines the shape
  readonly spec: any;
}
function manifests(stack: EksClusterStack, pool = "apps"): { nodeClass: Manifest; nodePool: Manifest } {
  const text = stack.manifests.get(`karpenter-${pool}.yaml`)!;
  const [nodeClass, nodePool] = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  return { nodeClass: nodeClass!, nodePool: nodePool! };
}

test("the node class finds what the network and the cluster tag, with the pods that the smallest type has", () => {
  const stack = stackOf({
    kubelet: { podsPerCore: 20, systemReserved: { cpu: "100m" }, kubeReserved: { memory: "500Mi" } },
  });
  const { nodeClass } = manifests(stack);

  expect(nodeClass).toMatchObject({
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: "apps" },
    spec: {
      role: "prod-payments-karpenter-nodes",
      amiSelectorTerms: [{ alias: "al2023@latest" }],
      subnetSelectorTerms: [
        {
          tags: {
            "karpenter.sh/discovery": "prod-payments",
            "cluster-ipam/cluster": "prod-payments",
            "cluster-ipam/role": "node",
          },
        },
      ],
      securityGroupSelectorTerms: [{ tags: { "karpenter.sh/discovery": "prod-payments" } }],
      kubelet: {
        ...{ maxPods: 110, podsPerCore: 20 },
        ...{ systemReserved: { cpu: "100m" }, kubeReserved: { memory: "500Mi" } },
      },
    },
  });
  expect(only(stack, "aws_ec2_tag")).toMatchObject({
    key: "karpenter.sh/discovery",
    value: "prod-payments",
    resource_id: expect.stringContaining("cluster_security_group_id"),
  });
});

test("the node pool has the plan's types and zones, the plan's churn as its budget, and a limit of nodes", () => {
  const { nodePool } = manifests(
    stackOf({ labels: { team: "apps" }, taints: [{ key: "spot", effect: "NO_SCHEDULE" }] }),
  );

  expect(nodePool.spec).toEqual({
    template: {
      metadata: { labels: { team: "apps" } },
      spec: {
        nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "apps" },
        requirements: [
          { key: "kubernetes.io/arch", operator: "In", values: ["amd64", "arm64"] },
          { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
          { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand", "spot"] },
          {
            ...{ key: "node.kubernetes.io/instance-type", operator: "In" },
            values: ["m7i.xlarge", "m7i.2xlarge", "m7g.large"],
          },
          {
            ...{ key: "topology.kubernetes.io/zone", operator: "In" },
            values: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
          },
        ],
        taints: [{ key: "spot", effect: "NoSchedule" }],
      },
    },
    disruption: {
      consolidationPolicy: "WhenEmptyOrUnderutilized",
      consolidateAfter: "1m",
      budgets: [{ nodes: "10%" }],
    },
    limits: { nodes: "20" },
  });
});

test("a family is written out, and its smallest type binds the pods", () => {
  const { nodeClass, nodePool } = manifests(stackOf({ instanceTypes: ["t3a"], maxNodes: 2 }));
  // t3a.nano has 2 interfaces of 2 addresses, and the first has no pods: 1 × 16 + 2.
  expect(() => stackOf({ instanceTypes: ["t3a"], kubelet: { maxPods: 110 } })).toThrow("supports 1 to 18");
  expect(nodeClass.spec.kubelet.maxPods).toBe(18);
  expect(nodePool.spec.template.spec.requirements).toContainEqual({
    ...{ key: "node.kubernetes.io/instance-type", operator: "In" },
    values: expect.arrayContaining(["t3a.small", "t3a.2xlarge"]),
  });
});

test("the controller may act on what has the cluster's tags, and give instances only its nodes' role", () => {
  const stack = stackOf();
  const [role] = resources(stack, "aws_iam_role").filter(({ name }) => name === "prod-payments-karpenter");
  const [policy] = resources(stack, "aws_iam_role_policy").filter(({ name }) => name === "karpenter");
  const text = policy!["policy"] as string;
  const statements = (JSON.parse(text) as { Statement: Record<string, unknown>[] }).Statement;
  const allowed = (action: string) =>
    statements.filter((statement) => (statement["Action"] as string[]).includes(action));

  expect(JSON.parse(role!["assume_role_policy"] as string)).toMatchObject({
    Statement: [{ Principal: { Service: "pods.eks.amazonaws.com" } }],
  });
  expect(allowed("iam:PassRole").map(({ Resource }) => Resource)).toEqual([
    ["arn:aws:iam::111122223333:role/prod-payments-karpenter-nodes"],
  ]);
  expect(allowed("ec2:TerminateInstances")).toMatchObject([
    {
      Condition: {
        StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/prod-payments": "owned" },
        StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
      },
    },
  ]);
  expect(allowed("iam:TagInstanceProfile")[0]!["Condition"]).toEqual({
    StringEquals: {
      "aws:ResourceTag/kubernetes.io/cluster/prod-payments": "owned",
      "aws:ResourceTag/topology.kubernetes.io/region": "eu-central-1",
      "aws:RequestTag/kubernetes.io/cluster/prod-payments": "owned",
      "aws:RequestTag/eks:eks-cluster-name": "prod-payments",
      "aws:RequestTag/topology.kubernetes.io/region": "eu-central-1",
    },
    StringLike: {
      "aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass": "*",
      "aws:RequestTag/karpenter.k8s.aws/ec2nodeclass": "*",
    },
  });
  // Nothing that changes something may be on any resource without a condition.
  const open = statements.filter(
    ({ Resource, Condition }) => (Resource as string[]).includes("*") && Condition === undefined,
  );
  expect(open.flatMap(({ Action }) => Action)).toEqual(["pricing:GetProducts", "iam:ListInstanceProfiles"]);
  // IAM: the inline policies of a role have at most 10,240 characters.
  expect(text.length).toBeLessThan(10_240);
});

test("four rules fill the queue of interruptions, and the nodes may join", () => {
  const stack = stackOf();
  expect(only(stack, "aws_sqs_queue")).toMatchObject({
    ...{ name: "prod-payments-karpenter", message_retention_seconds: 300, sqs_managed_sse_enabled: true },
  });
  const patterns = resources(stack, "aws_cloudwatch_event_rule").map(
    (rule) => JSON.parse(rule["event_pattern"] as string) as Record<string, string[]>,
  );
  expect(patterns.flatMap((pattern) => pattern["detail-type"]).sort()).toEqual([
    "AWS Health Event",
    "EC2 Instance Rebalance Recommendation",
    "EC2 Instance State-change Notification",
    "EC2 Spot Instance Interruption Warning",
  ]);
  expect(resources(stack, "aws_cloudwatch_event_target")).toHaveLength(4);
  const entries = resources(stack, "aws_eks_access_entry").map(({ type }) => type);
  expect(entries).toContain("EC2_LINUX");
  expect(only(stack, "aws_eks_pod_identity_association")).toMatchObject({
    ...{ namespace: "kube-system", service_account: "karpenter" },
  });
});

test.each<[string, () => unknown, string]>([
  [
    "a plan without Karpenter",
    () => stackOf({}, { network: contract }),
    "the address plan of prod-payments has no addresses for the nodes that are replaced; set provisioner: karpenter in addresses.yaml and run npm run addresses",
  ],
  [
    "more nodes than the addresses support, with the groups",
    () => stackOf({ maxNodes: 900 }),
    "the node groups grow to 903 nodes (general 3 + apps 900), but the planned subnets support",
  ],
  ["no pool", () => stackOf({}, { karpenter: { nodePools: [] } }), "nodePools is empty"],
  [
    "a type outside the table",
    () => stackOf({ instanceTypes: ["x9.large"] }),
    "node pool apps: x9.large is not in the address plan's table; list types or families of the table",
  ],
  [
    "a zone outside the plan",
    () => stackOf({ zones: ["eu-central-1d"] }),
    "node pool apps: zones has eu-central-1d; use some of eu-central-1a, eu-central-1b, eu-central-1c",
  ],
  ["no node", () => stackOf({ maxNodes: 0 }), "maxNodes is 0; use a whole number of at least 1"],
  [
    "podsPerCore on Bottlerocket",
    () => stackOf({ image: "bottlerocket@latest", kubelet: { podsPerCore: 10 } }),
    "Bottlerocket has no podsPerCore",
  ],
  ["an unknown image", () => stackOf({ image: "al2@latest" }), 'image "al2@latest" is no alias'],
  [
    "a reserved label",
    () => stackOf({ labels: { "karpenter.sh/nodepool": "x" } }),
    "the label karpenter.sh/nodepool is reserved",
  ],
])("%s is refused", (_what, compose, message) => {
  expect(compose).toThrow(message);
});
