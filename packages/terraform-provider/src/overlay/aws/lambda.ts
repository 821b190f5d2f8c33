import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about Lambda. */
export const lambda: Readonly<Record<string, TypeOverlay>> = {
  aws_lambda_function: {
    suppress: {
      "logging_config.application_log_level": "unset-log-level",
      "logging_config.system_log_level": "unset-log-level",
    },
    computed: paths(`
    ephemeral_storage logging_config tracing_config
    architectures source_code_hash ephemeral_storage.size logging_config.log_group
    capacity_provider_config.lambda_managed_instances_capacity_provider_config.execution_environment_memory_gib_per_vcpu
    capacity_provider_config.lambda_managed_instances_capacity_provider_config.per_execution_environment_max_concurrency
  `),
    forceNew: ["function_name", "package_type"],
    optional: ["code_sha256"],
    defaults: {
      memory_size: 128,
      package_type: "Zip",
      publish: false,
      reserved_concurrent_executions: -1,
      skip_destroy: false,
      timeout: 3,
      "vpc_config.ipv6_allowed_for_dual_stack": false,
    },
    added: {
      response_streaming_invoke_arn: { type: "string", computed: true, since: "6.40.0" },
      use_resource_timeout_for_propagation: { type: "bool", optional: true, since: "6.64.0" },
    },
    checks: {
      conflicts: { filename: ["s3_object_version"], image_uri: ["s3_object_version"] },
      exactlyOneOf: [["filename", "image_uri", "s3_bucket"]],
      items: { architectures: [0, 1], layers: [0, 5] },
      requiredWith: {
        replacement_security_group_ids: ["replace_security_groups_on_destroy"],
        s3_bucket: ["s3_key"],
        s3_key: ["s3_bucket"],
      },
      oneOf: {
        architectures: ["x86_64", "arm64"],
        package_type: ["Zip", "Image"],
        runtime: [
          "nodejs",
          "nodejs4.3",
          "nodejs6.10",
          "nodejs8.10",
          "nodejs10.x",
          "nodejs12.x",
          "nodejs14.x",
          "nodejs16.x",
          "java8",
          "java8.al2",
          "java11",
          "python2.7",
          "python3.6",
          "python3.7",
          "python3.8",
          "python3.9",
          "dotnetcore1.0",
          "dotnetcore2.0",
          "dotnetcore2.1",
          "dotnetcore3.1",
          "dotnet6",
          "dotnet8",
          "nodejs4.3-edge",
          "go1.x",
          "ruby2.5",
          "ruby2.7",
          "provided",
          "provided.al2",
          "nodejs18.x",
          "python3.10",
          "java17",
          "ruby3.2",
          "ruby3.3",
          "ruby3.4",
          "python3.11",
          "nodejs20.x",
          "provided.al2023",
          "python3.12",
          "java21",
          "python3.13",
          "nodejs22.x",
        ],
        "logging_config.application_log_level": ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"],
        "logging_config.log_format": ["JSON", "Text"],
        "logging_config.system_log_level": ["DEBUG", "INFO", "WARN"],
        "snap_start.apply_on": ["PublishedVersions", "None"],
        "tracing_config.mode": ["Active", "PassThrough"],
      },
      arn: [
        "code_signing_config_arn",
        "kms_key_arn",
        "layers",
        "role",
        "dead_letter_config.target_arn",
        "file_system_config.arn",
      ],
      length: { function_name: [1, 140], handler: [1, 128], "logging_config.log_group": [1, 512] },
      between: {
        memory_size: [128, 10240],
        reserved_concurrent_executions: [-1, null],
        timeout: [1, 900],
        "ephemeral_storage.size": [512, 10240],
      },
      matches: {
        "file_system_config.local_mount_path": "^/mnt/[0-9A-Za-z_.-]+$",
        "logging_config.log_group": "^[0-9A-Za-z_/#.-]+$",
      },
    },
  },
  aws_lambda_permission: {
    computed: ["statement_id", "statement_id_prefix"],
    forceNew: paths(`
    action event_source_token function_name function_url_auth_type principal principal_org_id
    qualifier source_account source_arn statement_id statement_id_prefix
  `),
    added: {
      invoked_via_function_url: { type: "bool", optional: true, since: "6.40.0" },
      timeouts: {
        nesting: "single",
        block: {
          attributes: {
            create: { type: "string", optional: true },
            delete: { type: "string", optional: true },
            read: { type: "string", optional: true },
          },
          blocks: {},
        },
        since: "6.64.0",
      },
    },
    checks: {
      forms: { action: "function-action", function_name: "function-name" },
      conflicts: { statement_id: ["statement_id_prefix"] },
      length: {
        event_source_token: [1, 256],
        function_name: [1, 140],
        qualifier: [1, 128],
        statement_id: [1, 100],
        statement_id_prefix: [1, 100],
      },
      oneOf: { function_url_auth_type: ["NONE", "AWS_IAM"] },
      account: ["source_account"],
      arn: ["source_arn"],
      matches: {
        event_source_token: "^[0-9A-Za-z._-]+$",
        qualifier: "^[0-9A-Za-z$_-]+$",
        statement_id: "^[0-9A-Za-z_-]+$",
        statement_id_prefix: "^[0-9A-Za-z_-]+$",
      },
    },
  },
  aws_lambda_function_event_invoke_config: {
    forceNew: ["function_name", "qualifier"],
    defaults: { maximum_retry_attempts: 2 },
    checks: {
      length: { function_name: [1, null], qualifier: [1, null] },
      between: { maximum_event_age_in_seconds: [60, 21600], maximum_retry_attempts: [0, 2] },
      arn: ["destination_config.on_failure.destination", "destination_config.on_success.destination"],
    },
  },
};
