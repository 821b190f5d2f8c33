import { each, paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about networks, subnetworks, NAT and internal ranges. */
export const network: Readonly<Record<string, TypeOverlay>> = {
  google_compute_address: {
    computed: paths(`
    address network_tier prefix_length project purpose region subnetwork
  `),
    forceNew: paths(`
    address address_type description ip_version ipv6_endpoint_type name network network_tier
    prefix_length project purpose region subnetwork
  `),
    defaults: { address_type: "EXTERNAL" },
    added: {
      address_id: { type: "string", computed: true, since: "7.32.0" },
      deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" },
      ip_collection: { type: "string", optional: true, forceNew: true, since: "7.17.0" },
    },
  },
  google_compute_firewall: {
    version: 1,
    identity: {
      "allow.ports": "any-order",
      "deny.ports": "any-order",
      "allow.protocol": "lower",
      "deny.protocol": "lower",
      source_ranges: "network",
    },
    computed: ["destination_ranges", "direction", "enable_logging", "project"],
    forceNew: ["direction", "name", "project", "params"],
    deprecated: ["enable_logging"],
    defaults: { priority: 1000 },
    added: { deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" } },
    checks: {
      conflicts: {
        source_service_accounts: ["source_tags", "target_tags"],
        source_tags: ["source_service_accounts", "target_service_accounts"],
        target_service_accounts: ["source_tags", "target_tags"],
        target_tags: ["source_service_accounts", "target_service_accounts"],
      },
      items: { source_service_accounts: [0, 10], target_service_accounts: [0, 10] },
      exactlyOneOf: [["allow", "deny"]],
    },
  },
  google_compute_network: {
    computed: paths(`
    bgp_always_compare_med bgp_best_path_selection_mode bgp_inter_region_cost internal_ipv6_range mtu
    project routing_mode
  `),
    forceNew: paths(`
    auto_create_subnetworks description internal_ipv6_range name network_profile project params
    params.resource_manager_tags
  `),
    deprecated: ["numeric_id"],
    defaults: {
      auto_create_subnetworks: true,
      delete_default_routes_on_create: false,
      network_firewall_policy_enforcement_order: "AFTER_CLASSIC_FIREWALL",
    },
    added: {
      delete_bgp_always_compare_med: { type: "bool", optional: true, default: false, since: "7.13.0" },
      deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" },
    },
    checks: { oneOf: { routing_mode: ["REGIONAL", "GLOBAL"] } },
  },
  google_compute_router: {
    computed: ["project", "region", "bgp.identifier_range"],
    forceNew: ["encrypted_interconnect_router", "name", "network", "project", "region"],
    optional: ["network"],
    sets: ["bgp.advertised_ip_ranges"],
    defaults: { "bgp.advertise_mode": "DEFAULT", "bgp.keepalive_interval": 20 },
    added: {
      deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" },
      ncc_gateway: { type: "string", optional: true, forceNew: true, since: "7.43.0" },
      params: {
        nesting: "list",
        block: {
          attributes: { resource_manager_tags: { type: ["map", "string"], optional: true } },
          blocks: {},
        },
        maxItems: 1,
        forceNew: true,
        since: "7.7.0",
      },
    },
    checks: { conflicts: { ncc_gateway: ["network"], network: ["ncc_gateway"] } },
  },
  google_compute_router_nat: {
    identity: each(
      `initial_nat_ips nat_ips nat64_subnetwork.name subnetwork.name rules.action.source_nat_active_ips
      rules.action.source_nat_active_ranges rules.action.source_nat_drain_ips
      rules.action.source_nat_drain_ranges`,
      "last-segment",
    ),
    computed: paths(`
    auto_network_tier drain_nat_ips enable_dynamic_port_allocation
    enable_endpoint_independent_mapping endpoint_types min_ports_per_vm nat_ips project region
    rules.action
  `),
    forceNew: paths(`
    endpoint_types initial_nat_ips name project region router type
  `),
    defaults: {
      icmp_idle_timeout_sec: 30,
      tcp_established_idle_timeout_sec: 1200,
      tcp_time_wait_timeout_sec: 120,
      tcp_transitory_idle_timeout_sec: 30,
      type: "PUBLIC",
      udp_idle_timeout_sec: 30,
    },
    added: { deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" } },
    checks: {
      items: { endpoint_types: [1, 0], "subnetwork.source_ip_ranges_to_nat": [1, 0] },
      conflicts: { initial_nat_ips: ["drain_nat_ips", "nat_ips"] },
    },
  },
  google_compute_shared_vpc_service_project: { forceNew: ["host_project", "service_project"] },
  google_compute_subnetwork: {
    computed: paths(`
    external_ipv6_prefix internal_ipv6_prefix ip_cidr_range private_ip_google_access
    private_ipv6_google_access project purpose region stack_type secondary_ip_range
    secondary_ip_range.ip_cidr_range
  `),
    forceNew: paths(`
    description external_ipv6_prefix internal_ipv6_prefix name network project region
    reserved_internal_range params params.resource_manager_tags
  `),
    optional: ["internal_ipv6_prefix"],
    fractional: ["log_config.flow_sampling"],
    deprecated: ["fingerprint"],
    removed: ["enable_flow_logs"],
    defaults: {
      "log_config.aggregation_interval": "INTERVAL_5_SEC",
      "log_config.filter_expr": "true",
      "log_config.flow_sampling": 0.5,
      "log_config.metadata": "INCLUDE_ALL_METADATA",
    },
    added: {
      allow_subnet_cidr_routes_overlap: { type: "bool", optional: true, computed: true, since: "7.20.0" },
      deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" },
      resolve_subnet_mask: { type: "string", optional: true, forceNew: true, since: "7.26.0" },
    },
    checks: {
      atLeastOneOf: [
        [
          "log_config.aggregation_interval",
          "log_config.filter_expr",
          "log_config.flow_sampling",
          "log_config.metadata",
        ],
      ],
    },
  },
  google_compute_subnetwork_iam_member: {
    suppress: { subnetwork: "self-link", member: "iam-principal" },
    checks: { forms: { member: "iam-member" } },
    computed: ["project", "region"],
    forceNew: paths(`
    member project region role subnetwork condition condition.description condition.expression
    condition.title
  `),
  },
  google_network_connectivity_internal_range: {
    computed: ["ip_cidr_range", "project"],
    forceNew: paths(`
    immutable name project allocation_options allocation_options.allocation_strategy
    allocation_options.first_available_ranges_lookup_size migration
  `),
    added: { deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" } },
  },
};
