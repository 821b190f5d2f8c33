import { combine, paths, type TypeOverlay, under } from "../../schema/overlay";
import { newerMembers } from "./container-cluster-newer";
import { nodeConfig } from "./node-config";
import { nodePool } from "./node-pool";
import { nodeValues } from "./values/node";
import { nodePoolValues } from "./values/node-pool";

/** Facts about GKE clusters. */
export const containerCluster: Readonly<Record<string, TypeOverlay>> = {
  google_container_cluster: combine(
    {
      computed: paths(`
    cluster_ipv4_cidr datapath_provider default_max_pods_per_node enable_intranode_visibility
    enable_l4_ilb_subsetting location logging_service monitoring_service networking_mode
    node_locations node_version private_ipv6_google_access project subnetwork addons_config
    addons_config.cloudrun_config addons_config.config_connector_config
    addons_config.dns_cache_config addons_config.gce_persistent_disk_csi_driver_config
    addons_config.gcp_filestore_csi_driver_config addons_config.gcs_fuse_csi_driver_config
    addons_config.gke_backup_agent_config addons_config.horizontal_pod_autoscaling
    addons_config.http_load_balancing addons_config.lustre_csi_driver_config
    addons_config.network_policy_config addons_config.parallelstore_csi_driver_config
    addons_config.ray_operator_config addons_config.ray_operator_config.ray_cluster_logging_config
    addons_config.ray_operator_config.ray_cluster_monitoring_config addons_config.stateful_ha_config
    anonymous_authentication_config authenticator_groups_config binary_authorization.evaluation_mode
    cluster_autoscaling cluster_autoscaling.auto_provisioning_locations cluster_autoscaling.enabled
    cluster_autoscaling.auto_provisioning_defaults
    cluster_autoscaling.auto_provisioning_defaults.oauth_scopes
    cluster_autoscaling.auto_provisioning_defaults.management
    cluster_autoscaling.auto_provisioning_defaults.management.auto_repair
    cluster_autoscaling.auto_provisioning_defaults.management.auto_upgrade
    cluster_autoscaling.auto_provisioning_defaults.upgrade_settings
    cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.strategy
    cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings
    cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings.node_pool_soak_duration
    cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings.standard_rollout_policy
    cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings.standard_rollout_policy.batch_node_count
    cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings.standard_rollout_policy.batch_percentage
    cluster_autoscaling.resource_limits confidential_nodes control_plane_endpoints_config
    control_plane_endpoints_config.dns_endpoint_config
    control_plane_endpoints_config.dns_endpoint_config.endpoint
    control_plane_endpoints_config.ip_endpoints_config cost_management_config database_encryption
    default_snat_status enterprise_config enterprise_config.desired_tier gateway_api_config
    gke_auto_upgrade_config identity_service_config ip_allocation_policy
    ip_allocation_policy.cluster_ipv4_cidr_block ip_allocation_policy.cluster_secondary_range_name
    ip_allocation_policy.services_ipv4_cidr_block ip_allocation_policy.services_secondary_range_name
    ip_allocation_policy.pod_cidr_overprovision_config logging_config master_auth
    master_authorized_networks_config
    master_authorized_networks_config.gcp_public_cidrs_access_enabled
    master_authorized_networks_config.private_endpoint_enforcement_enabled mesh_certificates
    monitoring_config monitoring_config.enable_components
    monitoring_config.advanced_datapath_observability_config monitoring_config.managed_prometheus
    monitoring_config.managed_prometheus.auto_monitoring_config node_config node_pool
    node_pool_auto_config node_pool_auto_config.linux_node_config.cgroup_mode
    node_pool_auto_config.node_kubelet_config
    node_pool_auto_config.node_kubelet_config.insecure_kubelet_readonly_port_enabled
    node_pool_defaults node_pool_defaults.node_config_defaults.insecure_kubelet_readonly_port_enabled
    node_pool_defaults.node_config_defaults.logging_variant
    node_pool_defaults.node_config_defaults.containerd_config
    node_pool_defaults.node_config_defaults.gcfs_config notification_config pod_autoscaling
    private_cluster_config private_cluster_config.master_ipv4_cidr_block
    private_cluster_config.master_global_access_config rbac_binding_config release_channel
    security_posture_config security_posture_config.mode security_posture_config.vulnerability_mode
    service_external_ips_config vertical_pod_autoscaling workload_identity_config
  `),
      forceNew: paths(`
    cluster_ipv4_cidr datapath_provider default_max_pods_per_node description enable_autopilot
    enable_kubernetes_alpha enable_tpu initial_node_count location name network networking_mode
    project subnetwork cluster_autoscaling.auto_provisioning_defaults.boot_disk_kms_key
    confidential_nodes confidential_nodes.confidential_instance_type confidential_nodes.enabled
    ip_allocation_policy ip_allocation_policy.cluster_ipv4_cidr_block
    ip_allocation_policy.cluster_secondary_range_name ip_allocation_policy.services_ipv4_cidr_block
    ip_allocation_policy.services_secondary_range_name
    ip_allocation_policy.pod_cidr_overprovision_config master_auth.client_certificate_config
    master_auth.client_certificate_config.issue_client_certificate node_config node_pool
    private_cluster_config.master_ipv4_cidr_block private_cluster_config.private_endpoint_subnetwork
    user_managed_keys_config.aggregation_ca user_managed_keys_config.cluster_ca
    user_managed_keys_config.etcd_api_ca user_managed_keys_config.etcd_peer_ca
  `),
      optional: ["maintenance_policy.maintenance_exclusion.end_time"],
      fractional: [
        "cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings.standard_rollout_policy.batch_percentage",
      ],
      sensitive: ["master_auth.client_key"],
      deprecated: [
        "binary_authorization.enabled",
        "enterprise_config.cluster_tier",
        "enterprise_config.desired_tier",
      ],
      defaults: {
        deletion_protection: true,
        disable_l4_lb_firewall_reconciliation: false,
        enable_cilium_clusterwide_network_policy: false,
        enable_fqdn_network_policy: false,
        enable_kubernetes_alpha: false,
        enable_legacy_abac: false,
        enable_multi_networking: false,
        enable_shielded_nodes: true,
        network: "default",
        "cluster_autoscaling.autoscaling_profile": "BALANCED",
        "cluster_autoscaling.auto_provisioning_defaults.disk_size": 100,
        "cluster_autoscaling.auto_provisioning_defaults.disk_type": "pd-standard",
        "cluster_autoscaling.auto_provisioning_defaults.image_type": "COS_CONTAINERD",
        "cluster_autoscaling.auto_provisioning_defaults.service_account": "default",
        "cluster_autoscaling.auto_provisioning_defaults.shielded_instance_config.enable_integrity_monitoring": true,
        "cluster_autoscaling.auto_provisioning_defaults.shielded_instance_config.enable_secure_boot": false,
        "cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings.standard_rollout_policy.batch_soak_duration":
          "0s",
        "dns_config.cluster_dns": "PROVIDER_UNSPECIFIED",
        "ip_allocation_policy.stack_type": "IPV4",
        "resource_usage_export_config.enable_network_egress_metering": false,
        "resource_usage_export_config.enable_resource_consumption_metering": true,
      },
      items: {
        "addons_config.ray_operator_config": [0, 3],
        "maintenance_policy.maintenance_exclusion": [0, 20],
      },
      added: newerMembers,
      // Lists in the provider's source: the release itself plans sets.
      sets: ["logging_config.enable_components", "monitoring_config.enable_components"],
      version: 2,
      upgrades: { "1": "deletion-protection" },
      checks: {
        conflicts: {
          cluster_ipv4_cidr: ["ip_allocation_policy"],
          default_max_pods_per_node: ["enable_autopilot"],
          enable_intranode_visibility: ["enable_autopilot"],
          enable_shielded_nodes: ["enable_autopilot"],
          remove_default_node_pool: ["enable_autopilot"],
          "addons_config.dns_cache_config": ["enable_autopilot"],
          "addons_config.network_policy_config": ["enable_autopilot"],
          "addons_config.stateful_ha_config": ["enable_autopilot"],
          "binary_authorization.enabled": ["binary_authorization.evaluation_mode", "enable_autopilot"],
          "binary_authorization.evaluation_mode": ["binary_authorization.enabled"],
          "cluster_autoscaling.enabled": ["enable_autopilot"],
          "cluster_autoscaling.resource_limits": ["enable_autopilot"],
          ip_allocation_policy: ["cluster_ipv4_cidr"],
          "ip_allocation_policy.cluster_ipv4_cidr_block": [
            "ip_allocation_policy.cluster_secondary_range_name",
            "ip_allocation_policy.services_secondary_range_name",
          ],
          "ip_allocation_policy.cluster_secondary_range_name": [
            "ip_allocation_policy.cluster_ipv4_cidr_block",
            "ip_allocation_policy.services_ipv4_cidr_block",
          ],
          "ip_allocation_policy.services_ipv4_cidr_block": [
            "ip_allocation_policy.cluster_secondary_range_name",
            "ip_allocation_policy.services_secondary_range_name",
          ],
          "ip_allocation_policy.services_secondary_range_name": [
            "ip_allocation_policy.cluster_ipv4_cidr_block",
            "ip_allocation_policy.services_ipv4_cidr_block",
          ],
          network_policy: ["enable_autopilot"],
          node_pool: ["enable_autopilot"],
        },
        atLeastOneOf: [
          [
            "addons_config.agent_sandbox_config",
            "addons_config.cloudrun_config",
            "addons_config.config_connector_config",
            "addons_config.dns_cache_config",
            "addons_config.gce_persistent_disk_csi_driver_config",
            "addons_config.gcp_filestore_csi_driver_config",
            "addons_config.gcs_fuse_csi_driver_config",
            "addons_config.gke_backup_agent_config",
            "addons_config.high_scale_checkpointing_config",
            "addons_config.horizontal_pod_autoscaling",
            "addons_config.http_load_balancing",
            "addons_config.lustre_csi_driver_config",
            "addons_config.network_policy_config",
            "addons_config.node_readiness_config",
            "addons_config.parallelstore_csi_driver_config",
            "addons_config.pod_snapshot_config",
            "addons_config.ray_operator_config",
            "addons_config.slice_controller_config",
            "addons_config.slurm_operator_config",
            "addons_config.stateful_ha_config",
          ],
          [
            "cluster_autoscaling.auto_provisioning_defaults.shielded_instance_config.enable_integrity_monitoring",
            "cluster_autoscaling.auto_provisioning_defaults.shielded_instance_config.enable_secure_boot",
          ],
          [
            "private_cluster_config.enable_private_endpoint",
            "private_cluster_config.enable_private_nodes",
            "private_cluster_config.master_global_access_config",
            "private_cluster_config.master_ipv4_cidr_block",
            "private_cluster_config.private_endpoint_subnetwork",
          ],
        ],
        exactlyOneOf: [
          [
            "cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings.standard_rollout_policy.batch_node_count",
            "cluster_autoscaling.auto_provisioning_defaults.upgrade_settings.blue_green_settings.standard_rollout_policy.batch_percentage",
          ],
          [
            "maintenance_policy.daily_maintenance_window",
            "maintenance_policy.recurring_maintenance_window",
            "maintenance_policy.recurring_window",
          ],
        ],
        items: { "ip_allocation_policy.additional_pod_ranges_config.pod_range_names": [1, 0] },
      },
    },
    under("node_config", combine(nodeConfig, nodeValues)),
    under("node_pool", combine(nodePool, nodePoolValues)),
    under("node_pool.node_config", combine(nodeConfig, nodeValues)),
  ),
};
