import { combine, paths, type TypeOverlay, under } from "../../schema/overlay";
import { container } from "./container";

/** The pod template of workloads. */
export const podTemplate: TypeOverlay = combine(
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
  under("spec.container", container),
  under("spec.init_container", container),
);
