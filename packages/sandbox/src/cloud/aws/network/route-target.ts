import { type Scene } from "../../resource-model";
import { ServiceError } from "../../service-error";
import { type KeptRoute } from "../ec2/route";
import { type RouteTable } from "../ec2/route-table";
import { subnets } from "../ec2/subnet";
import { standingById } from "./standing";

/** @throws ServiceError for an internet or NAT gateway that does not stand, or stands in another VPC */
export function checkRouteTarget(
  scene: Scene,
  { VpcId, RouteTableId }: RouteTable,
  { GatewayId: gateway = "", NatGatewayId: nat = "" }: KeptRoute,
): void {
  if (gateway.startsWith("igw-")) {
    const found = standingById(scene, "aws_internet_gateway", gateway);
    if (!found) throw missing("InvalidInternetGatewayID", "internetGateway", gateway);
    if (found.text("vpc_id") !== VpcId)
      throw new ServiceError(
        "InvalidParameterValue",
        `route table ${RouteTableId} and network gateway ${gateway} belong to different networks`,
      );
  }
  if (nat === "") return;
  const found = standingById(scene, "aws_nat_gateway", nat);
  if (!found) throw missing("InvalidNatGatewayID", "natGateway", nat);
  if (subnets.find(scene, found.text("subnet_id"))?.VpcId !== VpcId)
    throw new ServiceError(
      "InvalidParameterValue",
      `route table ${RouteTableId} and NAT gateway ${nat} belong to different networks`,
    );
}

const missing = (code: string, noun: string, id: string): ServiceError =>
  new ServiceError(`${code}.NotFound`, `The ${noun} ID '${id}' does not exist`);
