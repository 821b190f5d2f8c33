import { cidrsIn } from "../../src/states";
import { stateWith } from "./example-states";

test.each<[string, Record<string, unknown>, readonly string[]]>([
  ["aws_vpc", { cidr_block: "10.224.0.0/24" }, ["network 10.224.0.0/24"]],
  ["aws_vpc_ipv4_cidr_block_association", { cidr_block: "100.80.0.0/22" }, ["network 100.80.0.0/22"]],
  ["aws_subnet", { cidr_block: "10.224.0.0/26", ipv6_cidr_block: "" }, ["network 10.224.0.0/26"]],
  ["aws_vpc_ipam_pool_cidr", { cidr: "10.224.0.0/16" }, ["pool 10.224.0.0/16"]],
  ["aws_vpc_ipam_pool_cidr_allocation", { cidr: "10.224.1.0/24" }, ["reservation 10.224.1.0/24"]],
  [
    "google_compute_subnetwork",
    {
      ip_cidr_range: "10.144.8.0/27",
      secondary_ip_range: [
        { range_name: "pods", ip_cidr_range: "10.144.4.0/22" },
        { range_name: "pods-2", ip_cidr_range: "10.144.16.0/22" },
      ],
    },
    ["network 10.144.8.0/27", "network 10.144.4.0/22", "network 10.144.16.0/22"],
  ],
  [
    "google_container_cluster",
    {
      cluster_ipv4_cidr: "10.144.4.0/22",
      ip_allocation_policy: [{ cluster_ipv4_cidr_block: "/22", services_ipv4_cidr_block: "34.118.224.0/20" }],
      private_cluster_config: [{ master_ipv4_cidr_block: "10.144.8.32/28" }],
      master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: "10.0.0.0/8" }] }],
    },
    ["network 10.144.4.0/22", "network 34.118.224.0/20", "network 10.144.8.32/28"],
  ],
  [
    "google_container_node_pool",
    { network_config: [{ pod_ipv4_cidr_block: "10.144.16.0/22" }] },
    ["network 10.144.16.0/22"],
  ],
  ["google_container_node_pool", { network_config: [{ pod_ipv4_cidr_block: "" }] }, []],
  [
    "google_network_connectivity_internal_range",
    { usage: "FOR_VPC", ip_cidr_range: "10.144.16.0/22" },
    ["reservation 10.144.16.0/22"],
  ],
  [
    "google_network_connectivity_internal_range",
    { usage: "EXTERNAL_TO_VPC", ip_cidr_range: "10.0.0.0/9" },
    [],
  ],
  [
    "google_compute_global_address",
    { address_type: "INTERNAL", address: "10.144.32.0", prefix_length: 20 },
    ["reservation 10.144.32.0/20"],
  ],
  ["aws_route", { destination_cidr_block: "10.0.0.0/8" }, []],
  ["constructor", { cidr_block: "10.0.0.0/8" }, []],
])("%s %j", (type, attributes, expected) => {
  const state = stateWith({ [`${type}.a`]: attributes, [`data.${type}.b`]: attributes });
  expect(cidrsIn(state).map(({ use, cidr }) => `${use} ${cidr}`)).toEqual(expected);
});

test("a CIDR that is none is an error, because the proof would lack it", () => {
  expect(() => cidrsIn(stateWith({ "aws_vpc.a": { cidr_block: "10.0.0.1/8" } }))).toThrow(
    'dev/stack: aws_vpc.a: the state has "10.0.0.1/8", which is not a CIDR',
  );
});
