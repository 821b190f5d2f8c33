import { type Sandbox, startSandbox } from "../src";
import { type Diagnostic, providers, Workspace } from "./workspace";

// One mistake per resource; all of them are refused in one run of `terraform validate`.
const refusals: readonly [type: string, body: string, message: RegExp][] = [
  // By Terraform itself, from the schemas.
  ["aws_vpc", `cidr = "10.0.0.0/16"`, /Unsupported argument/],
  ["aws_vpc", `enable_dns_support = "often"`, /Incorrect attribute value type/],
  ["aws_vpc_ipam_pool", `address_family = "ipv4"`, /Missing required argument/],
  ["aws_vpc_ipam", ``, /Insufficient operating_regions blocks/],
  ["aws_eip", `vpc = true`, /Unsupported argument/],
  [
    "google_container_cluster",
    `name = "a"\n ip_allocation_policy {}\n ip_allocation_policy {}`,
    /Too many ip_allocation_policy blocks/,
  ],
  [
    "google_compute_subnetwork",
    `name = "a"\n network = "n"\n enable_flow_logs = true`,
    /Unsupported argument/,
  ],
  [
    "kubernetes_env",
    `api_version = "v1"\n kind = "Pod"\n metadata {}\n env { name = "a" }`,
    /Missing required argument/,
  ],
  // By the provider.
  ["aws_vpc", `cidr_block = "10.0.0.0/8"`, /between 16 and 28 significant bits, got: 8/],
  ["aws_vpc", `cidr_block = "10.0.0.1/16"`, /expected 10\.0\.0\.0\/16, got 10\.0\.0\.1\/16/],
  [
    "aws_vpc",
    `cidr_block = "10.0.0.0/16"\n ipv4_netmask_length = 16\n ipv4_ipam_pool_id = "p"`,
    /conflicts with ipv4_netmask_length/,
  ],
  ["aws_vpc", `ipv4_netmask_length = 24`, /all of `ipv4_netmask_length,ipv4_ipam_pool_id` must be specified/],
  ["aws_vpc", `ipv4_netmask_length = 29\n ipv4_ipam_pool_id = "p"`, /in the range \(16 - 28\), got 29/],
  ["aws_vpc", `instance_tenancy = "shared"`, /to be one of \["default" "dedicated"\], got shared/],
  ["aws_subnet", `vpc_id = "v"\n cidr_block = "10.0.0.1/24"`, /did you mean "10\.0\.0\.0\/24"/],
  [
    "aws_subnet",
    `vpc_id = "v"\n ipv4_ipam_pool_id = "p"\n ipv4_netmask_length = 29`,
    /in the range \(16 - 28\)/,
  ],
  ["aws_vpc_ipam_pool", `address_family = "ipv5"\n ipam_scope_id = "s"`, /to be one of \["ipv4" "ipv6"\]/],
  [
    "aws_vpc_ipam_pool",
    `address_family = "ipv4"\n ipam_scope_id = "s"\n allocation_max_netmask_length = 129`,
    /in the range \(0 - 128\), got 129/,
  ],
  [
    "aws_vpc_ipam_pool",
    `address_family = "ipv4"\n ipam_scope_id = "s"\n locale = "Ireland"`,
    /not a valid AWS Region Code/,
  ],
  [
    "aws_vpc_ipam_pool_cidr",
    `ipam_pool_id = "p"\n cidr = "10.0.0.0/16"\n netmask_length = 16`,
    /conflicts with netmask_length/,
  ],
  [
    "aws_route",
    `route_table_id = "r"\n destination_cidr_block = "0.0.0.0/0"`,
    /one of `.*nat_gateway_id.*` must be specified/,
  ],
  [
    "aws_route",
    `route_table_id = "r"\n destination_cidr_block = "0.0.0.0/0"\n gateway_id = "g"\n nat_gateway_id = "n"`,
    /only one of/,
  ],
  [
    "aws_eks_cluster",
    `name = "a b"\n role_arn = "arn:aws:iam::123456789012:role/r"\n vpc_config { subnet_ids = [] }`,
    /must match regular expression/,
  ],
  [
    "aws_eks_cluster",
    `name = "a"\n role_arn = "role"\n vpc_config { subnet_ids = [] }`,
    /is an invalid ARN: invalid prefix/,
  ],
  [
    "aws_eks_cluster",
    `name = "a"\n role_arn = "arn:aws:iam::123456789012:role/r"\n vpc_config { subnet_ids = [] }\n kubernetes_network_config { service_ipv4_cidr = "100.64.0.0/16" }`,
    /must be within 10\.0\.0\.0\/8/,
  ],
  [
    "aws_eks_node_group",
    `cluster_name = "a"\n node_role_arn = "r"\n subnet_ids = ["s"]\n scaling_config {\n desired_size = 1\n max_size = 0\n min_size = 0\n }`,
    /to be at least \(1\), got 0/,
  ],
  [
    "aws_eks_node_group",
    `cluster_name = "a"\n node_role_arn = "r"\n subnet_ids = ["s"]\n scaling_config {\n desired_size = 1\n max_size = 1\n min_size = 0\n }\n update_config {}`,
    /one of `update_config\.max_unavailable,.*` must be specified/,
  ],
  [
    "aws_eks_addon",
    `cluster_name = "a"\n addon_name = "vpc-cni"\n resolve_conflicts_on_create = "PRESERVE"`,
    /to be one of \["NONE" "OVERWRITE"\]/,
  ],
  ["aws_iam_role", `assume_role_policy = "{"`, /contains an invalid JSON/],
  [
    "google_container_cluster",
    `name = "a"\n cluster_ipv4_cidr = "10.0.0.0/16"\n ip_allocation_policy {}`,
    /"cluster_ipv4_cidr": conflicts with ip_allocation_policy/,
  ],
  [
    "google_container_cluster",
    `name = "a"\n ip_allocation_policy {\n cluster_ipv4_cidr_block = "/17"\n cluster_secondary_range_name = "pods"\n }`,
    /conflicts with ip_allocation_policy\.cluster_secondary_range_name/,
  ],
  [
    "google_container_cluster",
    `name = "a"\n enable_autopilot = true\n default_max_pods_per_node = 64`,
    /conflicts with enable_autopilot/,
  ],
  ["google_container_node_pool", `cluster = "a"\n node_count = 1.5`, /a whole number is required, got 1\.5/],
  [
    "google_network_connectivity_internal_range",
    `name = "a"\n network = "n"\n peering = "FOR_SELF"\n usage = "EVERYWHERE"`,
    /to be one of \["FOR_VPC"/,
  ],
  [
    "google_compute_subnetwork",
    `name = "a"\n network = "n"\n ip_cidr_range = "10.0.0/20"`,
    /"10\.0\.0\/20" is not a valid CIDR block/,
  ],
];

describe("what is refused before a plan", () => {
  let sandbox: Sandbox;
  let workspace: Workspace;
  let diagnostics: readonly Diagnostic[];

  beforeAll(async () => {
    sandbox = await startSandbox({ folders: [] });
    const resources = refusals.map(([type, body], row) => `resource "${type}" "row_${row}" {\n ${body}\n}\n`);
    workspace = new Workspace(sandbox).write(providers + resources.join(""));
    diagnostics = await workspace.validate();
  });

  afterAll(async () => {
    workspace.remove();
    await sandbox.stop();
  });

  test.each(refusals.map(([type, , message], row) => [row, type, message] as const))(
    "%i: %s: %s",
    (row, _type, message) => {
      const found = diagnostics.filter(({ address }) => address?.endsWith(`row_${row}`));
      expect(found.map(({ summary, detail }) => `${summary} ${detail}`).join("\n")).toMatch(message);
    },
  );

  it("names nothing else", () => {
    const rows = new Set(diagnostics.map(({ address }) => address));
    expect(rows.size).toBe(refusals.length);
  });
});
