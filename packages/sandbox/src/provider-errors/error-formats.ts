/** How the AWS provider formats errors of a type. */
export interface AwsErrorFormat {
  /** "EKS Cluster" */
  readonly title: string;
  /** The service's name in the SDK. */
  readonly service: string;
  /** The API calls. */
  readonly operations: {
    readonly create: string;
    readonly update: string;
    readonly delete: string;
    readonly read: string;
  };
  /** Label in parentheses in create errors, with `{member}`; empty for none. */
  readonly label: string;
}

// Title, service, the noun of the API calls (or the calls that create and delete), and the label.
const aws: {
  readonly [type: string]: readonly [
    title: string,
    service: string,
    calls: string | readonly [create: string, remove: string],
    label?: string,
  ];
} = {
  aws_vpc_ipam: ["IPAM", "EC2", "Ipam"],
  aws_vpc_ipam_scope: ["IPAM Scope", "EC2", "IpamScope"],
  aws_vpc_ipam_pool: ["IPAM Pool", "EC2", "IpamPool"],
  aws_vpc_ipam_pool_cidr: ["IPAM Pool CIDR", "EC2", ["ProvisionIpamPoolCidr", "DeprovisionIpamPoolCidr"]],
  aws_vpc_ipam_pool_cidr_allocation: [
    "IPAM Pool CIDR Allocation",
    "EC2",
    ["AllocateIpamPoolCidr", "ReleaseIpamPoolAllocation"],
  ],
  aws_vpc: ["EC2 VPC", "EC2", "Vpc"],
  aws_vpc_ipv4_cidr_block_association: [
    "EC2 VPC IPv4 CIDR Block Association",
    "EC2",
    ["AssociateVpcCidrBlock", "DisassociateVpcCidrBlock"],
  ],
  aws_vpc_ipv6_cidr_block_association: [
    "EC2 VPC IPv6 CIDR Block Association",
    "EC2",
    ["AssociateVpcCidrBlock", "DisassociateVpcCidrBlock"],
  ],
  aws_subnet: ["EC2 Subnet", "EC2", "Subnet"],
  aws_ec2_subnet_cidr_reservation: ["EC2 Subnet CIDR Reservation", "EC2", "SubnetCidrReservation"],
  aws_route_table: ["Route Table", "EC2", "RouteTable"],
  aws_route_table_association: [
    "Route Table Association",
    "EC2",
    ["AssociateRouteTable", "DisassociateRouteTable"],
  ],
  aws_route: ["Route", "EC2", "Route"],
  aws_network_acl: ["EC2 Network ACL", "EC2", "NetworkAcl"],
  aws_internet_gateway: ["EC2 Internet Gateway", "EC2", "InternetGateway"],
  aws_egress_only_internet_gateway: ["EC2 Egress-only Internet Gateway", "EC2", "EgressOnlyInternetGateway"],
  aws_nat_gateway: ["EC2 NAT Gateway", "EC2", "NatGateway"],
  aws_eip: ["EC2 EIP", "EC2", ["AllocateAddress", "ReleaseAddress"]],
  aws_vpc_endpoint: [
    "EC2 VPC Endpoint",
    "EC2",
    ["CreateVpcEndpoint", "DeleteVpcEndpoints"],
    "{service_name}",
  ],
  aws_security_group: ["Security Group", "EC2", "SecurityGroup", "{name}"],
  aws_vpc_security_group_ingress_rule: [
    "VPC Security Group Rule",
    "EC2",
    ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"],
  ],
  aws_vpc_security_group_egress_rule: [
    "VPC Security Group Rule",
    "EC2",
    ["AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress"],
  ],
  aws_flow_log: ["Flow Log", "EC2", ["CreateFlowLogs", "DeleteFlowLogs"]],
  aws_launch_template: ["EC2 Launch Template", "EC2", "LaunchTemplate", "{name}"],
  aws_eks_cluster: ["EKS Cluster", "EKS", "Cluster", "{name}"],
  aws_eks_addon: ["EKS Add-On", "EKS", "Addon", "{cluster_name}:{addon_name}"],
  aws_eks_node_group: ["EKS Node Group", "EKS", "Nodegroup", "{cluster_name}:{node_group_name}"],
  aws_eks_fargate_profile: [
    "EKS Fargate Profile",
    "EKS",
    "FargateProfile",
    "{cluster_name}:{fargate_profile_name}",
  ],
  aws_eks_access_entry: ["EKS Access Entry", "EKS", "AccessEntry", "{cluster_name}:{principal_arn}"],
  aws_eks_access_policy_association: [
    "EKS Access Policy Association",
    "EKS",
    ["AssociateAccessPolicy", "DisassociateAccessPolicy"],
    "{cluster_name}#{principal_arn}#{policy_arn}",
  ],
  aws_eks_pod_identity_association: [
    "Amazon EKS (Elastic Kubernetes) Pod Identity Association",
    "EKS",
    "PodIdentityAssociation",
  ],
  aws_iam_role: ["IAM Role", "IAM", "Role", "{name}"],
  aws_iam_policy: ["IAM Policy", "IAM", "Policy", "{name}"],
  aws_iam_role_policy: ["IAM Role Policy", "IAM", ["PutRolePolicy", "DeleteRolePolicy"], "{name}"],
  aws_iam_role_policy_attachment: [
    "IAM Role Policy Attachment",
    "IAM",
    ["AttachRolePolicy", "DetachRolePolicy"],
    "{role}/{policy_arn}",
  ],
  aws_iam_openid_connect_provider: ["IAM OIDC Provider", "IAM", "OpenIDConnectProvider"],
  aws_kms_alias: ["KMS Alias", "KMS", "Alias", "{name}"],
  aws_ram_resource_share: ["RAM Resource Share", "RAM", "ResourceShare", "{name}"],
  aws_ram_resource_association: [
    "RAM Resource Association",
    "RAM",
    ["AssociateResourceShare", "DisassociateResourceShare"],
  ],
  aws_ram_principal_association: [
    "RAM Principal Association",
    "RAM",
    ["AssociateResourceShare", "DisassociateResourceShare"],
  ],
  aws_lambda_function: ["Lambda Function", "Lambda", "Function", "{function_name}"],
  aws_lambda_permission: [
    "Lambda Permission",
    "Lambda",
    ["AddPermission", "RemovePermission"],
    "{function_name}/{statement_id}",
  ],
  aws_lambda_function_event_invoke_config: [
    "Lambda Function Event Invoke Config",
    "Lambda",
    ["PutFunctionEventInvokeConfig", "DeleteFunctionEventInvokeConfig"],
    "{function_name}",
  ],
  aws_scheduler_schedule: ["Amazon EventBridge Scheduler Schedule", "Scheduler", "Schedule", "{name}"],
  aws_cloudwatch_log_group: ["CloudWatch Logs Log Group", "CloudWatch Logs", "LogGroup", "{name}"],
  aws_cloudwatch_metric_alarm: [
    "CloudWatch Metric Alarm",
    "CloudWatch",
    ["PutMetricAlarm", "DeleteAlarms"],
    "{alarm_name}",
  ],
  aws_dynamodb_table: ["DynamoDB Table", "DynamoDB", "Table", "{name}"],
  aws_sns_topic: ["SNS Topic", "SNS", "Topic", "{name}"],
  aws_sns_topic_subscription: ["SNS Topic Subscription", "SNS", ["Subscribe", "Unsubscribe"]],
  aws_sqs_queue_policy: ["SQS Queue Policy", "SQS", "QueueAttributes", "{queue_url}"],
  aws_sqs_queue: ["SQS Queue", "SQS", "Queue", "{name}"],
};

