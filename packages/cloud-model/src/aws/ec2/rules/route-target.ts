import { type RequestContext } from "../../../request-context";
import { internetGateways } from "../documents/connectivity/internet-gateway";
import { natGateways } from "../documents/connectivity/nat-gateway";
import { invalidValue } from "../documents/refusals";
import { type RouteEntry, type RouteTable } from "../documents/route-table";

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
