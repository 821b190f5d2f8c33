import { type RequestContext } from "../../../request-context";
import { mainOf, routeTableAssociations, routeTables } from "../../ec2/documents/route-table";
import { type ClusterSubnet } from "./cluster-subnets";
import { invalidParameter } from "./refusals";

/**
 * Checks that pods on Fargate may be in subnets: none has a route to an internet gateway (EKS user guide: "Define which Pods use
 * Fargate when launched", subnets).
 *
 * @throws ServiceError for a public subnet
 */
export function checkPrivateSubnets(context: RequestContext, subnets: readonly ClusterSubnet[]): void {
  const open = subnets.find((subnet) => isPublic(context, subnet));
  if (open) throw invalidParameter(`Subnet ${open.id} provided in Fargate Profile is not a private subnet`);
}

function isPublic(context: RequestContext, { id, vpcId }: ClusterSubnet): boolean {
  const { transaction } = context;
  const association =
    transaction.find(routeTableAssociations, ({ SubnetId }) => SubnetId === id) ?? mainOf(transaction, vpcId);
  const table = association && routeTables.find(context, association.RouteTableId);
  return table?.Routes.some(({ GatewayId }) => GatewayId?.startsWith("igw-")) ?? false;
}
