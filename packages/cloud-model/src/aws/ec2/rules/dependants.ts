import { recordedResources } from "../../../recorded-resources";
import { type Transaction } from "../../../store/transaction";

// What stands in a VPC or subnet and is made by Terraform only, by the arguments that say where.
const placedBy: { readonly [type: string]: readonly string[] } = {
  aws_internet_gateway: ["vpc_id"],
  aws_egress_only_internet_gateway: ["vpc_id"],
  aws_security_group: ["vpc_id"],
  aws_vpc_endpoint: ["vpc_id", "subnet_ids"],
  aws_nat_gateway: ["subnet_id"],
};

/**
 * Whether something that is kept as Terraform sees it, and has no model, stands in a VPC or subnet:
 * gateways, endpoints, security groups.
 */
export const hasUnmodelledDependants = (transaction: Transaction, id: string): boolean =>
  Object.entries(placedBy).some(([type, members]) =>
    recordedResources(transaction, type).some(({ state }) =>
      members.some((member) => [(state as Record<string, unknown>)[member]].flat().includes(id)),
    ),
  );
