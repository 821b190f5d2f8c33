import { type TypeOverlay } from "../../schema/overlay";

/** Facts about logs, alarms and dashboards. */
export const monitoring: Readonly<Record<string, TypeOverlay>> = {
  google_monitoring_alert_policy: {
    computed: ["project"],
    forceNew: ["project"],
    fractional: [
      "conditions.condition_absent.trigger.percent",
      "conditions.condition_monitoring_query_language.trigger.percent",
      "conditions.condition_threshold.threshold_value",
      "conditions.condition_threshold.trigger.percent",
    ],
    defaults: { enabled: true, "documentation.mime_type": "text/markdown" },
    added: { deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" } },
    checks: {
      atLeastOneOf: [
        ["documentation.content", "documentation.links", "documentation.mime_type", "documentation.subject"],
      ],
    },
  },
  google_monitoring_notification_channel: {
    computed: ["project"],
    forceNew: ["project"],
    sensitive: ["sensitive_labels.auth_token", "sensitive_labels.password", "sensitive_labels.service_key"],
    defaults: { enabled: true, force_delete: false },
    added: {
      deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" },
      "sensitive_labels.auth_token_wo": { type: "string", optional: true, writeOnly: true, since: "7.19.0" },
      "sensitive_labels.auth_token_wo_version": { type: "string", optional: true, since: "7.19.0" },
      "sensitive_labels.password_wo": { type: "string", optional: true, writeOnly: true, since: "7.19.0" },
      "sensitive_labels.password_wo_version": { type: "string", optional: true, since: "7.19.0" },
      "sensitive_labels.service_key_wo": { type: "string", optional: true, writeOnly: true, since: "7.19.0" },
      "sensitive_labels.service_key_wo_version": { type: "string", optional: true, since: "7.19.0" },
    },
    checks: {
      exactlyOneOf: [
        [
          "sensitive_labels.auth_token",
          "sensitive_labels.auth_token_wo",
          "sensitive_labels.password",
          "sensitive_labels.password_wo",
          "sensitive_labels.service_key",
          "sensitive_labels.service_key_wo",
        ],
      ],
      requiredWith: {
        "sensitive_labels.auth_token_wo": ["sensitive_labels.auth_token_wo_version"],
        "sensitive_labels.auth_token_wo_version": ["sensitive_labels.auth_token_wo"],
        "sensitive_labels.password_wo": ["sensitive_labels.password_wo_version"],
        "sensitive_labels.password_wo_version": ["sensitive_labels.password_wo"],
        "sensitive_labels.service_key_wo": ["sensitive_labels.service_key_wo_version"],
        "sensitive_labels.service_key_wo_version": ["sensitive_labels.service_key_wo"],
      },
    },
  },
};
