import { type TypeOverlay } from "../../schema/overlay";

/** Data sources of aws. */
export const lookups: Readonly<Record<string, TypeOverlay>> = {
  aws_availability_zones: {
    checks: { oneOf: { state: ["available", "information", "impaired", "unavailable", "constrained"] } },
  },
  aws_caller_identity: {},
  aws_partition: {},
  aws_region: { computed: ["endpoint", "name", "region"] },
  aws_vpc_ipam_pool: {
    computed: ["allocation_resource_tags", "tags"],
    // The provider does not compute it: an unknown pool has no id until it is read.
    removed: ["id"],
    added: {
      id: { type: "string", optional: true },
      source_resource: {
        type: [
          "list",
          [
            "object",
            {
              resource_id: "string",
              resource_owner: "string",
              resource_region: "string",
              resource_type: "string",
            },
          ],
        ],
        computed: true,
        since: "6.29.0",
      },
    },
  },
  aws_vpc_ipam_pools: {},
  aws_ec2_instance_type: {},
  aws_ssm_parameter: { sensitive: ["value"] },
  aws_iam_policy_document: {
    deprecated: ["override_json", "source_json"],
    checks: { oneOf: { version: ["2008-10-17", "2012-10-17"], "statement.effect": ["Allow", "Deny"] } },
  },
  aws_eks_cluster_auth: { sensitive: ["token"], checks: { forms: { name: "not-empty" } } },
  aws_eks_addon_version: {},
  aws_vpc: {
    computed: ["cidr_block", "default", "dhcp_options_id", "state", "tags"],
    added: {
      ipv6_cidr_block_associations: {
        type: [
          "set",
          [
            "object",
            {
              association_id: "string",
              ip_source: "string",
              ipv6_address_attribute: "string",
              ipv6_cidr_block: "string",
              ipv6_pool: "string",
              network_border_group: "string",
              state: "string",
            },
          ],
        ],
        computed: true,
        since: "6.64.0",
      },
    },
  },
  aws_subnets: { computed: ["tags"] },
};
