import {
  type CreateRouteRequest,
  type CreateRouteResult,
  type DeleteRouteRequest,
  type ReplaceRouteRequest,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { invalidCombination, invalidValue, missing } from "../documents/refusals";
import {
  destinations,
  type RouteEntry,
  type RouteTable,
  routeTables,
  targets,
} from "../documents/route-table";
import { readCidr } from "../rules/cidr";
import { checkMoreSpecific, checkRouteTarget, localRouteTo } from "../rules/route-target";

/** Adds a route. Its destination must have none yet. */
export function createRoute(context: RequestContext, input: CreateRouteRequest): CreateRouteResult {
  const table = routeTables.get(context, input.RouteTableId);
  const route = routeFrom(input);
  checkRouteTarget(context, table, route);
  checkMoreSpecific(context, table, route);
  if (routeTo(table, route) ?? localRouteTo(context, table, route))
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
  const wanted = destinationFrom(input);
  if (localRouteTo(context, table, wanted))
    throw invalidValue(
      `cannot remove local route ${destinationOf(wanted)} in route table ${table.RouteTableId}`,
    );
  const before = routeTo(table, wanted) ?? refuse(table, wanted);
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

/** @throws ServiceError unless there are exactly one destination and one target */
function routeFrom(input: CreateRouteRequest & { readonly VpcEndpointId?: string | undefined }): RouteEntry {
  const { VpcEndpointId } = input;
  const given = targets.filter((member) => input[member]);
  if (given.length === 0 && !VpcEndpointId) throw missing("gatewayId");
  if (given.length + (VpcEndpointId ? 1 : 0) > 1)
    throw invalidCombination(
      `The request must contain exactly one target, not ${[...given, ...(VpcEndpointId ? ["VpcEndpointId"] : [])].join(", ")}.`,
    );
  const target = VpcEndpointId
    ? { GatewayId: VpcEndpointId }
    : Object.fromEntries(given.map((member) => [member, input[member]]));
  return { ...destinationFrom(input), ...target };
}

/** The destination of a route, in canonical form. @throws ServiceError unless there is exactly one */
function destinationFrom(input: RouteEntry): RouteEntry {
  const given = destinations.filter((member) => input[member]);
  const [member] = given;
  if (member === undefined) throw missing("destinationCidrBlock");
  if (given.length > 1)
    throw invalidCombination(`The request must contain exactly one destination, not ${given.join(", ")}.`);
  const text = input[member]!;
  if (member === "DestinationPrefixListId") return { [member]: text };
  const parameter = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
  const cidr = readCidr(text, parameter);
  if (cidr.family !== (member === "DestinationCidrBlock" ? 4 : 6))
    throw invalidValue(
      `Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
    );
  return { [member]: cidr.toString() };
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
