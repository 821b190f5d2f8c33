import { type Checks } from "../../schema/checks";
import { each, paths, type TypeOverlay } from "../../schema/overlay";

/** The rules inside a security group. */
const RULES: Checks = {
  cidr: {
    ...each("egress.cidr_blocks ingress.cidr_blocks", { family: 4 } as const),
    ...each("egress.ipv6_cidr_blocks ingress.ipv6_cidr_blocks", { family: 6 } as const),
  },
  matches: each("egress.description ingress.description", "^[0-9A-Za-z_ .:/()#,@\\[\\]+=&;{}!$*-]*$"),
};

/** Facts about security groups, network ACLs and flow logs. */
export const security: Readonly<Record<string, TypeOverlay>> = {
  aws_security_group: {
    version: 1,
    computed: ["egress", "ingress", "name", "name_prefix", "vpc_id"],
    forceNew: ["description", "name", "name_prefix", "vpc_id"],
    defaults: { description: "Managed by Terraform", revoke_rules_on_delete: false },
    checks: {
      conflicts: { name: ["name_prefix"] },
      length: { description: [0, 255], name: [0, 255], name_prefix: [0, 229] },
      forms: { name: "group-name", name_prefix: "group-name" },
      ...RULES,
    },
  },
  aws_vpc_security_group_ingress_rule: {
    keepsState: ["arn", "id", "region", "security_group_rule_id", "tags_all"],
    framework: true,
    forceNew: ["security_group_id"],
    checks: {
      exactlyOneOf: [["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]],
      cidr: { cidr_ipv4: { family: 4 }, cidr_ipv6: { family: 6 } },
      between: { from_port: [-1, 65_535], to_port: [-1, 65_535] },
    },
  },
  aws_vpc_security_group_egress_rule: {
    keepsState: ["arn", "id", "region", "security_group_rule_id", "tags_all"],
    framework: true,
    forceNew: ["security_group_id"],
    checks: {
      exactlyOneOf: [["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]],
      cidr: { cidr_ipv4: { family: 4 }, cidr_ipv6: { family: 6 } },
      between: { from_port: [-1, 65_535], to_port: [-1, 65_535] },
    },
  },
  aws_default_security_group: {
    version: 1,
    computed: ["egress", "ingress", "vpc_id"],
    forceNew: ["vpc_id"],
    defaults: { revoke_rules_on_delete: false },
    checks: RULES,
  },
  aws_network_acl: {
    computed: ["egress", "ingress", "subnet_ids"],
    forceNew: ["vpc_id"],
    checks: {
      between: {
        ...each("egress.rule_no ingress.rule_no", [1, 32_766] as const),
        ...each("egress.from_port egress.to_port ingress.from_port ingress.to_port", [0, 65_535] as const),
      },
      forms: {
        ...each("egress.action ingress.action", "acl-action"),
        ...each("egress.protocol ingress.protocol", "protocol"),
      },
      cidr: {
        ...each("egress.cidr_block ingress.cidr_block", { family: 4 } as const),
        ...each("egress.ipv6_cidr_block ingress.ipv6_cidr_block", { family: 6 } as const),
      },
    },
  },
  aws_flow_log: {
    suppress: { destination_options: "left-out" },
    computed: ["log_destination", "log_format"],
    forceNew: paths(`
    deliver_cross_account_role eni_id iam_role_arn log_destination log_destination_type log_format
    max_aggregation_interval subnet_id traffic_type transit_gateway_attachment_id transit_gateway_id
    vpc_id destination_options destination_options.file_format
    destination_options.hive_compatible_partitions destination_options.per_hour_partition
  `),
    defaults: {
      log_destination_type: "cloud-watch-logs",
      max_aggregation_interval: 600,
      "destination_options.file_format": "plain-text",
      "destination_options.hive_compatible_partitions": false,
      "destination_options.per_hour_partition": false,
    },
    added: {
      tag_field_specification: {
        nesting: "set",
        block: {
          attributes: {
            resource_type: { type: "string", required: true },
            tag_keys: { type: ["list", "string"], required: true },
          },
          blocks: {},
        },
        since: "6.64.0",
      },
    },
    checks: {
      exactlyOneOf: [
        ["eni_id", "subnet_id", "transit_gateway_attachment_id", "transit_gateway_id", "vpc_id"],
      ],
      arn: ["deliver_cross_account_role", "iam_role_arn", "log_destination"],
      oneOf: {
        log_destination_type: ["cloud-watch-logs", "s3", "kinesis-data-firehose"],
        max_aggregation_interval: [60, 600],
        traffic_type: ["ACCEPT", "REJECT", "ALL"],
        "destination_options.file_format": ["plain-text", "parquet"],
      },
    },
  },
};
