import { combine, type TypeOverlay } from "../../schema/overlay";
import { metadata, nameOrPrefix, roleMetadata } from "./metadata";

const FIELD_MANAGER = { field_manager: "not-blank" } as const;

const SCOPES = ["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass"];

/** Facts about namespaces, configuration, roles and patches to existing objects. */
export const cluster: Readonly<Record<string, TypeOverlay>> = {
  kubernetes_annotations: {
    forceNew: ["api_version", "kind", "metadata.name", "metadata.namespace"],
    defaults: { field_manager: "Terraform" },
    checks: { forms: FIELD_MANAGER, atLeastOneOf: [["annotations", "template_annotations"]] },
  },
  kubernetes_cluster_role_binding_v1: combine(roleMetadata, nameOrPrefix, {
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
    checks: {
      oneOf: {
        "role_ref.api_group": ["rbac.authorization.k8s.io"],
        "role_ref.kind": ["Role", "ClusterRole"],
      },
    },
  }),
  kubernetes_cluster_role_v1: combine(roleMetadata, nameOrPrefix, {
    computed: ["metadata.name", "rule"],
    forceNew: ["metadata.generate_name", "metadata.name"],
    checks: { items: { rule: [1, 0], "rule.api_groups": [1, 0] } },
  }),
  kubernetes_config_map_v1: combine(metadata, {
    computed: ["metadata.name"],
    forceNew: ["metadata.generate_name", "metadata.name", "metadata.namespace"],
    defaults: { "metadata.namespace": "default" },
    checks: { forms: { binary_data: "base64-map" } },
  }),
  kubernetes_config_map_v1_data: {
    required: ["data"],
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
    suppress: { "env.value_from.resource_field_ref.divisor": "quantity" },
    checks: {
      exactlyOneOf: [["container", "init_container"]],
      forms: {
        container: "not-blank",
        init_container: "not-blank",
        "env.value_from.resource_field_ref.divisor": "quantity",
      },
    },
  },
  kubernetes_labels: {
    forceNew: ["api_version", "kind", "metadata.name", "metadata.namespace"],
    defaults: { field_manager: "Terraform" },
    checks: { forms: FIELD_MANAGER },
  },
  kubernetes_namespace_v1: combine(metadata, nameOrPrefix, {
    computed: ["metadata.name"],
    forceNew: ["metadata.generate_name", "metadata.name"],
    defaults: { wait_for_default_service_account: false },
  }),
  kubernetes_resource_quota_v1: combine(metadata, {
    computed: ["metadata.name"],
    forceNew: ["metadata.generate_name", "metadata.name", "metadata.namespace", "spec.scopes"],
    defaults: { "metadata.namespace": "default" },
    suppress: { "spec.hard": "quantity" },
    checks: {
      forms: { "spec.hard": "quantities" },
      oneOf: {
        "spec.scopes": SCOPES,
        "spec.scope_selector.match_expression.scope_name": SCOPES,
        "spec.scope_selector.match_expression.operator": ["In", "NotIn", "Exists", "DoesNotExist"],
      },
    },
  }),
  kubernetes_service_account_v1: combine(metadata, {
    computed: ["metadata.name"],
    forceNew: ["metadata.generate_name", "metadata.name", "metadata.namespace"],
    deprecated: ["default_secret_name"],
    defaults: { automount_service_account_token: true, "metadata.namespace": "default" },
  }),
};
