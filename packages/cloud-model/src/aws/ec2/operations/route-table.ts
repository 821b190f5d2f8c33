import {
  type CreateRouteTableRequest,
  type CreateRouteTableResult,
  type DeleteRouteTableRequest,
  type DescribeRouteTablesRequest,
  type DescribeRouteTablesResult,
  type Route,
  type RouteTable as RouteTableShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { type Transaction } from "../../../store/transaction";
import { hasDependants } from "../documents/refusals";
import {
  associationsOf,
  makeRouteTable,
  removeRouteTable,
  type RouteTable,
  routeTables,
} from "../documents/route-table";
import { tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Creates a route table, which has the local routes. */
export function createRouteTable(
  context: RequestContext,
  input: CreateRouteTableRequest,
): CreateRouteTableResult {
  const { VpcId } = vpcs.get(context, input.VpcId);
  const table = makeRouteTable(context, VpcId, false);
  addTags(context, table.RouteTableId, "route-table", tagsFor("route-table", input.TagSpecifications));
  return { RouteTable: toShape(context, table) };
}

/** Deletes a route table without associations. */
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
  const { documents, NextToken } = filterAndPage(
    context,
    routeTables.all(context),
    listingIn(context),
    input,
    input.RouteTableIds,
  );
  return { RouteTables: documents.map((table) => toShape(context, table)), NextToken };
}

const listingIn = ({ transaction }: RequestContext): Listing<RouteTable> => {
  const routes = (table: RouteTable) => routesOf(transaction, table);
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
      "route.destination-cidr-block": (table) =>
        routes(table).map(({ DestinationCidrBlock }) => DestinationCidrBlock),
      "route.destination-ipv6-cidr-block": (table) =>
        routes(table).map(({ DestinationIpv6CidrBlock }) => DestinationIpv6CidrBlock),
      "route.destination-prefix-list-id": (table) =>
        routes(table).map(({ DestinationPrefixListId }) => DestinationPrefixListId),
      "route.egress-only-internet-gateway-id": (table) =>
        routes(table).map(({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId),
      "route.gateway-id": (table) => routes(table).map(({ GatewayId }) => GatewayId),
      "route.instance-id": (table) => routes(table).map(({ InstanceId }) => InstanceId),
      "route.nat-gateway-id": (table) => routes(table).map(({ NatGatewayId }) => NatGatewayId),
      "route.origin": (table) => routes(table).map(({ Origin }) => Origin),
      "route.state": (table) => routes(table).map(({ State }) => State),
      "route.transit-gateway-id": (table) => routes(table).map(({ TransitGatewayId }) => TransitGatewayId),
      "route.vpc-peering-connection-id": (table) =>
        routes(table).map(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId),
      "route-table-id": ({ RouteTableId }) => RouteTableId,
      "vpc-id": ({ VpcId }) => VpcId,
    },
  };
};

/** The routes of a table: the local ones first, one per CIDR of the VPC. */
function routesOf(transaction: Transaction, { VpcId, Routes }: RouteTable): Route[] {
  const { Cidrs = [], Ipv6Cidrs = [] } = transaction.get(vpcs, VpcId) ?? {};
  const local = { GatewayId: "local", Origin: "CreateRouteTable", State: "active" } as const;
  return [
    ...Cidrs.map(({ CidrBlock }) => ({ DestinationCidrBlock: CidrBlock, ...local })),
    ...Ipv6Cidrs.map(({ Ipv6CidrBlock }) => ({ DestinationIpv6CidrBlock: Ipv6CidrBlock, ...local })),
    ...Routes.map((route) => ({ ...route, Origin: "CreateRoute" as const, State: "active" as const })),
  ];
}

function toShape({ transaction }: RequestContext, { Region: _, ...table }: RouteTable): RouteTableShape {
  return {
    ...table,
    Associations: associationsOf(transaction, table.RouteTableId).map(
      ({ OwnerId: _owner, Region: _region, VpcId: _vpc, ...association }) => ({
        ...association,
        AssociationState: { State: "associated" },
      }),
    ),
    PropagatingVgws: [],
    Routes: routesOf(transaction, { Region: _, ...table }),
    Tags: tagsOf(transaction, table.RouteTableId),
  };
}
