import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about routes, gateways and public addresses. */
export const routing: Readonly<Record<string, TypeOverlay>> = {
  aws_route_table: {
    computed: ["propagating_vgws", "route"],
    forceNew: ["vpc_id"],
    checks: { cidr: { "route.cidr_block": { family: 4 }, "route.ipv6_cidr_block": { family: 6 } } },
  },
  aws_route: {
    suppress: { destination_ipv6_cidr_block: "ipv6-network" },
    computed: ["network_interface_id"],
    forceNew: [
      "destination_cidr_block",
      "destination_ipv6_cidr_block",
      "destination_prefix_list_id",
      "route_table_id",
    ],
    added: { odb_network_arn: { type: "string", optional: true, since: "6.64.0" } },
    checks: {
      conflicts: {
        carrier_gateway_id: ["destination_ipv6_cidr_block"],
        destination_cidr_block: ["egress_only_gateway_id"],
        destination_prefix_list_id: ["vpc_endpoint_id"],
      },
      exactlyOneOf: [
        [
          "carrier_gateway_id",
          "core_network_arn",
          "egress_only_gateway_id",
          "gateway_id",
          "local_gateway_id",
          "nat_gateway_id",
          "network_interface_id",
          "transit_gateway_id",
          "vpc_endpoint_id",
          "vpc_peering_connection_id",
        ],
        ["destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"],
      ],
      cidr: { destination_cidr_block: { family: 4 }, destination_ipv6_cidr_block: { family: 6 } },
    },
  },
  aws_route_table_association: {
    forceNew: ["gateway_id", "subnet_id"],
    checks: { exactlyOneOf: [["gateway_id", "subnet_id"]] },
  },
  aws_main_route_table_association: {},
  aws_internet_gateway: { computed: ["vpc_id"] },
  aws_egress_only_internet_gateway: { forceNew: ["vpc_id"] },
  aws_nat_gateway: {
    computed: paths(`
    private_ip secondary_allocation_ids secondary_private_ip_address_count
    secondary_private_ip_addresses availability_mode vpc_id
    availability_zone_address.availability_zone_id
  `),
    forceNew: paths(`
    allocation_id connectivity_type private_ip secondary_private_ip_address_count subnet_id
    availability_mode vpc_id
  `),
    defaults: { connectivity_type: "public" },
    checks: {
      conflicts: { secondary_private_ip_address_count: ["secondary_private_ip_addresses"] },
      oneOf: { connectivity_type: ["private", "public"] },
      ipv4: ["private_ip"],
    },
  },
  aws_eip: {
    computed: [
      "domain",
      "instance",
      "ipam_pool_id",
      "network_border_group",
      "network_interface",
      "public_ipv4_pool",
    ],
    forceNew: ["address", "domain", "ipam_pool_id", "network_border_group", "public_ipv4_pool"],
    checks: { oneOf: { domain: ["vpc", "standard"] } },
  },
};
