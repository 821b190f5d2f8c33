import { ec2ResourceTypes } from "./ec2-resource-types";
import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about EC2 launch templates. */
export const launchTemplate: Readonly<Record<string, TypeOverlay>> = {
  aws_launch_template: {
    fractional: [
      "instance_requirements.memory_gib_per_vcpu.max",
      "instance_requirements.memory_gib_per_vcpu.min",
    ],
    computed: paths(`
    metadata_options
    default_version name name_prefix block_device_mappings.ebs.iops
    block_device_mappings.ebs.throughput block_device_mappings.ebs.volume_initialization_rate
    block_device_mappings.ebs.volume_size block_device_mappings.ebs.volume_type
    instance_market_options.spot_options.valid_until metadata_options.http_endpoint
    metadata_options.http_protocol_ipv6 metadata_options.http_put_response_hop_limit
    metadata_options.http_tokens metadata_options.instance_metadata_tags
  `),
    forceNew: ["name", "name_prefix"],
    added: {
      "cpu_options.nested_virtualization": { type: "string", optional: true, since: "6.33.0" },
      "network_interfaces.ena_queue_count": { type: "number", optional: true, since: "6.64.0" },
      network_performance_options: {
        nesting: "list",
        block: { attributes: { bandwidth_weighting: { type: "string", optional: true } }, blocks: {} },
        maxItems: 1,
        since: "6.29.0",
      },
      secondary_interfaces: {
        nesting: "list",
        block: {
          attributes: {
            delete_on_termination: { type: "bool", optional: true },
            device_index: { type: "number", optional: true },
            interface_type: { type: "string", optional: true },
            network_card_index: { type: "number", optional: true },
            private_ip_address_count: { type: "number", optional: true },
            private_ip_addresses: { type: ["set", "string"], optional: true },
            secondary_subnet_id: { type: "string", optional: true },
          },
          blocks: {},
        },
        since: "6.33.0",
      },
    },
    checks: {
      conflicts: {
        default_version: ["update_default_version"],
        instance_requirements: ["instance_type"],
        name: ["name_prefix"],
        security_group_names: ["vpc_security_group_ids"],
        "iam_instance_profile.arn": ["iam_instance_profile.name"],
        "placement.host_resource_group_arn": ["placement.host_id"],
        "capacity_reservation_specification.capacity_reservation_target.capacity_reservation_id": [
          "capacity_reservation_specification.capacity_reservation_target.capacity_reservation_resource_group_arn",
        ],
        "instance_requirements.allowed_instance_types": ["instance_requirements.excluded_instance_types"],
      },
      between: {
        default_version: [1, null],
        "block_device_mappings.ebs.throughput": [125, 1000],
        "block_device_mappings.ebs.volume_initialization_rate": [100, 300],
        "instance_requirements.max_spot_price_as_percentage_of_optimal_on_demand_price": [1, null],
        "instance_requirements.on_demand_max_price_percentage_over_lowest_price": [1, null],
        "instance_requirements.spot_max_price_percentage_over_lowest_price": [1, null],
        "instance_requirements.accelerator_count.max": [0, null],
        "instance_requirements.accelerator_count.min": [1, null],
        "instance_requirements.accelerator_total_memory_mib.max": [1, null],
        "instance_requirements.accelerator_total_memory_mib.min": [1, null],
        "instance_requirements.baseline_ebs_bandwidth_mbps.max": [1, null],
        "instance_requirements.baseline_ebs_bandwidth_mbps.min": [1, null],
        "instance_requirements.memory_mib.max": [1, null],
        "instance_requirements.memory_mib.min": [1, null],
        "instance_requirements.network_interface_count.max": [1, null],
        "instance_requirements.network_interface_count.min": [1, null],
        "instance_requirements.vcpu_count.max": [1, null],
        "instance_requirements.vcpu_count.min": [1, null],
        "metadata_options.http_put_response_hop_limit": [1, 64],
        "network_interfaces.connection_tracking_specification.tcp_established_timeout": [60, 432000],
        "network_interfaces.connection_tracking_specification.udp_stream_timeout": [60, 180],
        "network_interfaces.connection_tracking_specification.udp_timeout": [30, 60],
      },
      length: { description: [0, 255], name: [3, 125], name_prefix: [3, 99] },
      oneOf: {
        "tag_specifications.resource_type": ec2ResourceTypes,
        instance_initiated_shutdown_behavior: ["stop", "terminate"],
        "block_device_mappings.ebs.volume_type": ["standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"],
        "capacity_reservation_specification.capacity_reservation_preference": [
          "capacity-reservations-only",
          "open",
          "none",
        ],
        "cpu_options.amd_sev_snp": ["enabled", "disabled"],
        "credit_specification.cpu_credits": ["standard", "unlimited"],
        "instance_market_options.market_type": ["spot", "capacity-block"],
        "instance_market_options.spot_options.instance_interruption_behavior": [
          "hibernate",
          "stop",
          "terminate",
        ],
        "instance_market_options.spot_options.spot_instance_type": ["one-time", "persistent"],
        "instance_requirements.accelerator_manufacturers": [
          "amazon-web-services",
          "amd",
          "nvidia",
          "xilinx",
          "habana",
        ],
        "instance_requirements.accelerator_names": [
          "a100",
          "inferentia",
          "k520",
          "k80",
          "m60",
          "radeon-pro-v520",
          "t4",
          "vu9p",
          "v100",
          "a10g",
          "h100",
          "t4g",
        ],
        "instance_requirements.accelerator_types": ["gpu", "fpga", "inference"],
        "instance_requirements.bare_metal": ["included", "required", "excluded"],
        "instance_requirements.burstable_performance": ["included", "required", "excluded"],
        "instance_requirements.cpu_manufacturers": ["intel", "amd", "amazon-web-services", "apple"],
        "instance_requirements.instance_generations": ["current", "previous"],
        "instance_requirements.local_storage": ["included", "required", "excluded"],
        "instance_requirements.local_storage_types": ["hdd", "ssd"],
        "maintenance_options.auto_recovery": ["default", "disabled"],
        "metadata_options.http_endpoint": ["disabled", "enabled"],
        "metadata_options.http_protocol_ipv6": ["disabled", "enabled"],
        "metadata_options.http_tokens": ["optional", "required"],
        "metadata_options.instance_metadata_tags": ["disabled", "enabled"],
        "network_interfaces.interface_type": ["efa", "efa-only", "interface"],
        "placement.tenancy": ["default", "dedicated", "host"],
        "private_dns_name_options.hostname_type": ["ip-name", "resource-name"],
        ebs_optimized: ["", "true", "false"],
        "block_device_mappings.ebs.delete_on_termination": ["", "true", "false"],
        "block_device_mappings.ebs.encrypted": ["", "true", "false"],
        "network_interfaces.associate_carrier_ip_address": ["", "true", "false"],
        "network_interfaces.associate_public_ip_address": ["", "true", "false"],
        "network_interfaces.delete_on_termination": ["", "true", "false"],
        "network_interfaces.primary_ipv6": ["", "true", "false"],
      },
      arn: paths(`
    block_device_mappings.ebs.kms_key_id
    capacity_reservation_specification.capacity_reservation_target.capacity_reservation_resource_group_arn
    iam_instance_profile.arn license_specification.license_configuration_arn
    placement.host_resource_group_arn
  `),
      time: ["instance_market_options.spot_options.valid_until"],
      ipv4: ["network_interfaces.ipv4_addresses", "network_interfaces.private_ip_address"],
      cidr: { "network_interfaces.ipv4_prefixes": {}, "network_interfaces.ipv6_prefixes": {} },
      matches: { name: "^[0-9A-Za-z()./_-]+$", name_prefix: "^[0-9A-Za-z()./_-]+$" },
    },
  },
};
