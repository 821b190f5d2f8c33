import { type Templates } from "./template";

const instant = "2026-01-01T00:00:00Z";

const arn = (service: string, resource: string): string =>
  `arn:{partition}:${service}:{region}:{account}:${resource}`;

/** A resource whose id is a prefix and 17 hexadecimal digits, as EC2 makes them. */
const ec2 = (prefix: string, resource: string, more: Templates = {}): Templates => ({
  id: `${prefix}-{hex:17}`,
  arn: arn("ec2", `${resource}/{id}`),
  owner_id: "{account}",
  ...more,
});

/** A resource that is known by a name. */
const named = (service: string, resource: string, more: Templates = {}): Templates => ({
  id: "{name}",
  name: "{name_prefix}{hex:26}",
  arn: arn(service, resource),
  ...more,
});

const iam = (resource: string, more: Templates = {}): Templates => ({
  id: "{name}",
  name: "{name_prefix}{hex:26}",
  arn: `arn:{partition}:iam::{account}:${resource}`,
  ...more,
});

const ipam = (prefix: string, resource: string, more: Templates = {}): Templates =>
  ec2(prefix, resource, { arn: `arn:{partition}:ec2::{account}:${resource}/{id}`, ...more });

/** Members of AWS resources that only the cloud knows. */
export const awsTemplates: Readonly<Record<string, Templates>> = {
  aws_vpc_ipam: ipam("ipam", "ipam", {
    default_resource_discovery_association_id: "ipam-res-disco-assoc-{hex:17}",
    default_resource_discovery_id: "ipam-res-disco-{hex:17}",
    private_default_scope_id: "ipam-scope-{hex:17}",
    public_default_scope_id: "ipam-scope-{hex:17}",
    scope_count: 2,
  }),
  aws_vpc_ipam_scope: ipam("ipam-scope", "ipam-scope", { ipam_scope_type: "private" }),
  aws_vpc_ipam_pool: ipam("ipam-pool", "ipam-pool", { ipam_scope_type: "private", state: "create-complete" }),
  aws_vpc_ipam_pool_cidr: { id: "{cidr}_{ipam_pool_id}", ipam_pool_cidr_id: "ipam-pool-cidr-{hex:32}" },
  aws_vpc_ipam_pool_cidr_allocation: {
    id: "{ipam_pool_allocation_id}_{ipam_pool_id}",
    ipam_pool_allocation_id: "ipam-pool-alloc-{hex:32}",
    resource_owner: "{account}",
    resource_type: "custom",
  },
  aws_vpc_ipam_resource_discovery: ipam("ipam-res-disco", "ipam-resource-discovery", {
    ipam_resource_discovery_region: "{region}",
  }),
  aws_vpc_ipam_resource_discovery_association: ipam(
    "ipam-res-disco-assoc",
    "ipam-resource-discovery-association",
    {
      ipam_region: "{region}",
      state: "associate-complete",
    },
  ),
  aws_vpc_ipam_organization_admin_account: {
    id: "{delegated_admin_account_id}",
    service_principal: "ipam.amazonaws.com",
  },
  aws_ram_resource_share: { id: "{arn}", arn: arn("ram", "resource-share/{hex:32}") },
  aws_ram_resource_association: { id: "{resource_share_arn},{resource_arn}" },
  aws_ram_principal_association: { id: "{resource_share_arn},{principal}" },
  aws_vpc: ec2("vpc", "vpc", {
    default_network_acl_id: "acl-{hex:17}",
    default_route_table_id: "rtb-{hex:17}",
    default_security_group_id: "sg-{hex:17}",
    dhcp_options_id: "dopt-{hex:17}",
    main_route_table_id: "{default_route_table_id}",
    enable_network_address_usage_metrics: false,
  }),
  aws_vpc_ipv4_cidr_block_association: { id: "vpc-cidr-assoc-{hex:17}" },
  aws_vpc_ipv6_cidr_block_association: { id: "vpc-cidr-assoc-{hex:17}" },
  aws_subnet: ec2("subnet", "subnet", { private_dns_hostname_type_on_launch: "ip-name" }),
  aws_ec2_subnet_cidr_reservation: { id: "scr-{hex:17}", owner_id: "{account}" },
  aws_route_table: ec2("rtb", "route-table"),
  aws_route: { id: "r-{route_table_id}{digits:10}", origin: "CreateRoute", state: "active" },
  aws_route_table_association: { id: "rtbassoc-{hex:17}" },
  aws_internet_gateway: ec2("igw", "internet-gateway"),
  aws_egress_only_internet_gateway: { id: "eigw-{hex:17}" },
  aws_nat_gateway: {
    id: "nat-{hex:17}",
    association_id: "eipassoc-{hex:17}",
    network_interface_id: "eni-{hex:17}",
    availability_mode: "zonal",
  },
  aws_eip: ec2("eipalloc", "elastic-ip", {
    allocation_id: "{id}",
    domain: "vpc",
    network_border_group: "{region}",
  }),
  aws_vpc_endpoint: ec2("vpce", "vpc-endpoint", { ip_address_type: "ipv4", state: "available" }),
  aws_security_group: ec2("sg", "security-group", { name: "{name_prefix}{hex:26}" }),
  aws_vpc_security_group_ingress_rule: ec2("sgr", "security-group-rule", { security_group_rule_id: "{id}" }),
  aws_vpc_security_group_egress_rule: ec2("sgr", "security-group-rule", { security_group_rule_id: "{id}" }),
  aws_default_security_group: ec2("sg", "security-group", {
    description: "default VPC security group",
    name: "default",
  }),
  aws_network_acl: ec2("acl", "network-acl"),
  aws_flow_log: ec2("fl", "vpc-flow-log"),
  aws_eks_cluster: {
    id: "{name}",
    arn: arn("eks", "cluster/{name}"),
    certificate_authority: [{ data: "c2FuZGJveA==" }],
    created_at: instant,
    endpoint: "https://{hex:32}.gr7.{region}.eks.amazonaws.com",
    identity: [{ oidc: [{ issuer: "https://oidc.eks.{region}.amazonaws.com/id/{hex:32}" }] }],
    platform_version: "eks.1",
    status: "ACTIVE",
    version: "1.34",
  },
  aws_eks_addon: {
    id: "{cluster_name}:{addon_name}",
    arn: arn("eks", "addon/{cluster_name}/{addon_name}/{hex:32}"),
    created_at: instant,
    modified_at: instant,
  },
  aws_eks_node_group: {
    id: "{cluster_name}:{node_group_name}",
    arn: arn("eks", "nodegroup/{cluster_name}/{node_group_name}/{hex:32}"),
    node_group_name: "{node_group_name_prefix}{hex:26}",
    capacity_type: "ON_DEMAND",
    status: "ACTIVE",
  },
  aws_eks_fargate_profile: {
    id: "{cluster_name}:{fargate_profile_name}",
    arn: arn("eks", "fargateprofile/{cluster_name}/{fargate_profile_name}/{hex:32}"),
    status: "ACTIVE",
  },
  aws_eks_access_entry: {
    id: "{cluster_name}:{principal_arn}",
    access_entry_arn: arn("eks", "access-entry/{cluster_name}/{hex:32}"),
    created_at: instant,
    modified_at: instant,
    user_name: "{principal_arn}",
  },
  aws_eks_access_policy_association: {
    id: "{cluster_name}#{principal_arn}#{policy_arn}",
    associated_at: instant,
    modified_at: instant,
  },
  aws_eks_pod_identity_association: {
    id: "{association_id}",
    association_id: "a-{hex:17}",
    association_arn: arn("eks", "podidentityassociation/{cluster_name}/{association_id}"),
  },
  aws_launch_template: ec2("lt", "launch-template", {
    name: "{name_prefix}{hex:26}",
    default_version: 1,
    latest_version: 1,
  }),
  aws_iam_role: iam("role{path}{name}", { create_date: instant, unique_id: "AROA{digits:17}" }),
  aws_iam_policy: iam("policy{path}{name}", { id: "{arn}", policy_id: "ANPA{digits:17}" }),
  aws_iam_role_policy: { id: "{role}:{name}", name: "{name_prefix}{hex:26}" },
  aws_iam_role_policy_attachment: { id: "{role}/{policy_arn}" },
  aws_iam_openid_connect_provider: {
    id: "{arn}",
    arn: "arn:{partition}:iam::{account}:oidc-provider/{hex:32}",
  },
  aws_kms_key: { id: "{key_id}", key_id: "mrk-{hex:32}", arn: arn("kms", "key/{key_id}") },
  aws_kms_alias: named("kms", "{name}", { target_key_arn: arn("kms", "key/{target_key_id}") }),
  aws_lambda_function: {
    id: "{function_name}",
    arn: arn("lambda", "function:{function_name}"),
    architectures: ["x86_64"],
    invoke_arn: "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations",
    last_modified: instant,
    qualified_arn: "{arn}:$LATEST",
    version: "$LATEST",
  },
  aws_lambda_permission: { id: "{statement_id}", statement_id: "{statement_id_prefix}{hex:26}" },
  aws_lambda_function_event_invoke_config: { id: "{function_name}" },
  aws_scheduler_schedule: named("scheduler", "schedule/{group_name}/{name}", {
    id: "{group_name}/{name}",
    group_name: "default",
  }),
  aws_cloudwatch_event_rule: named("events", "rule/{name}"),
  aws_cloudwatch_event_target: { id: "{rule}-{target_id}", target_id: "terraform-{hex:26}" },
  aws_cloudwatch_log_group: named("logs", "log-group:{name}", { log_group_class: "STANDARD" }),
  aws_cloudwatch_metric_alarm: { id: "{alarm_name}", arn: arn("cloudwatch", "alarm:{alarm_name}") },
  aws_cloudwatch_dashboard: {
    id: "{dashboard_name}",
    dashboard_arn: "arn:{partition}:cloudwatch::{account}:dashboard/{dashboard_name}",
  },
  aws_sqs_queue: named("sqs", "{name}", {
    id: "{url}",
    url: "https://sqs.{region}.amazonaws.com/{account}/{name}",
    sqs_managed_sse_enabled: true,
  }),
  aws_sqs_queue_policy: { id: "{queue_url}" },
  aws_sns_topic: named("sns", "{name}", { id: "{arn}", owner: "{account}" }),
  aws_sns_topic_subscription: { id: "{arn}", arn: "{topic_arn}:{hex:32}", owner_id: "{account}" },
  aws_dynamodb_table: named("dynamodb", "table/{name}", {
    stream_arn: arn("dynamodb", "table/{name}/stream/2026-01-01T00:00:00.000"),
  }),
};
