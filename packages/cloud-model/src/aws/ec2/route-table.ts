import {
  type CreateRouteTableRequest,
  type CreateRouteTableResult,
  type DeleteRouteTableRequest,
  type DescribeRouteTablesRequest,
  type DescribeRouteTablesResult,
  type RouteTable as RouteTableShape,
} from "@aws-sdk/client-ec2";
import { type Transaction } from "../../store/transaction";
import { type RequestContext } from "../../request-context";
import { Ec2Kind } from "./ec2-kind";
import { list, type Listing } from "./listing";
import { hasDependants } from "./refusals";
import { associationsOf, putAssociation, routeTableAssociations } from "./route-table-association";
import { type KeptRoute } from "./route";
import { type Located, locationOf } from "./located";
import { addTags, removeTags, tagsFor, tagsOf } from "./tags";
import { vpcs } from "./vpc";

/** A route table. */
export interface RouteTable extends Located {
  readonly RouteTableId: string;
  readonly VpcId: string;
  /** Beside the local routes, which follow the VPC's CIDRs. */
  readonly Routes: readonly KeptRoute[];
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

/** Creates a route table with the local routes. */
export function createRouteTable(
  context: RequestContext,
  input: CreateRouteTableRequest,
): CreateRouteTableResult {
  const { VpcId } = vpcs.get(context, input.VpcId);
  const table = makeRouteTable(context, VpcId, false);
  addTags(context, table.RouteTableId, "route-table", tagsFor("route-table", input.TagSpecifications));
  return { RouteTable: shown(context, table) };
}

/** Deletes a route table that nothing is associated with. */
export function deleteRouteTable(context: RequestContext, input: DeleteRouteTableRequest): void {
  const { RouteTableId } = routeTables.get(context, input.RouteTableId);
  if (associationsOf(context.transaction, RouteTableId).length > 0)
    throw hasDependants("routeTable", RouteTableId);
  removeRouteTable(context, RouteTableId);
}

/** Lists route tables with their associations. */
export function describeRouteTables(
  context: RequestContext,
  input: DescribeRouteTablesRequest,
): DescribeRouteTablesResult {
  const { documents, NextToken } = list(
    context,
    routeTables.all(context),
    listingIn(context),
    input,
    input.RouteTableIds,
  );
  return { RouteTables: documents.map((table) => shown(context, table)), NextToken };
}

const listingIn = ({ transaction }: RequestContext): Listing<RouteTable> => {
  const associations = ({ RouteTableId }: RouteTable) => associationsOf(transaction, RouteTableId);
  return {
    idOf: ({ RouteTableId }) => RouteTableId,
    missing: (id) => routeTables.notFound(id),
    pages: [5, 100],
    filters: {
      "association.main": (table) => associations(table).map(({ Main }) => String(Main)),
      "association.route-table-association-id": (table) =>
        associations(table).map(({ RouteTableAssociationId }) => RouteTableAssociationId),
      "association.route-table-id": (table) => associations(table).map(({ RouteTableId }) => RouteTableId),
      "association.subnet-id": (table) => associations(table).map(({ SubnetId }) => SubnetId),
      "association.gateway-id": (table) => associations(table).map(({ GatewayId }) => GatewayId),
      "owner-id": ({ OwnerId }) => OwnerId,
      "route.destination-cidr-block": ({ Routes }) =>
        Routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock),
      "route.gateway-id": ({ Routes }) => Routes.map(({ GatewayId }) => GatewayId),
      "route.nat-gateway-id": ({ Routes }) => Routes.map(({ NatGatewayId }) => NatGatewayId),
      "route-table-id": ({ RouteTableId }) => RouteTableId,
      "vpc-id": ({ VpcId }) => VpcId,
    },
  };
};

function shown(
  { transaction }: RequestContext,
  { Region: _, Routes, ...table }: RouteTable,
): RouteTableShape {
  const { Cidrs = [], Ipv6Cidrs = [] } = transaction.get(vpcs, table.VpcId) ?? {};
  const local = { GatewayId: "local", Origin: "CreateRouteTable", State: "active" } as const;
  return {
    ...table,
    Associations: associationsOf(transaction, table.RouteTableId).map(
      ({ OwnerId: _owner, Region: _region, VpcId: _vpc, ...association }) => ({
        ...association,
        AssociationState: { State: "associated" },
      }),
    ),
    PropagatingVgws: [],
    Routes: [
      ...Cidrs.map(({ CidrBlock }) => ({ DestinationCidrBlock: CidrBlock, ...local })),
      ...Ipv6Cidrs.map(({ Ipv6CidrBlock }) => ({ DestinationIpv6CidrBlock: Ipv6CidrBlock, ...local })),
      ...Routes.map((route) => ({ ...route, Origin: "CreateRoute" as const, State: "active" as const })),
    ],
    Tags: tagsOf(transaction, table.RouteTableId),
  };
}
