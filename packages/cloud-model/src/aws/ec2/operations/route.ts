import {
  type CreateRouteRequest,
  type CreateRouteResult,
  type DeleteRouteRequest,
  type ReplaceRouteRequest,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { missing } from "../documents/refusals";
import {
  destinations,
  type RouteEntry,
  type RouteTable,
  routeTables,
  targets,
} from "../documents/route-table";
import { checkRouteTarget } from "../rules/route-target";

/** Adds a route. Its destination must have none yet. */
export function createRoute(context: RequestContext, input: CreateRouteRequest): CreateRouteResult {
  const table = routeTables.get(context, input.RouteTableId);
  const route = routeFrom(input);
  checkRouteTarget(context, table, route);
  if (routeTo(table, route))
    throw new ServiceError(
      "RouteAlreadyExists",
      `The route identified by ${destinationOf(route)} already exists.`,
    );
  putRoutes(context, table, [...table.Routes, route]);
  return { Return: true };
}

/** Changes the target of a route. */
export function replaceRoute(context: RequestContext, input: ReplaceRouteRequest): void {
  const table = routeTables.get(context, input.RouteTableId);
  const route = routeFrom(input);
  checkRouteTarget(context, table, route);
  const before = routeTo(table, route) ?? refuse(table, route);
  putRoutes(
    context,
    table,
    table.Routes.map((one) => (one === before ? route : one)),
  );
}

/** Deletes a route. */
export function deleteRoute(context: RequestContext, input: DeleteRouteRequest): void {
  const table = routeTables.get(context, input.RouteTableId);
  const before = routeTo(table, input) ?? refuse(table, input);
  putRoutes(
    context,
    table,
    table.Routes.filter((one) => one !== before),
  );
}

const putRoutes = (
  { transaction }: RequestContext,
  table: RouteTable,
  Routes: readonly RouteEntry[],
): RouteTable => transaction.put(routeTables, table.RouteTableId, { ...table, Routes });

function routeFrom(input: CreateRouteRequest & { readonly VpcEndpointId?: string | undefined }): RouteEntry {
  const members = [...destinations, ...targets].flatMap((member) =>
    input[member] ? [[member, input[member]] as const] : [],
  );
  const route: RouteEntry = Object.fromEntries(members);
  if (destinationOf(route) === undefined) throw missing("destinationCidrBlock");
  return input.VpcEndpointId ? { ...route, GatewayId: input.VpcEndpointId } : route;
}

const destinationOf = (route: RouteEntry): string | undefined =>
  route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;

/** The route of a table that has the destination of `wanted`, or undefined. */
export const routeTo = ({ Routes }: RouteTable, wanted: RouteEntry): RouteEntry | undefined =>
  Routes.find((route) => destinationOf(route) === destinationOf(wanted));

function refuse({ RouteTableId }: RouteTable, route: RouteEntry): never {
  throw new ServiceError(
    "InvalidRoute.NotFound",
    `no route with destination-cidr-block ${destinationOf(route)} in route table ${RouteTableId}`,
  );
}
