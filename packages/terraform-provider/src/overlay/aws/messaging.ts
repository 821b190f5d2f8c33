import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about SQS and SNS. */
export const messaging: Readonly<Record<string, TypeOverlay>> = {
  aws_sqs_queue: {
    suppress: { kms_data_key_reuse_period_seconds: "unencrypted-queue", policy: "iam-policy" },
    normalize: { policy: "json", redrive_allow_policy: "json", redrive_policy: "json" },
    computed: paths(`
    deduplication_scope fifo_throughput_limit kms_data_key_reuse_period_seconds name name_prefix
    policy redrive_allow_policy redrive_policy sqs_managed_sse_enabled
  `),
    forceNew: ["fifo_queue", "name", "name_prefix"],
    defaults: {
      content_based_deduplication: false,
      delay_seconds: 0,
      fifo_queue: false,
      max_message_size: 262144,
      message_retention_seconds: 345600,
      receive_wait_time_seconds: 0,
      visibility_timeout_seconds: 30,
    },
    checks: {
      conflicts: { kms_master_key_id: ["sqs_managed_sse_enabled"], name: ["name_prefix"] },
      oneOf: {
        deduplication_scope: ["messageGroup", "queue"],
        fifo_throughput_limit: ["perMessageGroupId", "perQueue"],
      },
      between: {
        delay_seconds: [0, 900],
        kms_data_key_reuse_period_seconds: [60, 86400],
        max_message_size: [1024, 262144],
        message_retention_seconds: [60, 1209600],
        visibility_timeout_seconds: [0, 43200],
      },
      json: ["policy", "redrive_allow_policy", "redrive_policy"],
    },
  },
  aws_sqs_queue_policy: {
    suppress: { policy: "iam-policy" },
    normalize: { policy: "json" },
    forceNew: ["queue_url"],
    checks: { json: ["policy"] },
  },
  aws_sns_topic: {
    suppress: { policy: "iam-policy", delivery_policy: "json", archive_policy: "json" },
    normalize: { policy: "json", delivery_policy: "json", archive_policy: "json" },
    computed: [
      "fifo_throughput_scope",
      "name",
      "name_prefix",
      "policy",
      "signature_version",
      "tracing_config",
    ],
    forceNew: ["fifo_topic", "name", "name_prefix"],
    defaults: { content_based_deduplication: false, fifo_topic: false },
    checks: {
      conflicts: { name: ["name_prefix"] },
      arn: paths(`
    application_failure_feedback_role_arn application_success_feedback_role_arn
    firehose_failure_feedback_role_arn firehose_success_feedback_role_arn
    http_failure_feedback_role_arn http_success_feedback_role_arn lambda_failure_feedback_role_arn
    lambda_success_feedback_role_arn sqs_failure_feedback_role_arn sqs_success_feedback_role_arn
  `),
      between: {
        application_success_feedback_sample_rate: [0, 100],
        firehose_success_feedback_sample_rate: [0, 100],
        http_success_feedback_sample_rate: [0, 100],
        lambda_success_feedback_sample_rate: [0, 100],
        signature_version: [1, 2],
        sqs_success_feedback_sample_rate: [0, 100],
      },
      json: ["archive_policy", "delivery_policy", "policy"],
      oneOf: { fifo_throughput_scope: ["Topic", "MessageGroup"], tracing_config: ["Active", "PassThrough"] },
    },
  },
  aws_sns_topic_subscription: {
    suppress: {
      delivery_policy: "delivery-policy",
      filter_policy: "json",
      redrive_policy: "json",
      replay_policy: "json",
    },
    normalize: { delivery_policy: "json", filter_policy: "json" },
    computed: ["filter_policy_scope"],
    forceNew: ["endpoint", "protocol", "topic_arn"],
    defaults: {
      confirmation_timeout_in_minutes: 1,
      endpoint_auto_confirms: false,
      raw_message_delivery: false,
    },
    checks: {
      json: ["delivery_policy", "filter_policy", "redrive_policy", "replay_policy"],
      oneOf: {
        filter_policy_scope: ["MessageAttributes", "MessageBody"],
        protocol: ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"],
      },
      arn: ["subscription_role_arn", "topic_arn"],
    },
  },
};
