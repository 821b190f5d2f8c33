import { type RequestContext } from "../../../request-context";
import { internetGateways } from "../documents/connectivity/internet-gateway";
import { natGateways } from "../documents/connectivity/nat-gateway";
import { invalidValue } from "../documents/refusals";
import { type Vpc, vpcs } from "../documents/vpc";
import { readCidr } from "./cidr";
import { type RouteEntry, type RouteTable } from "../documents/route-table";

/** The local route of a table to exactly this destination: its VPC has that CIDR. Undefined if there is none. */
export const localRouteTo = (
  { transaction }: RequestContext,
  { VpcId }: RouteTable,
  { DestinationCidrBlock, DestinationIpv6CidrBlock }: RouteEntry,
): string | undefined =>
  localDestinations(transaction.get(vpcs, VpcId)).find(
    (cidr) => cidr === (DestinationCidrBlock ?? DestinationIpv6CidrBlock),
  );

const localDestinations = (vpc: Vpc | undefined): readonly string[] => [
  ...(vpc?.Cidrs ?? []).map(({ CidrBlock }) => CidrBlock),
  ...(vpc?.Ipv6Cidrs ?? []).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
];

/**
 * Checks a route to a part of the VPC. Source: Amazon VPC user guide, "Route priority and middlebox routing": its target
 * is a NAT gateway, a network interface or a Gateway Load Balancer endpoint.
 *
 * @throws ServiceError `InvalidParameterValue`
 */
export function checkMoreSpecific(
  { transaction }: RequestContext,
  { VpcId }: RouteTable,
  { DestinationCidrBlock, DestinationIpv6CidrBlock, ...target }: RouteEntry,
): void {
  const destination = DestinationCidrBlock ?? DestinationIpv6CidrBlock;
  if (destination === undefined) return;
  const isInside = localDestinations(transaction.get(vpcs, VpcId)).some(
    (cidr) => cidr !== destination && readCidr(cidr).contains(readCidr(destination)),
  );
  const { NatGatewayId, NetworkInterfaceId, InstanceId, GatewayId } = target;
  if (isInside && !NatGatewayId && !NetworkInterfaceId && !InstanceId && !GatewayId?.startsWith("vpce-"))
    throw invalidValue(
      `The destination CIDR block ${destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`,
    );
}

/** @throws ServiceError for an internet or NAT gateway that does not exist or belongs to another VPC */
export function checkRouteTarget(
  context: RequestContext,
  { VpcId, RouteTableId }: RouteTable,
  { GatewayId = "", NatGatewayId }: RouteEntry,
): void {
  if (GatewayId.startsWith("igw-") && internetGateways.get(context, GatewayId).VpcId !== VpcId)
    throw invalidValue(
      `route table ${RouteTableId} and network gateway ${GatewayId} belong to different networks`,
    );
  if (NatGatewayId !== undefined && natGateways.get(context, NatGatewayId).VpcId !== VpcId)
    throw invalidValue(
      `route table ${RouteTableId} and NAT gateway ${NatGatewayId} belong to different networks`,
    );
}
