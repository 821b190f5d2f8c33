import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about EKS. */
export const eks: Readonly<Record<string, TypeOverlay>> = {
  aws_eks_cluster: {
    version: 1,
    computed: paths(`
    access_config kubernetes_network_config upgrade_policy remote_network_config.remote_pod_networks kubernetes_network_config.elastic_load_balancing
    version deletion_protection access_config.authentication_mode compute_config.enabled
    kubernetes_network_config.ip_family kubernetes_network_config.service_ipv4_cidr
    kubernetes_network_config.elastic_load_balancing.enabled storage_config.block_storage.enabled
    upgrade_policy.support_type vpc_config.public_access_cidrs control_plane_scaling_config.tier
  `),
    forceNew: paths(`
    bootstrap_self_managed_addons name role_arn
    access_config.bootstrap_cluster_creator_admin_permissions compute_config.node_role_arn
    kubernetes_network_config.ip_family kubernetes_network_config.service_ipv4_cidr
    remote_network_config remote_network_config.remote_node_networks.cidrs
    remote_network_config.remote_pod_networks.cidrs
    outpost_config.control_plane_instance_type outpost_config.control_plane_placement.group_name
  `),
    optional: ["outpost_config.control_plane_placement.group_name"],
    defaults: {
      bootstrap_self_managed_addons: true,
      "vpc_config.endpoint_private_access": false,
      "vpc_config.endpoint_public_access": true,
    },
    items: { "remote_network_config.remote_node_networks": [0, 1] },
    added: {
      "outpost_config.etcd_instance_type": {
        type: "string",
        optional: true,
        computed: true,
        since: "6.64.0",
      },
      "outpost_config.control_plane_placement.spread_level": {
        type: "string",
        optional: true,
        computed: true,
        since: "6.64.0",
      },
      "outpost_config.etcd_placement": {
        nesting: "list",
        block: {
          attributes: { spread_level: { type: "string", optional: true, computed: true } },
          blocks: {},
        },
        maxItems: 1,
        since: "6.64.0",
      },
      "vpc_config.control_plane_egress_mode": {
        type: "string",
        optional: true,
        computed: true,
        since: "6.52.0",
      },
      kube_api_server_config: {
        nesting: "list",
        block: {
          attributes: { event_ttl: { type: "string", optional: true, computed: true } },
          blocks: {
            service_node_port_range: {
              nesting: "list",
              block: {
                attributes: {
                  max_port: { type: "number", optional: true, computed: true },
                  min_port: { type: "number", optional: true, computed: true },
                },
                blocks: {},
              },
              maxItems: 1,
            },
          },
        },
        maxItems: 1,
        since: "6.59.0",
      },
      kube_controller_manager_config: {
        nesting: "list",
        block: {
          attributes: {},
          blocks: {
            horizontal_pod_autoscaler_controller_config: {
              nesting: "list",
              block: {
                attributes: {
                  horizontal_pod_autoscaler_sync_period: { type: "string", optional: true, computed: true },
                },
                blocks: {},
              },
              maxItems: 1,
            },
            pod_gc_controller_config: {
              nesting: "list",
              block: {
                attributes: {
                  terminated_pod_gc_threshold: { type: "number", optional: true, computed: true },
                },
                blocks: {},
              },
              maxItems: 1,
            },
          },
        },
        maxItems: 1,
        since: "6.59.0",
      },
      kube_scheduler_config: {
        nesting: "list",
        block: {
          attributes: {},
          blocks: {
            node_resources_fit: {
              nesting: "list",
              block: {
                attributes: {},
                blocks: {
                  scoring_strategy: {
                    nesting: "list",
                    block: {
                      attributes: { type: { type: "string", optional: true, computed: true } },
                      blocks: {
                        resource: {
                          nesting: "list",
                          block: {
                            attributes: {
                              name: { type: "string", optional: true, computed: true },
                              weight: { type: "number", optional: true, computed: true },
                            },
                            blocks: {},
                          },
                        },
                      },
                    },
                    maxItems: 1,
                  },
                },
              },
              maxItems: 1,
            },
          },
        },
        maxItems: 1,
        since: "6.59.0",
      },
    },
    checks: {
      conflicts: {
        encryption_config: ["outpost_config"],
        kubernetes_network_config: ["outpost_config"],
        outpost_config: ["remote_network_config"],
      },
      oneOf: {
        enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        "access_config.authentication_mode": ["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"],
        "compute_config.node_pools": ["general-purpose", "system"],
        "encryption_config.resources": ["secrets"],
        "kubernetes_network_config.ip_family": ["ipv4", "ipv6"],
        "upgrade_policy.support_type": ["STANDARD", "EXTENDED"],
      },
      matches: { name: "^[0-9A-Za-z][0-9A-Za-z_-]*$" },
      length: { name: [1, 100] },
      arn: ["role_arn", "compute_config.node_role_arn"],
      cidr: {
        "kubernetes_network_config.service_ipv4_cidr": { family: 4, min: 12, max: 24, privateOnly: true },
        "remote_network_config.remote_node_networks.cidrs": { family: 4, privateOnly: true },
        "remote_network_config.remote_pod_networks.cidrs": { family: 4, privateOnly: true },
        "vpc_config.public_access_cidrs": {},
      },
    },
  },
  aws_eks_addon: {
    computed: ["addon_version", "configuration_values"],
    forceNew: ["addon_name", "cluster_name"],
    added: {
      namespace_config: {
        nesting: "list",
        block: {
          attributes: { namespace: { type: "string", optional: true, computed: true, forceNew: true } },
          blocks: {},
        },
        maxItems: 1,
        forceNew: true,
        since: "6.42.0",
      },
    },
    checks: {
      length: { addon_name: [1, null], cluster_name: [1, 100] },
      matches: {
        cluster_name: "^[0-9A-Za-z][0-9A-Za-z_-]*$",
        addon_version:
          "^v(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$",
      },
      oneOf: {
        resolve_conflicts_on_create: ["NONE", "OVERWRITE"],
        resolve_conflicts_on_update: ["OVERWRITE", "NONE", "PRESERVE"],
      },
      arn: ["service_account_role_arn", "pod_identity_association.role_arn"],
    },
  },
  aws_eks_node_group: {
    computed: paths(`
    node_repair_config update_config
    ami_type capacity_type disk_size instance_types node_group_name node_group_name_prefix
    release_version version launch_template.id launch_template.name
  `),
    forceNew: paths(`
    ami_type capacity_type cluster_name disk_size instance_types node_group_name
    node_group_name_prefix node_role_arn subnet_ids launch_template.id launch_template.name
    remote_access remote_access.ec2_ssh_key remote_access.source_security_group_ids
  `),
    defaults: { "node_repair_config.enabled": false },
    items: { taint: [0, 50] },
    added: {
      "update_config.update_strategy": { type: "string", optional: true, since: "6.26.0" },
      warm_pool_config: {
        nesting: "list",
        block: {
          attributes: {
            max_group_prepared_capacity: { type: "number", optional: true, computed: true },
            min_size: { type: "number", optional: true, computed: true },
            pool_state: { type: "string", optional: true, computed: true },
            reuse_on_scale_in: { type: "bool", optional: true, computed: true },
          },
          blocks: {},
        },
        maxItems: 1,
        since: "6.56.0",
      },
    },
    checks: {
      conflicts: {
        node_group_name: ["node_group_name_prefix"],
        "launch_template.id": ["launch_template.name"],
      },
      oneOf: {
        ami_type: [
          "AL2_x86_64",
          "AL2_x86_64_GPU",
          "AL2_ARM_64",
          "CUSTOM",
          "BOTTLEROCKET_ARM_64",
          "BOTTLEROCKET_x86_64",
          "BOTTLEROCKET_ARM_64_FIPS",
          "BOTTLEROCKET_x86_64_FIPS",
          "BOTTLEROCKET_ARM_64_NVIDIA",
          "BOTTLEROCKET_x86_64_NVIDIA",
          "WINDOWS_CORE_2019_x86_64",
          "WINDOWS_FULL_2019_x86_64",
          "WINDOWS_CORE_2022_x86_64",
          "WINDOWS_FULL_2022_x86_64",
          "AL2023_x86_64_STANDARD",
          "AL2023_ARM_64_STANDARD",
          "AL2023_x86_64_NEURON",
          "AL2023_x86_64_NVIDIA",
          "AL2023_ARM_64_NVIDIA",
        ],
        capacity_type: ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"],
        "taint.effect": ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"],
      },
      matches: {
        cluster_name: "^[0-9A-Za-z][0-9A-Za-z_-]*$",
        "launch_template.id": "^lt-[a-z0-9]+$",
        "launch_template.name": "^[0-9A-Za-z()./_-]+$",
      },
      length: {
        cluster_name: [1, 100],
        node_group_name: [0, 63],
        node_group_name_prefix: [0, 37],
        node_role_arn: [1, null],
        "launch_template.id": [1, 255],
        "launch_template.name": [3, 125],
        "launch_template.version": [1, 255],
        "taint.key": [1, 63],
        "taint.value": [0, 63],
      },
      between: {
        "scaling_config.desired_size": [0, null],
        "scaling_config.max_size": [1, null],
        "scaling_config.min_size": [0, null],
        "update_config.max_unavailable": [1, 100],
        "update_config.max_unavailable_percentage": [1, 100],
      },
      exactlyOneOf: [["update_config.max_unavailable", "update_config.max_unavailable_percentage"]],
    },
  },
  aws_eks_fargate_profile: {
    forceNew: paths(`
    cluster_name fargate_profile_name pod_execution_role_arn subnet_ids
    selector selector.labels selector.namespace
  `),
    checks: {
      matches: { cluster_name: "^[0-9A-Za-z][0-9A-Za-z_-]*$" },
      length: { cluster_name: [1, 100], fargate_profile_name: [1, null] },
      arn: ["pod_execution_role_arn"],
    },
  },
  aws_eks_access_entry: {
    computed: ["kubernetes_groups", "user_name"],
    forceNew: ["cluster_name", "principal_arn", "type"],
    defaults: { type: "STANDARD" },
    checks: {
      matches: { cluster_name: "^[0-9A-Za-z][0-9A-Za-z_-]*$" },
      length: { cluster_name: [1, 100] },
      arn: ["principal_arn"],
      oneOf: { type: ["EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "STANDARD"] },
    },
  },
  aws_eks_access_policy_association: {
    forceNew: ["cluster_name", "policy_arn", "principal_arn", "access_scope.namespaces", "access_scope.type"],
    checks: {
      matches: { cluster_name: "^[0-9A-Za-z][0-9A-Za-z_-]*$" },
      length: { cluster_name: [1, 100] },
      arn: ["policy_arn", "principal_arn"],
    },
  },
  aws_eks_pod_identity_association: {
    keepsState: ["association_arn", "association_id", "id", "region", "tags_all"],
    framework: true,
    computed: ["disable_session_tags"],
    forceNew: ["cluster_name", "namespace", "service_account"],
    defaults: { disable_session_tags: false },
    added: { policy: { type: "string", optional: true, since: "6.64.0" } },
    checks: { arn: ["role_arn"] },
  },
};
