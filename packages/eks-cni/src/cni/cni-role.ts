import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { POD_IDENTITY_TRUST } from "../iam-trust";
import { partition } from "../partition";

/** What subnet discovery and, from 1.23, the choice of security groups read beside AWS's own policy. */
const DISCOVERY_ACTIONS = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets"];

/** What the CNI calls in IPv6 mode (EKS user guide, "Configure Amazon VPC CNI plugin to use IRSA", IPv6 policy). */
const IPV6_ACTIONS = [
  "ec2:AssignIpv6Addresses",
  "ec2:DescribeInstances",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeTags",
];

/** IAM role of the VPC CNI's service account, assumed by EKS Pod Identity: the nodes need no right on ENIs. */
export class CniRole extends Construct {
  readonly arn: string;
  /** Whatever runs with the role waits for them. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, network: EksNetworkContract) {
    super(scope, id);
    const ipv6 = network.ipFamily === "ipv6";
    const role = new IamRole(this, "role", {
      name: `${network.cluster.name}-vpc-cni`,
      description: `VPC CNI of ${network.cluster.name}`,
      assumeRolePolicy: POD_IDENTITY_TRUST,
    });
    const statements = [
      { Effect: "Allow", Action: [...DISCOVERY_ACTIONS, ...(ipv6 ? IPV6_ACTIONS : [])], Resource: "*" },
      ...(ipv6
        ? [
            {
              Effect: "Allow",
              Action: "ec2:CreateTags",
              Resource: `arn:${partition(network.cluster.region)}:ec2:*:*:network-interface/*`,
            },
          ]
        : []),
    ];
    const discovery = new IamRolePolicy(this, "discovery", {
      name: "discovery",
      role: role.name,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    });
    const attached = ipv6
      ? []
      : [
          new IamRolePolicyAttachment(this, "cni-policy", {
            role: role.name,
            policyArn: `arn:${partition(network.cluster.region)}:iam::aws:policy/AmazonEKS_CNI_Policy`,
          }),
        ];
    this.policies = [discovery, ...attached];
    this.arn = role.arn;
  }
}
