import { combine, each, paths, type TypeOverlay, under } from "../../schema/overlay";
import { container } from "./container";
import { metadata } from "./metadata";

/** The pod template of workloads. */
export const podTemplate: TypeOverlay = combine(
  metadata,
  under("spec.volume.ephemeral.volume_claim_template", {
    checks: { forms: { "metadata.annotations": "annotations", "metadata.labels": "labels" } },
  }),
  {
    computed: paths(`
    metadata.name spec.hostname spec.node_name spec.scheduler_name spec.service_account_name
    spec.image_pull_secrets spec.readiness_gate spec.volume.azure_disk.kind
    spec.volume.ceph_fs.secret_ref.namespace
    spec.volume.ephemeral.volume_claim_template.spec.storage_class_name
    spec.volume.ephemeral.volume_claim_template.spec.volume_mode
    spec.volume.ephemeral.volume_claim_template.spec.volume_name
    spec.volume.flex_volume.secret_ref.namespace spec.volume.rbd.keyring
    spec.volume.rbd.secret_ref.namespace
  `),
    forceNew: paths(`
    metadata.generate_name metadata.name metadata.namespace
    spec.affinity.node_affinity.preferred_during_scheduling_ignored_during_execution.preference.match_fields
    spec.affinity.node_affinity.preferred_during_scheduling_ignored_during_execution.preference.match_fields.key
    spec.affinity.node_affinity.preferred_during_scheduling_ignored_during_execution.preference.match_fields.operator
    spec.affinity.node_affinity.preferred_during_scheduling_ignored_during_execution.preference.match_fields.values
    spec.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_term.match_fields
    spec.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_term.match_fields.key
    spec.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_term.match_fields.operator
    spec.affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_term.match_fields.values
    spec.volume.azure_file.secret_namespace
    spec.volume.ephemeral.volume_claim_template.spec.access_modes
    spec.volume.ephemeral.volume_claim_template.spec.storage_class_name
    spec.volume.ephemeral.volume_claim_template.spec.volume_mode
    spec.volume.ephemeral.volume_claim_template.spec.volume_name
    spec.volume.ephemeral.volume_claim_template.spec.resources.limits
    spec.volume.ephemeral.volume_claim_template.spec.selector
    spec.volume.ephemeral.volume_claim_template.spec.selector.match_labels
    spec.volume.ephemeral.volume_claim_template.spec.selector.match_expressions
    spec.volume.ephemeral.volume_claim_template.spec.selector.match_expressions.key
    spec.volume.ephemeral.volume_claim_template.spec.selector.match_expressions.operator
    spec.volume.ephemeral.volume_claim_template.spec.selector.match_expressions.values
  `),
    defaults: {
      "spec.automount_service_account_token": true,
      "spec.dns_policy": "ClusterFirst",
      "spec.enable_service_links": true,
      "spec.host_ipc": false,
      "spec.host_network": false,
      "spec.host_pid": false,
      "spec.restart_policy": "Always",
      "spec.share_process_namespace": false,
      "spec.termination_grace_period_seconds": 30,
      "spec.security_context.seccomp_profile.localhost_profile": "",
      "spec.security_context.seccomp_profile.type": "Unconfined",
      "spec.security_context.windows_options.host_process": false,
      "spec.toleration.operator": "Equal",
      "spec.topology_spread_constraint.max_skew": 1,
      "spec.topology_spread_constraint.when_unsatisfiable": "DoNotSchedule",
      "spec.volume.azure_disk.read_only": false,
      "spec.volume.config_map.default_mode": "0644",
      "spec.volume.downward_api.default_mode": "0644",
      "spec.volume.downward_api.items.field_ref.api_version": "v1",
      "spec.volume.downward_api.items.resource_field_ref.divisor": "1",
      "spec.volume.empty_dir.medium": "",
      "spec.volume.iscsi.iscsi_interface": "default",
      "spec.volume.persistent_volume_claim.read_only": false,
      "spec.volume.projected.default_mode": "0644",
      "spec.volume.projected.sources.downward_api.items.field_ref.api_version": "v1",
      "spec.volume.projected.sources.downward_api.items.resource_field_ref.divisor": "1",
      "spec.volume.projected.sources.service_account_token.expiration_seconds": 3600,
      "spec.volume.rbd.rados_user": "admin",
      "spec.volume.rbd.rbd_pool": "rbd",
      "spec.volume.rbd.read_only": false,
      "spec.volume.secret.default_mode": "0644",
    },
  },
  under("spec", {
    suppress: each(
      `volume.downward_api.items.resource_field_ref.divisor volume.empty_dir.size_limit
      volume.ephemeral.volume_claim_template.spec.resources.limits
      volume.ephemeral.volume_claim_template.spec.resources.requests
      volume.projected.sources.downward_api.items.resource_field_ref.divisor`,
      "quantity",
    ),
    checks: {
      oneOf: {
        dns_policy: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
        "os.name": ["linux", "windows"],
        "security_context.fs_group_change_policy": ["Always", "OnRootMismatch"],
        "security_context.seccomp_profile.type": ["Localhost", "RuntimeDefault", "Unconfined"],
        "toleration.effect": ["NoSchedule", "PreferNoSchedule", "NoExecute"],
        "toleration.operator": ["Exists", "Equal"],
        "topology_spread_constraint.when_unsatisfiable": ["DoNotSchedule", "ScheduleAnyway"],
        ...each(
          "topology_spread_constraint.node_affinity_policy topology_spread_constraint.node_taints_policy",
          ["Honor", "Ignore"],
        ),
        ...each(
          `affinity.node_affinity.preferred_during_scheduling_ignored_during_execution.preference.match_expressions.operator
          affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_term.match_expressions.operator`,
          ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"],
        ),
        "volume.empty_dir.medium": ["", "Memory", "HugePages", "HugePages-2Mi", "HugePages-1Gi"],
        "volume.host_path.type": [
          "",
          "DirectoryOrCreate",
          "Directory",
          "FileOrCreate",
          "File",
          "Socket",
          "CharDevice",
          "BlockDevice",
        ],
        "volume.ephemeral.volume_claim_template.spec.volume_mode": ["Block", "Filesystem"],
        "volume.ephemeral.volume_claim_template.spec.access_modes": [
          "ReadWriteOnce",
          "ReadOnlyMany",
          "ReadWriteMany",
          "ReadWriteOncePod",
        ],
      },
      between: {
        active_deadline_seconds: [1, null],
        termination_grace_period_seconds: [0, null],
        "topology_spread_constraint.max_skew": [1, null],
        "topology_spread_constraint.min_domains": [1, null],
        "volume.projected.sources.service_account_token.expiration_seconds": [600, null],
      },
      forms: {
        ...each("dns_config.nameservers host_aliases.ip", "ip"),
        "dns_config.searches": "object-name",
        ...each(
          `security_context.fs_group security_context.run_as_group security_context.run_as_user
          toleration.toleration_seconds`,
          "whole-number-text",
        ),
        ...each(
          `volume.downward_api.items.resource_field_ref.divisor volume.empty_dir.size_limit
          volume.projected.sources.downward_api.items.resource_field_ref.divisor`,
          "quantity",
        ),
        ...each(
          `volume.config_map.default_mode volume.config_map.items.mode volume.downward_api.default_mode
          volume.downward_api.items.mode volume.projected.default_mode
          volume.projected.sources.config_map.items.mode volume.projected.sources.downward_api.items.mode
          volume.projected.sources.secret.items.mode volume.secret.default_mode volume.secret.items.mode`,
          "mode",
        ),
        ...each(
          `volume.config_map.items.path volume.downward_api.items.path volume.git_repo.directory
          volume.projected.sources.config_map.items.path volume.projected.sources.downward_api.items.path
          volume.projected.sources.secret.items.path volume.secret.items.path`,
          "relative-path",
        ),
      },
    },
  }),
  under("spec.container", container),
  under("spec.init_container", container),
);
