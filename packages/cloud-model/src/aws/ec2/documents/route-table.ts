import { type RequestContext } from "../../../request-context";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";
import { Ec2Kind } from "./ec2-kind";
import { type Located, locationOf } from "./located";
import { removeTags } from "./tags";

/** A subnet, a gateway or, if `Main`, every subnet without its own association, that uses a route table. */
export interface RouteTableAssociation extends Located {
  readonly RouteTableAssociationId: string;
  readonly RouteTableId: string;
  readonly VpcId: string;
  readonly Main: boolean;
  readonly SubnetId?: string | undefined;
  readonly GatewayId?: string | undefined;
}

/** All associations, by id. */
export const routeTableAssociations = new Kind<RouteTableAssociation>("ec2/route-table-association");

/** The associations of a route table. */
export const associationsOf = (
  transaction: Transaction,
  routeTableId: string,
): readonly RouteTableAssociation[] =>
  transaction.filter(routeTableAssociations, ({ RouteTableId }) => RouteTableId === routeTableId);

/** Makes an association, unchecked. */
export function putAssociation(
  context: RequestContext,
  { RouteTableId, VpcId }: RouteTable,
  user: Pick<RouteTableAssociation, "Main" | "SubnetId" | "GatewayId">,
): RouteTableAssociation {
  const RouteTableAssociationId = `rtbassoc-${context.transaction.hex(17)}`;
  const association = { ...locationOf(context), ...user, RouteTableAssociationId, RouteTableId, VpcId };
  return context.transaction.put(routeTableAssociations, RouteTableAssociationId, association);
}

/** A route table. */
export interface RouteTable extends Located {
  readonly RouteTableId: string;
  readonly VpcId: string;
  /** Without the local routes, which follow from the VPC's CIDRs. */
  readonly Routes: readonly RouteEntry[];
}

/** All route tables. */
export const routeTables = new Ec2Kind<RouteTable>("route-table", "rtb", [
  "InvalidRouteTableID.NotFound",
  "routeTable ID",
]);

/** Makes a route table, unchecked. @param main whether subnets without an association use it */
export function makeRouteTable(context: RequestContext, VpcId: string, main: boolean): RouteTable {
  const RouteTableId = routeTables.newId(context);
  const table: RouteTable = { ...locationOf(context), RouteTableId, VpcId, Routes: [] };
  context.transaction.put(routeTables, RouteTableId, table);
  if (main) putAssociation(context, table, { Main: true });
  return table;
}

/** The main association of a VPC. */
export const mainOf = (transaction: Transaction, vpcId: string) =>
  transaction.find(routeTableAssociations, ({ VpcId, Main }) => Main && VpcId === vpcId);

/** Removes a route table with its associations, unchecked. */
export function removeRouteTable(context: RequestContext, id: string): void {
  for (const { RouteTableAssociationId } of associationsOf(context.transaction, id))
    context.transaction.remove(routeTableAssociations, RouteTableAssociationId);
  context.transaction.remove(routeTables, id);
  removeTags(context, id);
}

/** Removes the association of a subnet that is deleted. */
export function removeRouteTableAssociation({ transaction }: RequestContext, subnetId: string): void {
  const association = transaction.find(routeTableAssociations, ({ SubnetId }) => SubnetId === subnetId);
  if (association) transaction.remove(routeTableAssociations, association.RouteTableAssociationId);
}

/** Members of a route that name its target. */
export const targets = [
  "CarrierGatewayId",
  "CoreNetworkArn",
  "EgressOnlyInternetGatewayId",
  "GatewayId",
  "InstanceId",
  "LocalGatewayId",
  "NatGatewayId",
  "NetworkInterfaceId",
  "TransitGatewayId",
  "VpcPeeringConnectionId",
] as const;

/** Members of a route that name its destination. */
export const destinations = [
  "DestinationCidrBlock",
  "DestinationIpv6CidrBlock",
  "DestinationPrefixListId",
] as const;

/** A route: one destination and one target. */
export type RouteEntry = {
  readonly [member in (typeof targets)[number] | (typeof destinations)[number]]?: string | undefined;
};
