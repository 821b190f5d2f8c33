import { type Providers, serveProviders } from "../src/sandbox";
import { OpenCloud } from "./open-cloud";
import { providers, type ResourceChange, Workspace } from "./workspace";

type Expected = "in place" | "replaced" | "nothing";

const pool = (more: string) => `address_family = "ipv4"\n ipam_scope_id = "ipam-scope-1"\n ${more}`;
const cluster = (more: string) =>
  `name = "c"\n role_arn = "arn:aws:iam::123456789012:role/r"\n ${more}\n vpc_config { subnet_ids = ["subnet-1", "subnet-2"] }`;
const group = (subnet: string, size: number) =>
  `cluster_name = "c"\n node_role_arn = "r"\n subnet_ids = ["${subnet}"]\n scaling_config {\n desired_size = ${size}\n max_size = 9\n min_size = 1\n }`;
const gke = (policy: string, more = "") =>
  `name = "g"\n location = "europe-west1"\n initial_node_count = 1\n ${more}\n ip_allocation_policy {\n ${policy}\n }`;
const subnetwork = (more: string) => `name = "s"\n network = "n"\n ${more}`;
const range = (name: string, cidr: string) =>
  `secondary_ip_range {\n range_name = "${name}"\n ip_cidr_range = "${cidr}"\n }`;
const env = (name: string, value: string, kind = "DaemonSet") =>
  `api_version = "apps/v1"\n kind = "${kind}"\n container = "aws-node"\n metadata {\n name = "${name}"\n namespace = "kube-system"\n }\n env {\n name = "A"\n value = "${value}"\n }`;
const configMap = (value: string, immutable = false) =>
  `immutable = ${immutable}\n metadata {\n name = "m"\n namespace = "kube-system"\n }\n data = { a = "${value}" }`;
const nodePool = (more: string) => `cluster = "g"\n node_count = 1\n ${more}`;
const pair = (allocated: boolean) =>
  allocated ? `additional_ip_ranges_config {\n subnetwork = "extra"\n }` : "";

