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
  const associations = ({ RouteTableId }: RouteTable) => associationsOf(transaction, RouteTableId);
  return {
    action: "DescribeRouteTables",
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
      ...Object.fromEntries(
        routeFilters.map(([name, member]) => [
          name,
          (table: RouteTable) => routesOf(transaction, table).map((route) => route[member]),
        ]),
      ),
      "route-table-id": ({ RouteTableId }) => RouteTableId,
      "vpc-id": ({ VpcId }) => VpcId,
    },
  };
};

/** The filters of routes, and the members that they compare. */
const routeFilters = [
  ["route.destination-cidr-block", "DestinationCidrBlock"],
  ["route.destination-ipv6-cidr-block", "DestinationIpv6CidrBlock"],
  ["route.destination-prefix-list-id", "DestinationPrefixListId"],
  ["route.egress-only-internet-gateway-id", "EgressOnlyInternetGatewayId"],
  ["route.gateway-id", "GatewayId"],
  ["route.instance-id", "InstanceId"],
  ["route.nat-gateway-id", "NatGatewayId"],
  ["route.origin", "Origin"],
  ["route.state", "State"],
  ["route.transit-gateway-id", "TransitGatewayId"],
  ["route.vpc-peering-connection-id", "VpcPeeringConnectionId"],
] as const;

/** The local routes of a table and its own. */
function routesOf(
  transaction: Transaction,
  { VpcId, Routes }: Pick<RouteTable, "VpcId" | "Routes">,
): readonly Route[] {
  const { Cidrs = [], Ipv6Cidrs = [] } = transaction.get(vpcs, VpcId) ?? {};
  const local = { GatewayId: "local", Origin: "CreateRouteTable", State: "active" } as const;
  return [
    ...Cidrs.map(({ CidrBlock }) => ({ DestinationCidrBlock: CidrBlock, ...local })),
    ...Ipv6Cidrs.map(({ Ipv6CidrBlock }) => ({ DestinationIpv6CidrBlock: Ipv6CidrBlock, ...local })),
    ...Routes.map((route) => ({ ...route, Origin: "CreateRoute" as const, State: "active" as const })),
  ];
}

function toShape(
  { transaction }: RequestContext,
  { Region: _, Routes, ...table }: RouteTable,
): RouteTableShape {
  return {
    ...table,
    Associations: associationsOf(transaction, table.RouteTableId).map(
      ({ OwnerId: _owner, Region: _region, VpcId: _vpc, ...association }) => ({
        ...association,
        AssociationState: { State: "associated" },
      }),
    ),
    PropagatingVgws: [],
    Routes: [...routesOf(transaction, { VpcId: table.VpcId, Routes })],
    Tags: tagsOf(transaction, table.RouteTableId),
  };
}
