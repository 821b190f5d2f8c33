import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about VPC IPAM. */
export const ipam: Readonly<Record<string, TypeOverlay>> = {
  aws_vpc_ipam: {
    computed: ["metered_account"],
    defaults: { enable_private_gua: false, tier: "advanced" },
    checks: { oneOf: { tier: ["free", "advanced"] }, region: { "operating_regions.region_name": [] } },
  },
  aws_vpc_ipam_scope: {},
  aws_vpc_ipam_pool: {
    forceNew: paths(`
    address_family aws_service ipam_scope_id locale public_ip_source publicly_advertisable
    source_ipam_pool_id
  `),
    defaults: { auto_import: false, locale: "None" },
    added: {
      source_resource: {
        nesting: "list",
        block: {
          attributes: {
            resource_id: { type: "string", required: true, forceNew: true },
            resource_owner: { type: "string", required: true, forceNew: true },
            resource_region: { type: "string", required: true, forceNew: true },
            resource_type: { type: "string", required: true, forceNew: true },
          },
          blocks: {},
        },
        maxItems: 1,
        forceNew: true,
        since: "6.29.0",
      },
    },
    checks: {
      oneOf: {
        address_family: ["ipv4", "ipv6"],
        aws_service: ["ec2"],
        public_ip_source: ["amazon", "byoip"],
      },
      between: {
        allocation_default_netmask_length: [0, 128],
        allocation_max_netmask_length: [0, 128],
        allocation_min_netmask_length: [0, 128],
      },
      region: { locale: ["None"] },
    },
  },
  aws_vpc_ipam_pool_cidr: {
    computed: ["cidr", "netmask_length"],
    forceNew: [
      "cidr",
      "ipam_pool_id",
      "netmask_length",
      "cidr_authorization_context",
      "cidr_authorization_context.message",
      "cidr_authorization_context.signature",
    ],
    checks: {
      conflicts: { cidr: ["netmask_length"] },
      cidr: { cidr: {} },
      between: { netmask_length: [0, 128] },
    },
  },
  aws_vpc_ipam_pool_cidr_allocation: {
    computed: ["cidr", "netmask_length"],
    forceNew: ["cidr", "description", "disallowed_cidrs", "ipam_pool_id", "netmask_length"],
    added: {
      tags: { type: ["map", "string"], optional: true, since: "6.64.0" },
      tags_all: { type: ["map", "string"], optional: true, computed: true, since: "6.64.0" },
    },
    checks: {
      conflicts: { cidr: ["netmask_length"] },
      cidr: { cidr: {}, disallowed_cidrs: {} },
      between: { netmask_length: [0, 128] },
    },
  },
  aws_vpc_ipam_resource_discovery: {
    added: {
      organizational_unit_exclusion: {
        nesting: "set",
        block: { attributes: { organizations_entity_path: { type: "string", required: true } }, blocks: {} },
        since: "6.29.0",
      },
    },
    checks: { region: { "operating_regions.region_name": [] } },
  },
  aws_vpc_ipam_resource_discovery_association: {},
  aws_vpc_ipam_organization_admin_account: {
    forceNew: ["delegated_admin_account_id"],
    checks: { account: ["delegated_admin_account_id"] },
  },
};
