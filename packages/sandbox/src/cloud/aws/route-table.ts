import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { objectsAt, textAt } from "./arguments";
import { createRoute, deleteRoute, type KeptRoute } from "./ec2/route";
import { createRouteTable, deleteRouteTable, type RouteTable, routeTables } from "./ec2/route-table";
import { arnOf } from "./ec2/scene";
import { checkRouteTarget } from "./network/route-target";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_route_table`, with the routes that are written in it. */
export const routeTable: ResourceModel = {
  create(scene, planned) {
    const { RouteTable: made } = createRouteTable(scene, {
      VpcId: textAt(planned, "vpc_id"),
      TagSpecifications: tagSpecifications("route-table", planned),
    });
    const id = made?.RouteTableId ?? "";
    for (const route of routesIn(planned)) createRoute(scene, { RouteTableId: id, ...route });
    return membersOf(routeTables.get(scene, id));
  },
  update(scene, prior, planned) {
    const RouteTableId = String(prior["id"]);
    setRoutes(scene, RouteTableId, routesIn(planned));
    updateTags(scene, RouteTableId, prior, planned);
    return membersOf(routeTables.get(scene, RouteTableId));
  },
  delete(scene, state) {
    deleteRouteTable(scene, { RouteTableId: String(state["id"]) });
  },
  read(scene, state) {
    const found = routeTables.find(scene, String(state["id"]));
    return found ? { ...membersOf(found), ...tagMembers(scene, found.RouteTableId, state) } : null;
  },
  find(scene, id) {
    const found = routeTables.find(scene, id);
    return found && { ...membersOf(found), ...tagMembers(scene, id, {}) };
  },
};

// The members of a route in a route table by what EC2 calls them.
const memberOf: { readonly [member in Exclude<keyof KeptRoute, "InstanceId">]-?: string } = {
  CarrierGatewayId: "carrier_gateway_id",
  CoreNetworkArn: "core_network_arn",
  DestinationCidrBlock: "cidr_block",
  DestinationIpv6CidrBlock: "ipv6_cidr_block",
  DestinationPrefixListId: "destination_prefix_list_id",
  EgressOnlyInternetGatewayId: "egress_only_gateway_id",
  GatewayId: "gateway_id",
  LocalGatewayId: "local_gateway_id",
  NatGatewayId: "nat_gateway_id",
  NetworkInterfaceId: "network_interface_id",
  TransitGatewayId: "transit_gateway_id",
  VpcPeeringConnectionId: "vpc_peering_connection_id",
};

const routesIn = (values: ObjectValue): readonly KeptRoute[] =>
  objectsAt(values, "route").map((route) => {
    const endpoint = textAt(route, "vpc_endpoint_id");
    const members = Object.entries(memberOf).flatMap(([member, argument]) => {
      const value = textAt(route, argument);
      return value === undefined ? [] : [[member, value] as const];
    });
    return { ...Object.fromEntries(members), ...(endpoint && { GatewayId: endpoint }) };
  });

const shownRoute = (route: KeptRoute): ObjectValue => {
  const members = Object.entries(memberOf).map(
    ([member, argument]) => [argument, route[member as keyof KeptRoute] ?? ""] as const,
  );
  const endpoint = route.GatewayId?.startsWith("vpce-") ? route.GatewayId : undefined;
  return {
    ...Object.fromEntries(members),
    vpc_endpoint_id: endpoint ?? "",
    ...(endpoint && { gateway_id: "" }),
  };
};

function setRoutes(scene: Scene, RouteTableId: string, wanted: readonly KeptRoute[]): void {
  const text = (route: KeptRoute): string => JSON.stringify(Object.entries(route).sort());
  const table = routeTables.get(scene, RouteTableId);
  const before = table.Routes;
  const texts = [before, wanted].map((routes) => new Set(routes.map(text)));
  for (const route of before) if (!texts[1]?.has(text(route))) deleteRoute(scene, { RouteTableId, ...route });
  for (const route of wanted.filter((one) => !texts[0]?.has(text(one)))) {
    checkRouteTarget(scene, table, route);
    createRoute(scene, { RouteTableId, ...route });
  }
}

const membersOf = (found: RouteTable): ObjectValue => ({
  id: found.RouteTableId,
  arn: arnOf(found, `route-table/${found.RouteTableId}`),
  owner_id: found.OwnerId,
  propagating_vgws: [],
  region: found.Region,
  route: found.Routes.map(shownRoute),
  vpc_id: found.VpcId,
});
