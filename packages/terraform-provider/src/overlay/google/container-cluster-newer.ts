import { type TypeOverlay } from "../../schema/overlay";
import { registryHosts, writableCgroups } from "./node-config";

/** Members of GKE clusters that are newer than the bindings. */
export const newerMembers: TypeOverlay["added"] = {
  autopilot_privileged_admission: {
    type: ["list", "string"],
    optional: true,
    computed: true,
    since: "7.27.0",
  },
  dataplane_optimization_mode: { type: "string", optional: true, forceNew: true, since: "7.38.0" },
  deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" },
  desired_emulated_version: { type: "string", optional: true, since: "7.42.0" },
  emulated_version: { type: "string", computed: true, since: "7.42.0" },
  ignore_node_count_changes: { type: "bool", optional: true, since: "7.38.0" },
  skip_node_pool_refresh: { type: "bool", optional: true, since: "7.38.0" },
  "addons_config.agent_sandbox_config": {
    nesting: "list",
    block: { attributes: { enabled: { type: "bool", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.39.0",
  },
  "addons_config.high_scale_checkpointing_config": {
    nesting: "list",
    block: { attributes: { enabled: { type: "bool", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.44.0",
  },
  "addons_config.lustre_csi_driver_config.disable_multi_nic": {
    type: "bool",
    optional: true,
    since: "7.28.0",
  },
  "addons_config.node_readiness_config": {
    nesting: "list",
    block: { attributes: { enabled: { type: "bool", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.42.0",
  },
  "addons_config.pod_snapshot_config": {
    nesting: "list",
    block: { attributes: { enabled: { type: "bool", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.33.0",
  },
  "addons_config.slice_controller_config": {
    nesting: "list",
    block: { attributes: { enabled: { type: "bool", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.20.0",
  },
  "addons_config.slurm_operator_config": {
    nesting: "list",
    block: { attributes: { enabled: { type: "bool", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.37.0",
  },
  autopilot_cluster_policy_config: {
    nesting: "list",
    block: {
      attributes: {
        no_standard_node_pools: { type: "bool", optional: true },
        no_system_impersonation: { type: "bool", optional: true },
        no_system_mutation: { type: "bool", optional: true },
        no_unsafe_webhooks: { type: "bool", optional: true },
      },
      blocks: {},
    },
    maxItems: 1,
    computed: true,
    since: "7.28.0",
  },
  "cluster_autoscaling.default_compute_class_enabled": { type: "bool", optional: true, since: "7.0.0" },
  "control_plane_endpoints_config.dns_endpoint_config.enable_k8s_certs_via_dns": {
    type: "bool",
    optional: true,
    since: "7.9.0",
  },
  "control_plane_endpoints_config.dns_endpoint_config.enable_k8s_tokens_via_dns": {
    type: "bool",
    optional: true,
    since: "7.9.0",
  },
  "fleet.membership_type": { type: "string", optional: true, since: "7.9.0" },
  "ip_allocation_policy.additional_ip_ranges_config.status": {
    type: "string",
    optional: true,
    since: "7.20.0",
  },
  "ip_allocation_policy.auto_ipam_config": {
    nesting: "list",
    block: { attributes: { enabled: { type: "bool", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.4.0",
  },
  "ip_allocation_policy.network_tier_config": {
    nesting: "list",
    block: { attributes: { network_tier: { type: "string", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.10.0",
  },
  "maintenance_policy.disruption_budget": {
    nesting: "list",
    block: {
      attributes: {
        last_disruption_time: { type: "string", computed: true },
        last_minor_version_disruption_time: { type: "string", computed: true },
        minor_version_disruption_interval: { type: "string", optional: true },
        patch_version_disruption_interval: { type: "string", optional: true },
      },
      blocks: {},
    },
    maxItems: 1,
    since: "7.24.0",
  },
  "maintenance_policy.maintenance_exclusion.exclusion_options.end_time_behavior": {
    type: "string",
    optional: true,
    since: "7.12.0",
  },
  "maintenance_policy.recurring_maintenance_window": {
    nesting: "list",
    block: {
      attributes: {
        recurrence: { type: "string", required: true },
        window_duration: { type: "string", required: true },
      },
      blocks: {
        delay_until: {
          nesting: "list",
          block: {
            attributes: {
              day: { type: "number", required: true },
              month: { type: "number", required: true },
              year: { type: "number", required: true },
            },
            blocks: {},
          },
          maxItems: 1,
        },
        window_start_time: {
          nesting: "list",
          block: {
            attributes: {
              hours: { type: "number", required: true },
              minutes: { type: "number", required: true },
              seconds: { type: "number", required: true },
            },
            blocks: {},
          },
          minItems: 1,
          maxItems: 1,
        },
      },
    },
    maxItems: 1,
    since: "7.40.0",
  },
  node_creation_config: {
    nesting: "list",
    block: { attributes: { node_creation_mode: { type: "string", required: true } }, blocks: {} },
    maxItems: 1,
    computed: true,
    since: "7.36.0",
  },
  "node_pool_auto_config.linux_node_config.node_kernel_module_loading": {
    nesting: "list",
    block: { attributes: { policy: { type: "string", optional: true } }, blocks: {} },
    maxItems: 1,
    since: "7.13.0",
  },
  "node_pool_defaults.node_config_defaults.containerd_config.registry_hosts": registryHosts,
  "node_pool_defaults.node_config_defaults.containerd_config.writable_cgroups": writableCgroups,
  rollback_safe_upgrade: {
    nesting: "list",
    block: {
      attributes: { control_plane_soak_duration: { type: "string", optional: true } },
      blocks: {},
    },
    maxItems: 1,
    since: "7.42.0",
  },
  "secret_manager_config.rotation_config": {
    nesting: "list",
    block: {
      attributes: {
        enabled: { type: "bool", required: true },
        rotation_interval: { type: "string", optional: true, computed: true },
      },
      blocks: {},
    },
    maxItems: 1,
    computed: true,
    since: "7.2.0",
  },
  secret_sync_config: {
    nesting: "list",
    block: {
      attributes: { enabled: { type: "bool", required: true } },
      blocks: {
        rotation_config: {
          nesting: "list",
          block: {
            attributes: {
              enabled: { type: "bool", required: true },
              rotation_interval: { type: "string", optional: true, computed: true },
            },
            blocks: {},
          },
          maxItems: 1,
          computed: true,
        },
      },
    },
    maxItems: 1,
    since: "7.33.0",
  },
  "user_managed_keys_config.control_plane_disk_encryption_key_versions": {
    type: ["set", "string"],
    computed: true,
    since: "7.23.0",
  },
};
