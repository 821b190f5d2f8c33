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
])("%s is no drift", (name, type, before, after) => {
  expect(drifted(type, before, after)).toEqual({
    objects: [],
    tolerated: [{ address: `${type}.a`, tolerances: [name] }],
  });
});

test.each<[string, string, Values, Values, readonly string[]]>([
  [
    "a range that disappears",
    "google_compute_subnetwork",
    subnetwork("pods", "gke-1"),
    subnetwork("pods"),
    ["fingerprint", "secondary_ip_range"],
  ],
  [
    "a range that a person adds",
    "google_compute_subnetwork",
    subnetwork("pods"),
    subnetwork("pods", "mine"),
    ["fingerprint", "secondary_ip_range"],
  ],
  [
    "a range that GKE adds while a person resizes another",
    "google_compute_subnetwork",
    subnetwork("pods"),
    {
      ...subnetwork("gke-1"),
      secondary_ip_range: [{ ...range("pods"), ip_cidr_range: "10.0.0.0/8" }, range("gke-1")],
    },
    ["fingerprint", "secondary_ip_range"],
  ],
  [
    "more ranges where Auto IPAM is off",
    "google_container_cluster",
    { ip_allocation_policy: [{ x: [] }] },
    { ip_allocation_policy: [{ x: ["more"] }] },
    ["ip_allocation_policy"],
  ],
  [
    "another size of a node group",
    "aws_eks_node_group",
    { scaling_config: [{ max_size: 1 }] },
    { scaling_config: [{ max_size: 2 }] },
    ["scaling_config"],
  ],
  [
    "a subnet that is not the autoscaler's",
    "aws_subnet",
    subnet({}),
    subnet({}, false),
    ["map_public_ip_on_launch"],
  ],
  [
    "a subnet that leaves its network ACL",
    "aws_network_acl",
    { subnet_ids: ["a", "b"] },
    { subnet_ids: ["b"] },
    ["subnet_ids"],
  ],
])("%s is drift", (_what, type, before, after, attributes) => {
  expect(drifted(type, before, after)).toEqual({
    objects: [{ address: `${type}.a`, fate: "changed", attributes }],
    tolerated: [],
  });
});

test("what is gone is drift, and what is only empty in another way is none", () => {
  expect(drifted("aws_vpc", { id: "vpc-1" }, null).objects).toEqual([
    { address: "aws_vpc.a", fate: "gone", attributes: [] },
  ]);
  expect(drifted("aws_vpc", { tags: null, name: "" }, { tags: {}, name: null })).toEqual({
    objects: [],
    tolerated: [],
  });
});
