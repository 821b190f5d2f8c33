import { paths, type TypeOverlay } from "../../schema/overlay";
import { type NestedSchema } from "../../schema/type-schema";

/** Registries with their own containerd rules. */
export const registryHosts: NestedSchema = {
  nesting: "list",
  block: {
    attributes: { server: { type: "string", required: true } },
    blocks: {
      hosts: {
        nesting: "list",
        block: {
          attributes: {
            capabilities: { type: ["list", "string"], optional: true },
            dial_timeout: { type: "string", optional: true },
            host: { type: "string", required: true },
            override_path: { type: "bool", optional: true },
          },
          blocks: {
            ca: {
              nesting: "list",
              block: {
                attributes: { gcp_secret_manager_secret_uri: { type: "string", optional: true } },
                blocks: {},
              },
            },
            client: {
              nesting: "list",
              block: {
                attributes: {},
                blocks: {
                  cert: {
                    nesting: "list",
                    block: {
                      attributes: { gcp_secret_manager_secret_uri: { type: "string", optional: true } },
                      blocks: {},
                    },
                    minItems: 1,
                    maxItems: 1,
                  },
                  key: {
                    nesting: "list",
                    block: {
                      attributes: { gcp_secret_manager_secret_uri: { type: "string", optional: true } },
                      blocks: {},
                    },
                    maxItems: 1,
                  },
                },
              },
            },
            header: {
              nesting: "list",
              block: {
                attributes: {
                  key: { type: "string", required: true },
                  value: { type: ["list", "string"], required: true },
                },
                blocks: {},
              },
            },
          },
        },
      },
    },
  },
  since: "7.16.0",
};

/** Whether containers may write cgroups. */
export const writableCgroups: NestedSchema = {
  nesting: "list",
  block: { attributes: { enabled: { type: "bool", required: true } }, blocks: {} },
  maxItems: 1,
  since: "7.12.0",
};

