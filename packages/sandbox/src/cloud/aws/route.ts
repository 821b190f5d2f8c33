import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { textAt } from "../arguments";
import { createRoute, deleteRoute, type KeptRoute, replaceRoute, routeTo } from "./ec2/route";
import { type RouteTable, routeTables } from "./ec2/route-table";
import { checkRouteTarget } from "./network/route-target";

// The arguments of `aws_route` by what EC2 calls them.
const argumentOf: { readonly [member in keyof KeptRoute]-?: string } = {
  CarrierGatewayId: "carrier_gateway_id",
  CoreNetworkArn: "core_network_arn",
  DestinationCidrBlock: "destination_cidr_block",
  DestinationIpv6CidrBlock: "destination_ipv6_cidr_block",
  DestinationPrefixListId: "destination_prefix_list_id",
  EgressOnlyInternetGatewayId: "egress_only_gateway_id",
  GatewayId: "gateway_id",
  InstanceId: "instance_id",
  LocalGatewayId: "local_gateway_id",
  NatGatewayId: "nat_gateway_id",
  NetworkInterfaceId: "network_interface_id",
  TransitGatewayId: "transit_gateway_id",
  VpcPeeringConnectionId: "vpc_peering_connection_id",
};

/** The route that arguments describe. */
export function routeFrom(values: ObjectValue): KeptRoute {
  const endpoint = textAt(values, "vpc_endpoint_id");
  const members = Object.entries(argumentOf).flatMap(([member, argument]) => {
    const value = textAt(values, argument);
    return value === undefined ? [] : [[member, value] as const];
  });
  return { ...Object.fromEntries(members), ...(endpoint && { GatewayId: endpoint }) };
}

const tableOf = (scene: Scene, values: ObjectValue): RouteTable =>
  routeTables.get(scene, textAt(values, "route_table_id"));

/** `aws_route`. */
export const route: ResourceModel = {
  create(scene, planned) {
    checkRouteTarget(scene, tableOf(scene, planned), routeFrom(planned));
    createRoute(scene, { RouteTableId: textAt(planned, "route_table_id"), ...routeFrom(planned) });
    return {};
  },
  update(scene, _prior, planned) {
    checkRouteTarget(scene, tableOf(scene, planned), routeFrom(planned));
    replaceRoute(scene, { RouteTableId: textAt(planned, "route_table_id"), ...routeFrom(planned) });
    return {};
  },
  delete(scene, state) {
    deleteRoute(scene, { RouteTableId: textAt(state, "route_table_id"), ...routeFrom(state) });
  },
  read(scene, state) {
    const table = routeTables.find(scene, textAt(state, "route_table_id") ?? "");
    const found = table && routeTo(table, routeFrom(state));
    if (!found) return null;
    const known = routeFrom(state);
    const drifted = (Object.keys(argumentOf) as readonly (keyof KeptRoute)[]).filter(
      (member) => found[member] !== known[member],
    );
    return Object.fromEntries(drifted.map((member) => [argumentOf[member], found[member] ?? ""]));
  },
};
