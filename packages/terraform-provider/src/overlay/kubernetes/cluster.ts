import { type TypeOverlay } from "../../schema/overlay";

/** Facts about namespaces, configuration, roles and patches to existing objects. */
export const cluster: Readonly<Record<string, TypeOverlay>> = {
  kubernetes_annotations: {
    forceNew: ["api_version", "kind", "metadata.name", "metadata.namespace"],
    defaults: { field_manager: "Terraform" },
    checks: { atLeastOneOf: [["annotations", "template_annotations"]] },
  },
  kubernetes_cluster_role_binding_v1: {
    computed: ["metadata.name", "subject.api_group"],
    forceNew: [
      "metadata.generate_name",
      "metadata.name",
      "role_ref",
      "role_ref.api_group",
      "role_ref.kind",
      "role_ref.name",
    ],
    defaults: { "subject.namespace": "default" },
    checks: {},
  },
  kubernetes_cluster_role_v1: {
    computed: ["metadata.name", "rule"],
    forceNew: ["metadata.generate_name", "metadata.name"],
    checks: { items: { rule: [1, 0], "rule.api_groups": [1, 0] } },
  },
  kubernetes_config_map_v1: {
    computed: ["metadata.name"],
    forceNew: ["metadata.generate_name", "metadata.name", "metadata.namespace"],
    defaults: { "metadata.namespace": "default" },
    checks: {},
  },
  kubernetes_config_map_v1_data: {
    forceNew: ["metadata.name", "metadata.namespace"],
    defaults: { field_manager: "Terraform", "metadata.namespace": "default" },
  },
  kubernetes_env: {
    forceNew: ["metadata.name", "metadata.namespace"],
    defaults: {
      field_manager: "Terraform",
      "env.value_from.field_ref.api_version": "v1",
      "env.value_from.resource_field_ref.divisor": "1",
    },
    checks: { exactlyOneOf: [["container", "init_container"]] },
  },
  kubernetes_labels: {
    forceNew: ["api_version", "kind", "metadata.name", "metadata.namespace"],
    defaults: { field_manager: "Terraform" },
  },
  kubernetes_namespace_v1: {
    computed: ["metadata.name"],
    forceNew: ["metadata.generate_name", "metadata.name"],
    defaults: { wait_for_default_service_account: false },
    checks: {},
  },
  kubernetes_resource_quota_v1: {
    computed: ["metadata.name"],
    forceNew: ["metadata.generate_name", "metadata.name", "metadata.namespace", "spec.scopes"],
    defaults: { "metadata.namespace": "default" },
    checks: {},
  },
  kubernetes_service_account_v1: {
    computed: ["metadata.name"],
    forceNew: ["metadata.generate_name", "metadata.name", "metadata.namespace"],
    deprecated: ["default_secret_name"],
    defaults: { automount_service_account_token: true, "metadata.namespace": "default" },
    checks: {},
  },
};
