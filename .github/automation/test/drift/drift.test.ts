import { type TerraformPlan, type TerraformResourceChange } from "@cluster-ipam/plan-report";
import { driftOf } from "../../src/drift/drift";
import { AUTOSCALER_OWNER_TAG } from "../../src/drift/tolerance";

type Values = Readonly<Record<string, unknown>> | null;

const drifted = (type: string, before: Values, after: Values) =>
  driftOf({
    ...{ format_version: "1.2", terraform_version: "1.11.4" },
    resource_drift: [
      { address: `${type}.a`, type, change: { actions: [after ? "update" : "delete"], before, after } },
    ] as unknown as TerraformResourceChange[],
  } satisfies TerraformPlan);

const range = (name: string) => ({ range_name: name, ip_cidr_range: "10.0.0.0/20" });
const subnetwork = (...ranges: readonly string[]) => ({
  secondary_ip_range: ranges.map(range),
  fingerprint: ranges.join(),
});
const autoIpam = (ranges: readonly string[]) => ({
  ip_allocation_policy: [{ auto_ipam_config: [{ enabled: true }], additional_ip_ranges_config: ranges }],
});
const subnet = (tags: object, map = true) => ({ tags, map_public_ip_on_launch: map });

test.each<[string, string, Values, Values]>([
  ["auto-ipam-cluster-ranges", "google_container_cluster", autoIpam([]), autoIpam(["gke-1"])],
  [
    "auto-ipam-secondary-ranges",
    "google_compute_subnetwork",
    subnetwork("pods"),
    subnetwork("pods", "gke-a-pods-1"),
  ],
  ["autoscaled-gke-nodes", "google_container_node_pool", { node_count: 1 }, { node_count: 3 }],
  [
    "autoscaled-eks-nodes",
    "aws_eks_node_group",
    { scaling_config: [{ min_size: 1, desired_size: 2 }] },
    { scaling_config: [{ min_size: 1, desired_size: 9 }] },
  ],
  ["autoscaler-subnets", "aws_subnet", subnet({ [AUTOSCALER_OWNER_TAG]: "prod" }), null],
  ["autoscaler-subnets-in-acl", "aws_network_acl", { subnet_ids: ["a"] }, { subnet_ids: ["b", "a"] }],
])("%s is not drift", (name, type, before, after) => {
  expect(drifted(type, before, after)).toEqual({
    resources: [],
    tolerated: [{ address: `${type}.a`, tolerances: [name] }],
  });
});

test.each<[string, string, Values, Values, readonly string[]]>([
  [
    "a removed range",
    "google_compute_subnetwork",
    subnetwork("pods", "gke-1"),
    subnetwork("pods"),
    ["fingerprint", "secondary_ip_range"],
  ],
  [
    "a range added by hand",
    "google_compute_subnetwork",
    subnetwork("pods"),
    subnetwork("pods", "mine"),
    ["fingerprint", "secondary_ip_range"],
  ],
  [
    "a range added by GKE while another is resized by hand",
    "google_compute_subnetwork",
    subnetwork("pods"),
    {
      ...subnetwork("gke-1"),
      secondary_ip_range: [{ ...range("pods"), ip_cidr_range: "10.0.0.0/8" }, range("gke-1")],
    },
    ["fingerprint", "secondary_ip_range"],
  ],
  [
    "more ranges without Auto IPAM",
    "google_container_cluster",
    { ip_allocation_policy: [{ x: [] }] },
    { ip_allocation_policy: [{ x: ["more"] }] },
    ["ip_allocation_policy"],
  ],
  [
    "a changed node-group limit",
    "aws_eks_node_group",
    { scaling_config: [{ max_size: 1 }] },
    { scaling_config: [{ max_size: 2 }] },
    ["scaling_config"],
  ],
  [
    "a changed subnet that the autoscaler does not own",
    "aws_subnet",
    subnet({}),
    subnet({}, false),
    ["map_public_ip_on_launch"],
  ],
  [
    "a subnet removed from its network ACL",
    "aws_network_acl",
    { subnet_ids: ["a", "b"] },
    { subnet_ids: ["b"] },
    ["subnet_ids"],
  ],
])("%s is drift", (_what, type, before, after, attributes) => {
  expect(drifted(type, before, after)).toEqual({
    resources: [{ address: `${type}.a`, kind: "changed", attributes }],
    tolerated: [],
  });
});

test("a deleted resource is drift, and a different empty value is not", () => {
  expect(drifted("aws_vpc", { id: "vpc-1" }, null).resources).toEqual([
    { address: "aws_vpc.a", kind: "deleted", attributes: [] },
  ]);
  expect(drifted("aws_vpc", { tags: null, name: "" }, { tags: {}, name: null })).toEqual({
    resources: [],
    tolerated: [],
  });
});
