import { type RequestContext } from "../../../request-context";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";
import { Ec2Kind } from "./ec2-kind";
import { type Located, locationOf } from "./located";
import { removeTags } from "./tags";

/** Who uses a route table: a subnet, a gateway, or (`Main`) all subnets without another one. */
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
  /** Beside the local routes, which follow the VPC's CIDRs. */
  readonly Routes: readonly RouteEntry[];
}

/** All route tables. */
export const routeTables = new Ec2Kind<RouteTable>("route-table", "rtb", [
  "InvalidRouteTableID.NotFound",
  "routeTable ID",
]);

/** Makes a route table, unchecked. @param main whether it is for every subnet without another one */
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

/** Takes a route table away, with its associations. */
export function removeRouteTable(context: RequestContext, id: string): void {
  for (const { RouteTableAssociationId } of associationsOf(context.transaction, id))
    context.transaction.remove(routeTableAssociations, RouteTableAssociationId);
  context.transaction.remove(routeTables, id);
  removeTags(context, id);
}

/** Subnets that go fall back to nothing: their association goes with them. */
export function removeRouteTableAssociation({ transaction }: RequestContext, subnetId: string): void {
  const association = transaction.find(routeTableAssociations, ({ SubnetId }) => SubnetId === subnetId);
  if (association) transaction.remove(routeTableAssociations, association.RouteTableAssociationId);
}

// The arguments of a route that say where it leads to.
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

export const destinations = [
  "DestinationCidrBlock",
  "DestinationIpv6CidrBlock",
  "DestinationPrefixListId",
] as const;

/** A route as it was asked for; the sandbox does not check its target. */
export type RouteEntry = {
  readonly [member in (typeof targets)[number] | (typeof destinations)[number]]?: string | undefined;
};