// [type, before, after, what the real provider plans, the argument that decides]
const table: readonly [type: string, before: string, after: string, expected: Expected, decides: string][] = [
  ["aws_vpc", `cidr_block = "10.0.0.0/16"`, `cidr_block = "10.1.0.0/16"`, "replaced", "cidr_block"],
  [
    "aws_vpc",
    `cidr_block = "10.0.0.0/16"`,
    `cidr_block = "10.0.0.0/16"\n enable_dns_hostnames = true`,
    "in place",
    "enable_dns_hostnames",
  ],
  [
    "aws_vpc",
    `cidr_block = "10.0.0.0/16"\n instance_tenancy = "dedicated"`,
    `cidr_block = "10.0.0.0/16"\n instance_tenancy = "default"`,
    "in place",
    "instance_tenancy",
  ],
  [
    "aws_vpc",
    `cidr_block = "10.0.0.0/16"\n instance_tenancy = "default"`,
    `cidr_block = "10.0.0.0/16"\n instance_tenancy = "dedicated"`,
    "replaced",
    "instance_tenancy",
  ],
  [
    "aws_vpc",
    `cidr_block = "10.0.0.0/16"\n tags = { a = "1" }`,
    `cidr_block = "10.0.0.0/16"\n tags = { a = "2" }`,
    "in place",
    "tags_all",
  ],
  [
    "aws_vpc",
    `cidr_block = "10.0.0.0/16"`,
    `cidr_block = "10.0.0.0/16"\n region = "us-east-1"`,
    "replaced",
    "region",
  ],
  ["aws_vpc_ipam_pool", pool(`locale = "eu-west-1"`), pool(""), "replaced", "locale"],
  [
    "aws_vpc_ipam_pool",
    pool(""),
    pool("allocation_min_netmask_length = 16"),
    "in place",
    "allocation_min_netmask_length",
  ],
  [
    "aws_vpc_ipam_pool",
    pool(
      `source_resource {\n resource_id = "vpc-1"\n resource_owner = "123456789012"\n resource_region = "eu-west-1"\n resource_type = "vpc"\n }`,
    ),
    pool(
      `source_resource {\n resource_id = "vpc-2"\n resource_owner = "123456789012"\n resource_region = "eu-west-1"\n resource_type = "vpc"\n }`,
    ),
    "replaced",
    "source_resource",
  ],
  ["aws_vpc_ipam_scope", `ipam_id = "ipam-1"`, `ipam_id = "ipam-2"`, "in place", "ipam_id"],
  [
    "aws_subnet",
    `vpc_id = "v"\n cidr_block = "10.0.0.0/24"`,
    `vpc_id = "v"\n cidr_block = "10.0.1.0/24"`,
    "replaced",
    "cidr_block",
  ],
  [
    "aws_subnet",
    `vpc_id = "v"\n cidr_block = "10.0.0.0/24"`,
    `vpc_id = "v"\n cidr_block = "10.0.0.0/24"\n map_public_ip_on_launch = true`,
    "in place",
    "map_public_ip_on_launch",
  ],
  [
    "aws_subnet",
    `vpc_id = "v"\n cidr_block = "10.0.0.0/24"`,
    `vpc_id = "v"\n cidr_block = "10.0.0.0/24"\n ipv4_ipam_pool_id = "p"`,
    "replaced",
    "ipv4_ipam_pool_id",
  ],
  ["aws_eks_cluster", cluster(`version = "1.33"`), cluster(`version = "1.34"`), "in place", "version"],
  [
    "aws_eks_cluster",
    cluster(""),
    cluster(`encryption_config {\n resources = ["secrets"]\n provider { key_arn = "k" }\n }`),
    "in place",
    "encryption_config",
  ],
  [
    "aws_eks_cluster",
    cluster(`encryption_config {\n resources = ["secrets"]\n provider { key_arn = "k" }\n }`),
    cluster(""),
    "replaced",
    "encryption_config",
  ],
  ["aws_eks_node_group", group("subnet-1", 1), group("subnet-2", 1), "replaced", "subnet_ids"],
  ["aws_eks_node_group", group("subnet-1", 1), group("subnet-1", 2), "in place", "scaling_config"],
  [
    "aws_launch_template",
    `name = "lt-a"\n user_data = "YQ=="`,
    `name = "lt-a"\n user_data = "Yg=="`,
    "in place",
    "latest_version",
  ],
  ["aws_route_table", `vpc_id = "v"`, `vpc_id = "w"`, "replaced", "vpc_id"],
  [
    "aws_route_table",
    `vpc_id = "v"\n route {\n cidr_block = "0.0.0.0/0"\n gateway_id = "igw-1"\n }`,
    `vpc_id = "v"\n route {\n cidr_block = "0.0.0.0/0"\n gateway_id = "igw-2"\n }`,
    "in place",
    "route",
  ],
  [
    "aws_security_group",
    `ingress {\n from_port = 443\n to_port = 443\n protocol = "tcp"\n cidr_blocks = ["10.0.0.0/8"]\n }`,
    `ingress {\n from_port = 443\n to_port = 443\n protocol = "tcp"\n cidr_blocks = ["172.16.0.0/12"]\n }`,
    "in place",
    "ingress",
  ],
  [
    "aws_iam_role",
    `assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })`,
    `assume_role_policy = "{ \\"Statement\\": [], \\"Version\\": \\"2012-10-17\\" }"`,
    "nothing",
    "",
  ],
  [
    "google_compute_subnetwork",
    subnetwork(`ip_cidr_range = "10.0.0.0/20"`),
    subnetwork(`ip_cidr_range = "10.0.0.0/19"`),
    "in place",
    "ip_cidr_range",
  ],
  [
    "google_compute_subnetwork",
    subnetwork(`ip_cidr_range = "10.0.0.0/20"`),
    subnetwork(`ip_cidr_range = "10.0.16.0/20"`),
    "replaced",
    "ip_cidr_range",
  ],
  [
    "google_compute_subnetwork",
    subnetwork(`ip_cidr_range = "10.0.0.0/20"\n ${range("a", "10.1.0.0/20")}`),
    subnetwork(`ip_cidr_range = "10.0.0.0/20"`),
    "nothing",
    "",
  ],
  [
    "google_compute_subnetwork",
    subnetwork(`ip_cidr_range = "10.0.0.0/20"\n ${range("a", "10.1.0.0/20")}\n ${range("b", "10.2.0.0/20")}`),
    subnetwork(`ip_cidr_range = "10.0.0.0/20"\n ${range("b", "10.2.0.0/20")}\n ${range("a", "10.1.0.0/20")}`),
    "nothing",
    "",
  ],
  [
    "google_compute_subnetwork",
    subnetwork(`ip_cidr_range = "10.0.0.0/20"\n ${range("a", "10.1.0.0/20")}`),
    subnetwork(`ip_cidr_range = "10.0.0.0/20"\n ${range("a", "10.1.0.0/20")}\n ${range("b", "10.2.0.0/20")}`),
    "in place",
    "secondary_ip_range",
  ],
  [
    "google_container_cluster",
    gke("auto_ipam_config { enabled = true }"),
    gke("auto_ipam_config { enabled = false }"),
    "in place",
    "ip_allocation_policy",
  ],
  ["google_container_cluster", gke("auto_ipam_config { enabled = true }"), gke(""), "nothing", ""],
  ["google_container_cluster", gke(pair(true)), gke(""), "in place", "ip_allocation_policy"],
  [
    "google_container_cluster",
    gke(`cluster_ipv4_cidr_block = "/17"`),
    gke(`cluster_ipv4_cidr_block = "/16"`),
    "replaced",
    "ip_allocation_policy",
  ],
  [
    "google_container_cluster",
    gke("", "default_max_pods_per_node = 64"),
    gke("", "default_max_pods_per_node = 32"),
    "replaced",
    "default_max_pods_per_node",
  ],
  [
    "google_container_cluster",
    gke("", "enable_l4_ilb_subsetting = true"),
    gke("", "enable_l4_ilb_subsetting = false"),
    "replaced",
    "enable_l4_ilb_subsetting",
  ],
  [
    "google_container_node_pool",
    nodePool("max_pods_per_node = 64"),
    nodePool("max_pods_per_node = 32"),
    "replaced",
    "max_pods_per_node",
  ],
  [
    "google_container_node_pool",
    nodePool(`network_config { subnetwork = "a" }`),
    nodePool(`network_config { subnetwork = "b" }`),
    "replaced",
    "network_config",
  ],
  [
    "google_network_connectivity_internal_range",
    `name = "r"\n network = "a"\n usage = "FOR_VPC"\n peering = "FOR_SELF"\n ip_cidr_range = "10.0.0.0/16"`,
    `name = "r"\n network = "b"\n usage = "FOR_VPC"\n peering = "FOR_SELF"\n ip_cidr_range = "10.0.0.0/16"`,
    "in place",
    "network",
  ],
  ["kubernetes_env", env("aws-node", "1"), env("aws-node", "2"), "in place", "env"],
  ["kubernetes_env", env("aws-node", "1"), env("other", "1"), "replaced", "metadata"],
  ["kubernetes_env", env("aws-node", "1"), env("aws-node", "1", "Deployment"), "in place", "kind"],
  ["kubernetes_config_map_v1", configMap("1"), configMap("2"), "in place", "data"],
  ["kubernetes_config_map_v1", configMap("1", true), configMap("2", true), "replaced", "data"],
];

