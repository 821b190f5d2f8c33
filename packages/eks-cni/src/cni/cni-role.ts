import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { awsPartition } from "@cluster-ipam/address-plan";
import { serviceTrust } from "@cluster-ipam/blueprint-core/aws";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type EksNetworkContract } from "../network/eks-network-contract";

/** Actions of subnet discovery and, since 1.23, of security group selection that AWS's managed policy lacks. */
const DISCOVERY_ACTIONS = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets"];

/** Actions of the CNI in IPv6 mode (EKS user guide, "Configure Amazon VPC CNI plugin to use IRSA", IPv6 policy). */
const IPV6_ACTIONS = [
  "ec2:AssignIpv6Addresses",
  "ec2:DescribeInstances",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeTags",
];

/** Props of a {@link CniRole}. */
export interface CniRoleProps {
  readonly network: EksNetworkContract;
}

/** IAM role of the VPC CNI's service account, assumed through EKS Pod Identity: nodes need no permissions on ENIs. */
export class CniRole extends Construct {
  readonly arn: string;
  /** Policies of the role. Resources that use the role depend on them. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CniRoleProps) {
    super(scope, id);
    const { addresses, ipFamily } = props.network;
    const ipv6 = ipFamily === "ipv6";
    const partition = awsPartition(addresses.region);
    const role = new IamRole(this, "role", {
      name: `${addresses.name}-vpc-cni`,
      description: `VPC CNI of ${addresses.name}`,
      assumeRolePolicy: serviceTrust("pods.eks", { actions: ["sts:AssumeRole", "sts:TagSession"] }),
    });
    const statements = [
      { Effect: "Allow", Action: [...DISCOVERY_ACTIONS, ...(ipv6 ? IPV6_ACTIONS : [])], Resource: "*" },
      ...(ipv6
        ? [
            {
              Effect: "Allow",
              Action: "ec2:CreateTags",
              Resource: `arn:${partition}:ec2:*:*:network-interface/*`,
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
            policyArn: `arn:${partition}:iam::aws:policy/AmazonEKS_CNI_Policy`,
          }),
        ];
    this.policies = [discovery, ...attached];
    this.arn = role.arn;
  }
}
