import { paths, type TypeOverlay } from "../../schema/overlay";

/** Members of a node pool, as a resource of its own and inline in a cluster. */
export const nodePool: TypeOverlay = {
  computed: paths(`
    initial_node_count max_pods_per_node name name_prefix node_count node_locations version
    autoscaling.location_policy management network_config network_config.enable_private_nodes
    network_config.pod_ipv4_cidr_block network_config.pod_range network_config.subnetwork
    network_config.additional_node_network_configs
    network_config.additional_node_network_configs.network
    network_config.additional_node_network_configs.subnetwork
    network_config.additional_pod_network_configs.max_pods_per_node
    network_config.pod_cidr_overprovision_config node_config upgrade_settings
    upgrade_settings.max_surge upgrade_settings.max_unavailable upgrade_settings.blue_green_settings
    upgrade_settings.blue_green_settings.node_pool_soak_duration
    upgrade_settings.blue_green_settings.standard_rollout_policy.batch_node_count
    upgrade_settings.blue_green_settings.standard_rollout_policy.batch_percentage
    upgrade_settings.blue_green_settings.standard_rollout_policy.batch_soak_duration
  `),
  forceNew: paths(`
    initial_node_count max_pods_per_node name name_prefix network_config.create_pod_range
    network_config.pod_ipv4_cidr_block network_config.pod_range network_config.subnetwork
    network_config.additional_node_network_configs
    network_config.additional_node_network_configs.network
    network_config.additional_node_network_configs.subnetwork
    network_config.additional_pod_network_configs
    network_config.additional_pod_network_configs.max_pods_per_node
    network_config.additional_pod_network_configs.secondary_pod_range
    network_config.additional_pod_network_configs.subnetwork
    network_config.pod_cidr_overprovision_config node_config placement_policy
    placement_policy.policy_name queued_provisioning queued_provisioning.enabled
  `),
  optional: ["network_config.subnetwork"],
  fractional: ["upgrade_settings.blue_green_settings.standard_rollout_policy.batch_percentage"],
  defaults: {
    "management.auto_repair": true,
    "management.auto_upgrade": true,
    "upgrade_settings.strategy": "SURGE",
  },
  added: {
    ignore_node_count_changes: { type: "bool", optional: true, since: "7.38.0" },
    maintenance_policy: {
      nesting: "list",
      block: {
        attributes: {},
        blocks: {
          exclusion_until_end_of_support: {
            nesting: "list",
            block: {
              attributes: {
                enabled: { type: "bool", optional: true },
                end_time: { type: "string", computed: true },
                start_time: { type: "string", computed: true },
              },
              blocks: {},
            },
          },
        },
      },
      since: "7.40.0",
    },
    "network_config.accelerator_network_profile": {
      type: "string",
      optional: true,
      forceNew: true,
      since: "7.31.0",
    },
    node_drain_config: {
      nesting: "list",
      block: {
        attributes: {
          grace_termination_duration: { type: "string", optional: true, since: "7.36.0" },
          pdb_timeout_duration: { type: "string", optional: true, since: "7.36.0" },
          respect_pdb_during_node_pool_deletion: { type: "bool", optional: true },
        },
        blocks: {},
      },
      computed: true,
      since: "7.17.0",
    },
  },
};