/** How the AWS provider speaks of a type; one that is not listed is named as in Terraform. */
export function awsErrorFormat(type: string): AwsErrorFormat {
  const noun = type
    .replace(/^aws_/, "")
    .replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const [title, service, calls, label = ""] = aws[type] ?? [type, "AWS", noun];
  const name = typeof calls === "string" ? calls : calls[0].replace(/^[A-Z][a-z]+/, "");
  const [create, remove] = typeof calls === "string" ? [`Create${calls}`, `Delete${calls}`] : calls;
  const ec2 = service === "EC2";
  return {
    title,
    service,
    operations: {
      create,
      delete: remove,
      update: `${ec2 ? "Modify" : "Update"}${name}${ec2 ? "Attribute" : ""}`,
      read: ec2 ? `Describe${name}s` : `Describe${name}`,
    },
    label,
  };
}

/** How the Google provider names a type in errors; empty when it passes the API's message through. */
export const googleErrorTitles: { readonly [type: string]: string } = {
  google_compute_address: "Address",
  google_compute_firewall: "Firewall",
  google_compute_network: "Network",
  google_compute_router: "Router",
  google_compute_router_nat: "RouterNat",
  google_compute_subnetwork: "Subnetwork",
  google_container_cluster: "",
  google_container_node_pool: "NodePool",
  google_network_connectivity_internal_range: "InternalRange",
  google_service_account: "service account",
};
