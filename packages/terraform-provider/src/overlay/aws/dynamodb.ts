import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about DynamoDB. */
export const dynamodb: Readonly<Record<string, TypeOverlay>> = {
  aws_dynamodb_table: {
    suppress: { table_class: "standard-table-class", ttl: "left-out" },
    normalize: { stream_view_type: "upper" },
    setKeys: { attribute: ["name"], local_secondary_index: ["name"] },
    version: 1,
    computed: paths(`
    attribute point_in_time_recovery server_side_encryption ttl
    hash_key read_capacity stream_view_type write_capacity global_secondary_index.read_capacity
    global_secondary_index.write_capacity
    global_secondary_index.on_demand_throughput.max_read_request_units
    global_secondary_index.on_demand_throughput.max_write_request_units
    on_demand_throughput.max_read_request_units on_demand_throughput.max_write_request_units
    point_in_time_recovery.recovery_period_in_days replica.kms_key_arn
    server_side_encryption.kms_key_arn global_secondary_index.warm_throughput.read_units_per_second
    global_secondary_index.warm_throughput.write_units_per_second global_table_witness.region_name
    replica.deletion_protection_enabled warm_throughput.read_units_per_second
    warm_throughput.write_units_per_second global_secondary_index.hash_key
  `),
    forceNew: paths(`
    hash_key name range_key restore_date_time restore_source_name restore_source_table_arn
    restore_to_latest_time local_secondary_index local_secondary_index.name
    local_secondary_index.non_key_attributes local_secondary_index.projection_type
    local_secondary_index.range_key
  `),
    optional: ["global_secondary_index.hash_key"],
    defaults: {
      billing_mode: "PROVISIONED",
      "ttl.enabled": false,
      "replica.point_in_time_recovery": false,
      "replica.propagate_tags": false,
    },
    added: {
      "global_secondary_index.key_schema": {
        nesting: "list",
        block: {
          attributes: {
            attribute_name: { type: "string", required: true },
            key_type: { type: "string", required: true },
          },
          blocks: {},
        },
        since: "6.29.0",
      },
      restore_backup_arn: { type: "string", optional: true, since: "6.40.0" },
    },
    checks: {
      conflicts: {
        import_table: ["restore_source_name", "restore_source_table_arn"],
        on_demand_throughput: ["read_capacity", "write_capacity"],
        restore_source_name: ["restore_source_table_arn"],
      },
      oneOf: {
        billing_mode: ["PROVISIONED", "PAY_PER_REQUEST"],
        stream_view_type: ["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY", ""],
        table_class: ["STANDARD", "STANDARD_INFREQUENT_ACCESS"],
        "attribute.type": ["S", "N", "B"],
        "global_secondary_index.projection_type": ["ALL", "KEYS_ONLY", "INCLUDE"],
        "import_table.input_compression_type": ["GZIP", "ZSTD", "NONE"],
        "import_table.input_format": ["DYNAMODB_JSON", "ION", "CSV"],
        "local_secondary_index.projection_type": ["ALL", "KEYS_ONLY", "INCLUDE"],
      },
      time: ["restore_date_time"],
      arn: ["restore_source_table_arn", "replica.kms_key_arn", "server_side_encryption.kms_key_arn"],
      between: { "point_in_time_recovery.recovery_period_in_days": [1, 35] },
    },
  },
};
