import { Asked } from "../../asked";
import { type ResourceModel, type Scene } from "../../resource-model";
import { ServiceError } from "../../service-error";
import { createRoute, deleteRoute, type KeptRoute, replaceRoute } from "../ec2/route";
import { routeTables } from "../ec2/route-table";
import { subnets } from "../ec2/subnet";
import { standingById } from "./standing";

/** `aws_route` */
export const route: ResourceModel = {
  create(scene, planned) {
    const asked = new Asked(planned);
    checkTarget(scene, asked);
    createRoute(scene, routeFrom(asked));
    return {};
  },

  update(scene, _prior, planned) {
    const asked = new Asked(planned);
    checkTarget(scene, asked);
    replaceRoute(scene, routeFrom(asked));
    return {};
  },

  delete(scene, state) {
    const asked = new Asked(state);
    if (isThere(scene, asked)) deleteRoute(scene, routeFrom(asked));
  },

  read: (scene, state) => (isThere(scene, new Asked(state)) ? {} : null),
};

const members = [
  ["DestinationCidrBlock", "destination_cidr_block"],
  ["DestinationIpv6CidrBlock", "destination_ipv6_cidr_block"],
  ["DestinationPrefixListId", "destination_prefix_list_id"],
  ["GatewayId", "gateway_id"],
  ["NatGatewayId", "nat_gateway_id"],
  ["EgressOnlyInternetGatewayId", "egress_only_gateway_id"],
  ["TransitGatewayId", "transit_gateway_id"],
  ["NetworkInterfaceId", "network_interface_id"],
  ["VpcPeeringConnectionId", "vpc_peering_connection_id"],
] as const;

const routeFrom = (asked: Asked): KeptRoute & { readonly RouteTableId: string } => ({
  RouteTableId: asked.text("route_table_id"),
  ...Object.fromEntries(
    members.flatMap(([member, argument]) => {
      const value = asked.text(argument);
      return value === "" ? [] : [[member, value] as const];
    }),
  ),
});

function isThere(scene: Scene, asked: Asked): boolean {
  const wanted = routeFrom(asked);
  const table = routeTables.find(scene, wanted.RouteTableId);
  return (table?.Routes ?? []).some(
    (one) =>
      one.DestinationCidrBlock === wanted.DestinationCidrBlock &&
      one.DestinationIpv6CidrBlock === wanted.DestinationIpv6CidrBlock &&
      one.DestinationPrefixListId === wanted.DestinationPrefixListId,
  );
}

/** @throws ServiceError for a gateway that does not stand, or stands in another VPC */
function checkTarget(scene: Scene, asked: Asked): void {
  const { VpcId, RouteTableId } = routeTables.get(scene, asked.text("route_table_id"));
  const [gateway, nat] = [asked.text("gateway_id"), asked.text("nat_gateway_id")];
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