const configuration = (column: 1 | 2): string =>
  providers + table.map((row, i) => `resource "${row[0]}" "row_${i}" {\n ${row[column]}\n}\n`).join("");

const verdict = ({ actions }: ResourceChange["change"]): Expected => {
  if (actions.includes("delete")) return "replaced";
  return actions.includes("update") ? "in place" : "nothing";
};

describe("a change after apply", () => {
  let sandbox: Providers;
  let workspace: Workspace;
  let unchanged: ReadonlyMap<string, ResourceChange["change"]>;
  let changes: ReadonlyMap<string, ResourceChange["change"]>;

  beforeAll(async () => {
    sandbox = await serveProviders(new OpenCloud(), []);
    workspace = new Workspace(sandbox).write(configuration(1));
    await workspace.apply();
    unchanged = await workspace.plan();
    changes = await workspace.write(configuration(2)).plan();
  }, 60_000);

  afterAll(async () => {
    workspace.remove();
    await sandbox.stop();
  });

  it("is not planned without one in the configuration", () => {
    const changed = [...unchanged].filter(([, change]) => verdict(change) !== "nothing");
    expect(changed.map(([address]) => address)).toEqual([]);
  });

  test.each(table.map(([type, , , expected, decides], row) => [row, type, decides, expected] as const))(
    "%i: %s.%s: %s",
    (row, type, decides, expected) => {
      const change = changes.get(`${type}.row_${row}`)!;
      expect(verdict(change)).toBe(expected);
      if (expected === "replaced")
        expect((change.replace_paths ?? []).map(([first]) => first)).toContain(decides);
      if (expected === "in place") expect(differing(change)).toContain(decides);
    },
  );
});

const differing = ({ before, after, after_unknown: open }: ResourceChange["change"]): readonly string[] =>
  Object.keys({ ...before, ...after, ...open }).filter(
    (name) => open[name] === true || JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
