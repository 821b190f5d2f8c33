import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  createRoute,
  deleteRoute,
  replaceRoute,
  type RouteEntry,
  routeTables,
  routeTo,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceModel } from "../../resource-model";
import { stringAt } from "../../arguments";

// The arguments of `aws_route` by their names in EC2.
const argumentOf: { readonly [member in keyof RouteEntry]-?: string } = {
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
export function routeFrom(values: ObjectValue): RouteEntry {
  const endpoint = stringAt(values, "vpc_endpoint_id");
  const members = Object.entries(argumentOf).flatMap(([member, argument]) => {
    const value = stringAt(values, argument);
    return value === undefined ? [] : [[member, value] as const];
  });
  return { ...Object.fromEntries(members), ...(endpoint && { GatewayId: endpoint }) };
}

/** `aws_route`. */
export const route: ResourceModel = {
  create(context, planned) {
    createRoute(context, { RouteTableId: stringAt(planned, "route_table_id"), ...routeFrom(planned) });
    return {};
  },
  update(context, _prior, planned) {
    replaceRoute(context, { RouteTableId: stringAt(planned, "route_table_id"), ...routeFrom(planned) });
    return {};
  },
  delete(context, state) {
    deleteRoute(context, { RouteTableId: stringAt(state, "route_table_id"), ...routeFrom(state) });
  },
  read(context, state) {
    const table = routeTables.find(context, stringAt(state, "route_table_id") ?? "");
    const found = table && routeTo(table, routeFrom(state));
    if (!found) return null;
    const known = routeFrom(state);
    const drifted = (Object.keys(argumentOf) as readonly (keyof RouteEntry)[]).filter(
      (member) => found[member] !== known[member],
    );
    return Object.fromEntries(drifted.map((member) => [argumentOf[member], found[member] ?? ""]));
  },
};
