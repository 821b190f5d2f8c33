import { awsPartition } from "@cluster-ipam/address-plan";

/** What Karpenter's controller works on. */
export interface ControllerTarget {
  readonly clusterName: string;
  /** AWS Region. */
  readonly region: string;
  /** AWS account, 12 digits. @default any; the role works in its own account only */
  readonly accountId?: string;
  /** Name of the IAM role of the nodes. */
  readonly nodeRole: string;
  /** Name of the queue of interruptions. */
  readonly queue: string;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * The permissions of Karpenter's controller, scoped to a cluster: it creates and deletes only what has the cluster's tags, and
 * gives instances only the role of its nodes (Karpenter, Reference: "CloudFormation", KarpenterControllerPolicy, API v1).
 */
export function controllerPolicy(target: ControllerTarget): string {
  const { clusterName, region, accountId = "*", nodeRole, queue } = target;
  const partition = awsPartition(region);
  const arn = (service: string, resource: string, account = accountId, at = region) =>
    `arn:${partition}:${service}:${at}:${account}:${resource}`;
  const ec2 = (...types: readonly string[]) => types.map((type) => arn("ec2", `${type}/*`, "*"));
  const tags = (kind: "RequestTag" | "ResourceTag", labels: readonly string[]): Conditions => ({
    StringEquals: {
      [`aws:${kind}/kubernetes.io/cluster/${clusterName}`]: "owned",
      ...(kind === "RequestTag" && { "aws:RequestTag/eks:eks-cluster-name": clusterName }),
    },
    StringLike: Object.fromEntries(labels.map((label) => [`aws:${kind}/${label}`, "*"])),
  });
  const pool = ["karpenter.sh/nodepool"];
  const created = ec2(
    "fleet",
    "instance",
    "volume",
    "network-interface",
    "launch-template",
    "spot-instances-request",
  );
  const instanceProfiles = [arn("iam", "instance-profile/*", accountId, "")];
  const statements = [
    allow(
      "StartFromTheseParts",
      ["RunInstances", "CreateFleet"],
      [
        arn("ec2", "image/*", ""),
        arn("ec2", "snapshot/*", ""),
        ...ec2("security-group", "subnet", "capacity-reservation"),
      ],
    ),
    allow(
      "StartFromOwnLaunchTemplates",
      ["RunInstances", "CreateFleet"],
      ec2("launch-template"),
      tags("ResourceTag", pool),
    ),
    allow(
      "StartWithTheClustersTags",
      ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
      created,
      tags("RequestTag", pool),
    ),
    allow(
      "TagWhatItCreates",
      ["CreateTags"],
      created,
      merge(tags("RequestTag", pool), {
        StringEquals: { "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] },
      }),
    ),
    allow(
      "TagItsInstances",
      ["CreateTags"],
      ec2("instance"),
      merge(tags("ResourceTag", pool), {
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": clusterName },
        "ForAllValues:StringEquals": {
          "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"],
        },
      }),
    ),
    allow(
      "DeleteWhatItCreated",
      ["TerminateInstances", "DeleteLaunchTemplate"],
      ec2("instance", "launch-template"),
      tags("ResourceTag", pool),
    ),
    allow("SeeTheRegion", READS, ["*"], { StringEquals: { "aws:RequestedRegion": region } }),
    allow("SeeImages", ["ssm:GetParameter"], [arn("ssm", "parameter/aws/service/*", "")]),
    allow("SeePrices", ["pricing:GetProducts"], ["*"]),
    allow(
      "ReadInterruptions",
      ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      [arn("sqs", queue)],
    ),
    allow("GiveNodesTheirRole", ["iam:PassRole"], [arn("iam", `role/${nodeRole}`, accountId, "")], {
      StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
    }),
    allow(
      "CreateInstanceProfiles",
      ["iam:CreateInstanceProfile"],
      instanceProfiles,
      inRegion("RequestTag", region, tags("RequestTag", ["karpenter.k8s.aws/ec2nodeclass"])),
    ),
    allow(
      "TagInstanceProfiles",
      ["iam:TagInstanceProfile"],
      instanceProfiles,
      merge(
        inRegion("ResourceTag", region, tags("ResourceTag", ["karpenter.k8s.aws/ec2nodeclass"])),
        inRegion("RequestTag", region, tags("RequestTag", ["karpenter.k8s.aws/ec2nodeclass"])),
      ),
    ),
    allow(
      "ChangeInstanceProfiles",
      ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
      instanceProfiles,
      inRegion("ResourceTag", region, tags("ResourceTag", ["karpenter.k8s.aws/ec2nodeclass"])),
    ),
    allow("SeeInstanceProfiles", ["iam:GetInstanceProfile"], instanceProfiles),
    allow("ListInstanceProfiles", ["iam:ListInstanceProfiles"], ["*"]),
    allow("FindTheApi", ["eks:DescribeCluster"], [arn("eks", `cluster/${clusterName}`)]),
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Reads of EC2 that IAM cannot restrict to a resource. */
const READS = [
  "DescribeAvailabilityZones",
  "DescribeCapacityReservations",
  "DescribeImages",
  "DescribeInstances",
  "DescribeInstanceStatus",
  "DescribeInstanceTypeOfferings",
  "DescribeInstanceTypes",
  "DescribeLaunchTemplates",
  "DescribeSecurityGroups",
  "DescribeSpotPriceHistory",
  "DescribeSubnets",
];

/** @param actions of EC2, unless they have a service */
function allow(
  id: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Conditions,
) {
  return {
    Sid: id,
    Effect: "Allow",
    Action: actions.map((action) => (action.includes(":") ? action : `ec2:${action}`)),
    Resource: resources,
    ...(conditions && { Condition: conditions }),
  };
}

/** Instance profiles are global, so their tags name the Region too. */
function inRegion(kind: "RequestTag" | "ResourceTag", region: string, conditions: Conditions): Conditions {
  return merge(conditions, { StringEquals: { [`aws:${kind}/topology.kubernetes.io/region`]: region } });
}

function merge(one: Conditions, other: Conditions): Conditions {
  const operators = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    operators.map((operator) => [operator, { ...one[operator], ...other[operator] }]),
  );
}
