import { type TypeOverlay } from "../../schema/overlay";

/** Facts about resource shares. */
export const ram: Readonly<Record<string, TypeOverlay>> = {
  aws_ram_resource_share: {
    computed: ["permission_arns"],
    forceNew: ["permission_arns"],
    defaults: { allow_external_principals: false },
    added: {
      resource_share_configuration: {
        nesting: "list",
        block: {
          attributes: {
            retain_sharing_on_account_leave_organization: { type: "bool", optional: true, computed: true },
          },
          blocks: {},
        },
        maxItems: 1,
        since: "6.35.0",
      },
    },
    checks: { arn: ["permission_arns"] },
  },
  aws_ram_resource_association: {
    forceNew: ["resource_arn", "resource_share_arn"],
    checks: { arn: ["resource_arn", "resource_share_arn"] },
  },
  aws_ram_principal_association: {
    forceNew: ["principal", "resource_share_arn"],
    checks: {
      forms: { principal: "principal" },
      arn: ["resource_share_arn"],
    },
  },
};
