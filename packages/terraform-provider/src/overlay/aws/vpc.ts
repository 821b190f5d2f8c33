import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about VPCs, their address ranges, subnets and endpoints. */
export const vpc: Readonly<Record<string, TypeOverlay>> = {
  aws_vpc: {
    version: 1,
    computed: [
      "cidr_block",
      "enable_dns_hostnames",
      "enable_network_address_usage_metrics",
      "ipv6_cidr_block",
      "ipv6_cidr_block_network_border_group",
    ],
    forceNew: ["cidr_block", "instance_tenancy", "ipv4_ipam_pool_id", "ipv4_netmask_length"],
    defaults: { enable_dns_support: true, instance_tenancy: "default" },
    checks: {
      conflicts: {
        assign_generated_ipv6_cidr_block: ["ipv6_ipam_pool_id"],
        cidr_block: ["ipv4_netmask_length"],
      },
      requiredWith: {
        ipv4_netmask_length: ["ipv4_ipam_pool_id"],
        ipv6_cidr_block: ["ipv6_ipam_pool_id"],
        ipv6_cidr_block_network_border_group: ["assign_generated_ipv6_cidr_block"],
        ipv6_netmask_length: ["ipv6_ipam_pool_id"],
      },
      cidr: { cidr_block: { family: 4, min: 16, max: 28 }, ipv6_cidr_block: { family: 6 } },
      oneOf: { instance_tenancy: ["default", "dedicated"], ipv6_netmask_length: [44, 48, 52, 56, 60] },
      between: { ipv4_netmask_length: [16, 28] },
    },
  },
  aws_vpc_ipv4_cidr_block_association: {
    computed: ["cidr_block"],
    forceNew: ["cidr_block", "ipv4_ipam_pool_id", "ipv4_netmask_length", "vpc_id"],
    checks: {
      cidr: { cidr_block: { family: 4, min: 16, max: 28 } },
      between: { ipv4_netmask_length: [16, 28] },
    },
  },
  aws_vpc_ipv6_cidr_block_association: {
    computed: ["assign_generated_ipv6_cidr_block", "ipv6_cidr_block", "ipv6_pool"],
    forceNew: [
      "assign_generated_ipv6_cidr_block",
      "ipv6_cidr_block",
      "ipv6_ipam_pool_id",
      "ipv6_netmask_length",
      "ipv6_pool",
      "vpc_id",
    ],
    checks: {
      conflicts: {
        assign_generated_ipv6_cidr_block: [
          "ipv6_cidr_block",
          "ipv6_ipam_pool_id",
          "ipv6_netmask_length",
          "ipv6_pool",
        ],
        ipv6_cidr_block: ["ipv6_netmask_length"],
        ipv6_ipam_pool_id: ["ipv6_pool"],
      },
      cidr: { ipv6_cidr_block: { family: 6 } },
      forms: { ipv6_cidr_block: "canonical-network" },
      oneOf: { ipv6_netmask_length: [44, 48, 52, 56, 60] },
    },
  },
  aws_subnet: {
    version: 1,
    computed: [
      "availability_zone",
      "availability_zone_id",
      "cidr_block",
      "ipv6_cidr_block",
      "private_dns_hostname_type_on_launch",
    ],
    forceNew: [
      "availability_zone",
      "availability_zone_id",
      "cidr_block",
      "ipv6_native",
      "outpost_arn",
      "vpc_id",
    ],
    defaults: {
      assign_ipv6_address_on_creation: false,
      enable_dns64: false,
      enable_resource_name_dns_a_record_on_launch: false,
      enable_resource_name_dns_aaaa_record_on_launch: false,
      ipv6_native: false,
      map_public_ip_on_launch: false,
    },
    added: {
      ipv4_ipam_pool_id: { type: "string", optional: true, forceNew: true, since: "6.29.0" },
      ipv4_netmask_length: { type: "number", optional: true, forceNew: true, since: "6.29.0" },
      ipv6_ipam_pool_id: { type: "string", optional: true, forceNew: true, since: "6.29.0" },
      ipv6_netmask_length: { type: "number", optional: true, forceNew: true, since: "6.29.0" },
    },
    checks: {
      conflicts: {
        availability_zone: ["availability_zone_id"],
        ipv4_ipam_pool_id: ["customer_owned_ipv4_pool"],
        ipv4_netmask_length: ["cidr_block", "customer_owned_ipv4_pool"],
        ipv6_netmask_length: ["ipv6_cidr_block"],
      },
      requiredWith: {
        customer_owned_ipv4_pool: ["map_customer_owned_ip_on_launch", "outpost_arn"],
        map_customer_owned_ip_on_launch: ["customer_owned_ipv4_pool", "outpost_arn"],
        ipv4_netmask_length: ["ipv4_ipam_pool_id"],
        ipv6_netmask_length: ["ipv6_ipam_pool_id"],
      },
      cidr: { cidr_block: { family: 4 }, ipv6_cidr_block: { family: 6 } },
      arn: ["outpost_arn"],
      oneOf: {
        private_dns_hostname_type_on_launch: ["ip-name", "resource-name"],
        ipv6_netmask_length: [44, 48, 52, 56, 60, 64],
      },
      between: { ipv4_netmask_length: [16, 28] },
    },
  },
  aws_ec2_subnet_cidr_reservation: {
    forceNew: ["cidr_block", "description", "reservation_type", "subnet_id"],
    checks: { cidr: { cidr_block: {} }, oneOf: { reservation_type: ["prefix", "explicit"] } },
  },
  aws_ec2_tag: { forceNew: ["key", "resource_id"] },
  aws_vpc_endpoint: {
    suppress: { policy: "iam-policy" },
    normalize: { policy: "json" },
    computed: paths(`
    dns_options subnet_configuration
    ip_address_type policy private_dns_enabled route_table_ids security_group_ids service_region
    subnet_ids dns_options.dns_record_ip_type
  `),
    forceNew: [
      "resource_configuration_arn",
      "service_name",
      "service_network_arn",
      "service_region",
      "vpc_endpoint_type",
      "vpc_id",
    ],
    defaults: {
      vpc_endpoint_type: "Gateway",
    },
    added: {
      "dns_options.private_dns_preference": {
        type: "string",
        optional: true,
        computed: true,
        since: "6.40.0",
      },
      "dns_options.private_dns_specified_domains": {
        type: ["set", "string"],
        optional: true,
        computed: true,
        since: "6.40.0",
      },
    },
    checks: {
      conflicts: {
        resource_configuration_arn: ["service_name", "service_network_arn"],
        service_name: ["service_network_arn"],
      },
      oneOf: {
        ip_address_type: ["ipv4", "dualstack", "ipv6"],
        vpc_endpoint_type: ["Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"],
        "dns_options.dns_record_ip_type": ["ipv4", "dualstack", "ipv6", "service-defined"],
      },
      json: ["policy"],
      arn: ["resource_configuration_arn", "service_network_arn"],
    },
  },
};
