import { ServiceError } from "@cluster-ipam/cloud-model";
import { type RouteEntry, type RouteTable, subnets } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext } from "../../resource-model";
import { standingById } from "./standing";

/** @throws ServiceError for an internet or NAT gateway that does not stand, or stands in another VPC */
export function checkRouteTarget(
  context: ResourceContext,
  { VpcId, RouteTableId }: RouteTable,
  { GatewayId: gateway = "", NatGatewayId: nat = "" }: RouteEntry,
): void {
  if (gateway.startsWith("igw-")) {
    const found = standingById(context, "aws_internet_gateway", gateway);
    if (!found) throw missing("InvalidInternetGatewayID", "internetGateway", gateway);
    if (found.text("vpc_id") !== VpcId)
      throw new ServiceError(
        "InvalidParameterValue",
        `route table ${RouteTableId} and network gateway ${gateway} belong to different networks`,
      );
  }
  if (nat === "") return;
  const found = standingById(context, "aws_nat_gateway", nat);
  if (!found) throw missing("InvalidNatGatewayID", "natGateway", nat);
  if (subnets.find(context, found.text("subnet_id"))?.VpcId !== VpcId)
    throw new ServiceError(
      "InvalidParameterValue",
      `route table ${RouteTableId} and NAT gateway ${nat} belong to different networks`,
    );
}

const missing = (code: string, noun: string, id: string): ServiceError =>
  new ServiceError(`${code}.NotFound`, `The ${noun} ID '${id}' does not exist`);
