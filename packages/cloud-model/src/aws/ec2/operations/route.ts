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
import { vpcs } from "../documents/vpc";
import { readCidr } from "../rules/cidr";
import { checkRouteTarget } from "../rules/route-target";

/** Adds a route. Its destination must have none yet. */
export function createRoute(context: RequestContext, input: CreateRouteRequest): CreateRouteResult {
  const table = routeTables.get(context, input.RouteTableId);
  const route = routeFrom(input);
  checkRouteTarget(context, table, route);
  if (routeTo(table, route) || isLocal(context, table, route))
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
  const wanted = { ...input, ...destinationIn(input) };
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

function routeFrom(input: CreateRouteRequest & { readonly VpcEndpointId?: string | undefined }): RouteEntry {
  const members = targets.flatMap((member) => (input[member] ? [[member, input[member]] as const] : []));
  const given = members.length + (input.VpcEndpointId ? 1 : 0);
  if (given === 0) throw missing(`gatewayId, or another target: ${targets.join(", ")}`);
  if (given > 1)
    throw invalidCombination(
      `Exactly one target can be specified, not ${[...members.map(([name]) => name), ...(input.VpcEndpointId ? ["VpcEndpointId"] : [])].join(" and ")}.`,
    );
  const route: RouteEntry = { ...destinationIn(input), ...Object.fromEntries(members) };
  return input.VpcEndpointId ? { ...route, GatewayId: input.VpcEndpointId } : route;
}

/** The destination of a request, with its CIDR in canonical form. @throws ServiceError unless it has exactly one */
function destinationIn(input: RouteEntry): RouteEntry {
  const given = destinations.flatMap((member) => (input[member] ? [[member, input[member]] as const] : []));
  const [first] = given;
  if (!first) throw missing("destinationCidrBlock");
  if (given.length > 1)
    throw invalidCombination(`Exactly one destination can be specified, not ${given.length}.`);
  const [member, text] = first;
  if (member === "DestinationPrefixListId") return { [member]: text };
  const name = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
  const cidr = readCidr(text, name);
  if (cidr.family !== (member === "DestinationCidrBlock" ? 4 : 6))
    throw invalidValue(`Value (${text}) for parameter ${name} is invalid. This is not a valid CIDR block.`);
  return { [member]: cidr.toString() };
}

/** Whether the destination is a CIDR of the table's VPC, which has a local route. */
function isLocal({ transaction }: RequestContext, { VpcId }: RouteTable, route: RouteEntry): boolean {
  const { Cidrs = [], Ipv6Cidrs = [] } = transaction.get(vpcs, VpcId) ?? {};
  const local = [...Cidrs.map(({ CidrBlock }) => CidrBlock), ...Ipv6Cidrs.map((one) => one.Ipv6CidrBlock)];
  return local.includes(destinationOf(route) ?? "");
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
