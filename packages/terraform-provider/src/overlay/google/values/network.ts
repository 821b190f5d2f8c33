import { type TypeOverlay } from "../../../schema/overlay";

/** Values that networks, subnetworks, NAT and internal ranges accept, and spellings that mean the same. */
export const networkValues: Readonly<Record<string, TypeOverlay>> = {
  google_compute_network: {
    checks: {
      forms: {
        name: "compute-name",
      },
      oneOf: {
        network_firewall_policy_enforcement_order: ["BEFORE_CLASSIC_FIREWALL", "AFTER_CLASSIC_FIREWALL", ""],
        bgp_best_path_selection_mode: ["LEGACY", "STANDARD", ""],
        bgp_inter_region_cost: ["DEFAULT", "ADD_COST_TO_MED", ""],
        routing_mode: ["REGIONAL", "GLOBAL", ""],
      },
    },
    suppress: {
      network_profile: "self-link-path",
    },
  },
  google_compute_subnetwork: {
    checks: {
      forms: {
        name: "compute-name",
        "secondary_ip_range.range_name": "compute-name",
      },
      cidr: {
        internal_ipv6_prefix: {
          hostBits: true,
        },
        ip_cidr_range: {
          hostBits: true,
        },
        "secondary_ip_range.ip_cidr_range": {
          hostBits: true,
        },
      },
      oneOf: {
        ipv6_access_type: ["EXTERNAL", "INTERNAL", ""],
        "log_config.aggregation_interval": [
          "INTERVAL_5_SEC",
          "INTERVAL_30_SEC",
          "INTERVAL_1_MIN",
          "INTERVAL_5_MIN",
          "INTERVAL_10_MIN",
          "INTERVAL_15_MIN",
          "",
        ],
        "log_config.metadata": ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA", "CUSTOM_METADATA", ""],
        resolve_subnet_mask: [
          "ARP_ALL_RANGES",
          "ARP_PRIMARY_RANGE",
          "ARP_BROADCAST_PRIMARY_RANGE",
          "ARP_BROADCAST_PRIMARY_RANGE_WITH_LEARNING",
          "",
        ],
        role: ["ACTIVE", "BACKUP", ""],
        stack_type: ["IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY", ""],
      },
    },
    suppress: {
      network: "self-link",
      internal_ipv6_prefix: "same-address",
      ip_collection: "self-link",
      region: "self-link",
      reserved_internal_range: "self-link",
      "secondary_ip_range.reserved_internal_range": "self-link",
    },
  },
  google_compute_router: {
    checks: {
      forms: {
        name: "compute-name",
        "bgp.asn": "private-asn",
      },
      oneOf: {
        "bgp.advertise_mode": ["DEFAULT", "CUSTOM", ""],
      },
    },
    suppress: {
      ncc_gateway: "self-link",
      network: "self-link",
      region: "self-link",
    },
  },
  google_compute_router_nat: {
    checks: {
      length: {
        name: [2, 63],
      },
      forms: {
        name: "rfc1035-name",
      },
      oneOf: {
        source_subnetwork_ip_ranges_to_nat: [
          "ALL_SUBNETWORKS_ALL_IP_RANGES",
          "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
          "LIST_OF_SUBNETWORKS",
        ],
        auto_network_tier: ["PREMIUM", "STANDARD", ""],
        "log_config.filter": ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"],
        nat_ip_allocate_option: ["MANUAL_ONLY", "AUTO_ONLY", ""],
        source_subnetwork_ip_ranges_to_nat64: ["ALL_IPV6_SUBNETWORKS", "LIST_OF_IPV6_SUBNETWORKS", ""],
        type: ["PUBLIC", "PRIVATE", ""],
      },
      between: {
        "rules.rule_number": [0, 65000],
      },
    },
    suppress: {
      router: "self-link",
      drain_nat_ips: "element-link",
      initial_nat_ips: "element-link",
      "nat64_subnetwork.name": "self-link",
      nat_ips: "element-link",
      region: "self-link",
      "rules.action.source_nat_active_ips": "element-link",
      "rules.action.source_nat_active_ranges": "element-link",
      "rules.action.source_nat_drain_ips": "element-link",
      "rules.action.source_nat_drain_ranges": "element-link",
      "subnetwork.name": "self-link",
    },
  },
  google_compute_firewall: {
    checks: {
      forms: {
        name: "compute-name",
      },
      oneOf: {
        direction: ["INGRESS", "EGRESS", ""],
        "log_config.metadata": ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA"],
      },
      between: {
        priority: [0, 65535],
      },
    },
    suppress: {
      network: "self-link",
      "allow.protocol": "case",
      "deny.protocol": "case",
      log_config: "logging-enabled",
      source_ranges: "default-source-range",
    },
  },
  google_compute_address: {
    checks: {
      forms: {
        name: "compute-name",
      },
      oneOf: {
        address_type: ["INTERNAL", "EXTERNAL", ""],
        ip_version: ["IPV4", "IPV6", ""],
        ipv6_endpoint_type: ["VM", "NETLB", ""],
        network_tier: ["PREMIUM", "STANDARD", ""],
      },
    },
    suppress: {
      ip_collection: "self-link-path",
      ip_version: "default IPV4",
      network: "self-link",
      region: "self-link",
      subnetwork: "self-link",
    },
  },
  google_compute_shared_vpc_service_project: {
    checks: {
      oneOf: {
        deletion_policy: ["ABANDON", ""],
      },
    },
  },
  google_network_connectivity_internal_range: {
    checks: {
      oneOf: {
        peering: ["FOR_SELF", "FOR_PEER", "NOT_SHARED"],
        usage: ["FOR_VPC", "EXTERNAL_TO_VPC", "FOR_MIGRATION"],
        "allocation_options.allocation_strategy": [
          "RANDOM",
          "FIRST_AVAILABLE",
          "RANDOM_FIRST_N_AVAILABLE",
          "FIRST_SMALLEST_FITTING",
          "",
        ],
        overlaps: ["OVERLAP_ROUTE_RANGE", "OVERLAP_EXISTING_SUBNET_RANGE"],
      },
      between: {
        "allocation_options.first_available_ranges_lookup_size": [1, null],
      },
    },
    suppress: {
      network: "self-link",
    },
  },
};