/** Node configuration, shared by node pools and clusters. */
export const nodeConfig: TypeOverlay = {
  computed: paths(`
    disk_size_gb disk_type image_type labels local_ssd_count logging_variant machine_type metadata
    min_cpu_platform oauth_scopes service_account boot_disk boot_disk.disk_type
    boot_disk.provisioned_iops boot_disk.provisioned_throughput boot_disk.size_gb confidential_nodes
    containerd_config gcfs_config guest_accelerator guest_accelerator.gpu_driver_installation_config
    kubelet_config kubelet_config.cpu_cfs_quota kubelet_config.insecure_kubelet_readonly_port_enabled
    kubelet_config.max_parallel_image_pulls linux_node_config linux_node_config.cgroup_mode
    linux_node_config.transparent_hugepage_enabled shielded_instance_config windows_node_config
    workload_metadata_config
  `),
  forceNew: paths(`
    boot_disk_kms_key enable_confidential_storage flex_start local_ssd_count
    local_ssd_encryption_mode max_run_duration metadata min_cpu_platform node_group oauth_scopes
    preemptible service_account spot advanced_machine_features
    advanced_machine_features.enable_nested_virtualization advanced_machine_features.threads_per_core
    confidential_nodes.confidential_instance_type ephemeral_storage_local_ssd_config
    ephemeral_storage_local_ssd_config.data_cache_count
    ephemeral_storage_local_ssd_config.local_ssd_count guest_accelerator guest_accelerator.count
    guest_accelerator.gpu_partition_size guest_accelerator.type
    guest_accelerator.gpu_driver_installation_config
    guest_accelerator.gpu_driver_installation_config.gpu_driver_version
    guest_accelerator.gpu_sharing_config guest_accelerator.gpu_sharing_config.gpu_sharing_strategy
    guest_accelerator.gpu_sharing_config.max_shared_clients_per_gpu host_maintenance_policy
    host_maintenance_policy.maintenance_interval local_nvme_ssd_block_config
    local_nvme_ssd_block_config.local_ssd_count reservation_affinity
    reservation_affinity.consume_reservation_type reservation_affinity.key
    reservation_affinity.values secondary_boot_disks secondary_boot_disks.disk_image
    secondary_boot_disks.mode shielded_instance_config
    shielded_instance_config.enable_integrity_monitoring shielded_instance_config.enable_secure_boot
    sole_tenant_config sole_tenant_config.node_affinity sole_tenant_config.node_affinity.key
    sole_tenant_config.node_affinity.operator sole_tenant_config.node_affinity.values
  `),
  normalize: { oauth_scopes: "oauth-scope" },
  identity: { oauth_scopes: "oauth-scope" },
  defaults: {
    preemptible: false,
    spot: false,
    "shielded_instance_config.enable_integrity_monitoring": true,
    "shielded_instance_config.enable_secure_boot": false,
    "windows_node_config.osversion": "OS_VERSION_UNSPECIFIED",
  },
  items: { secondary_boot_disks: [0, 127] },
  added: {
    gpudirect_strategy: { type: "string", optional: true, computed: true, since: "7.34.0" },
    "containerd_config.registry_hosts": registryHosts,
    "containerd_config.writable_cgroups": writableCgroups,
    "kubelet_config.shutdown_grace_period_critical_pods_seconds": {
      type: "number",
      optional: true,
      computed: true,
      since: "7.39.0",
    },
    "kubelet_config.shutdown_grace_period_seconds": {
      type: "number",
      optional: true,
      computed: true,
      since: "7.39.0",
    },
    "kubelet_config.crash_loop_back_off": {
      nesting: "list",
      block: { attributes: { max_container_restart_period: { type: "string", optional: true } }, blocks: {} },
      maxItems: 1,
      since: "7.35.0",
    },
    "kubelet_config.memory_manager": {
      nesting: "list",
      block: { attributes: { policy: { type: "string", optional: true, computed: true } }, blocks: {} },
      maxItems: 1,
      since: "7.2.0",
    },
    "kubelet_config.topology_manager": {
      nesting: "list",
      block: {
        attributes: {
          policy: { type: "string", optional: true, computed: true },
          scope: { type: "string", optional: true, computed: true },
        },
        blocks: {},
      },
      maxItems: 1,
      since: "7.2.0",
    },
    "linux_node_config.accurate_time_config": {
      nesting: "list",
      block: { attributes: { enable_ptp_kvm_time_sync: { type: "bool", optional: true } }, blocks: {} },
      maxItems: 1,
      since: "7.30.0",
    },
    "linux_node_config.custom_node_init": {
      nesting: "list",
      block: {
        attributes: {},
        blocks: {
          init_script: {
            nesting: "list",
            block: {
              attributes: {
                gcp_secret_manager_secret_uri: { type: "string", optional: true },
                gcs_generation: { type: "number", optional: true, computed: true },
                gcs_uri: { type: "string", optional: true },
              },
              blocks: {},
            },
            maxItems: 1,
          },
        },
      },
      maxItems: 1,
      since: "7.40.0",
    },
    "linux_node_config.node_kernel_module_loading": {
      nesting: "list",
      block: { attributes: { policy: { type: "string", optional: true } }, blocks: {} },
      maxItems: 1,
      since: "7.13.0",
    },
    "linux_node_config.swap_config": {
      nesting: "list",
      block: {
        attributes: { enabled: { type: "bool", optional: true } },
        blocks: {
          boot_disk_profile: {
            nesting: "list",
            block: {
              attributes: {
                swap_size_gib: { type: "number", optional: true },
                swap_size_percent: { type: "number", optional: true },
              },
              blocks: {},
            },
            maxItems: 1,
          },
          dedicated_local_ssd_profile: {
            nesting: "list",
            block: { attributes: { disk_count: { type: "number", optional: true } }, blocks: {} },
            maxItems: 1,
          },
          encryption_config: {
            nesting: "list",
            block: { attributes: { disabled: { type: "bool", optional: true } }, blocks: {} },
            maxItems: 1,
          },
          ephemeral_local_ssd_profile: {
            nesting: "list",
            block: {
              attributes: {
                swap_size_gib: { type: "number", optional: true },
                swap_size_percent: { type: "number", optional: true },
              },
              blocks: {},
            },
            maxItems: 1,
          },
        },
      },
      maxItems: 1,
      since: "7.30.0",
    },
    node_image_config: {
      nesting: "list",
      block: {
        attributes: {
          image: { type: "string", optional: true, computed: true },
          image_project: { type: "string", optional: true, computed: true },
        },
        blocks: {},
      },
      computed: true,
      since: "7.37.0",
    },
    sandbox_config: {
      nesting: "list",
      block: { attributes: { type: { type: "string", required: true } }, blocks: {} },
      maxItems: 1,
      forceNew: true,
      since: "7.22.0",
    },
    taint_config: {
      nesting: "list",
      block: { attributes: { architecture_taint_behavior: { type: "string", required: true } }, blocks: {} },
      maxItems: 1,
      since: "7.38.0",
    },
  },
};
