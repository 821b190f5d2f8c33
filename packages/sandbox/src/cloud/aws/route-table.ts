import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { objectsAt, textAt } from "../arguments";
import { createRoute, deleteRoute, type KeptRoute } from "./ec2/route";
import { createRouteTable, deleteRouteTable, type RouteTable, routeTables } from "./ec2/route-table";
import { arnOf } from "./ec2/scene";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";
import { routeFrom } from "./route";

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

const routesIn = (values: ObjectValue): readonly KeptRoute[] =>
  objectsAt(values, "route").map((route) =>
    routeFrom({
      ...route,
      destination_cidr_block: route["cidr_block"] ?? null,
      destination_ipv6_cidr_block: route["ipv6_cidr_block"] ?? null,
    }),
  );

function setRoutes(scene: Scene, RouteTableId: string, wanted: readonly KeptRoute[]): void {
  const text = (route: KeptRoute): string => JSON.stringify(Object.entries(route).sort());
  const before = routeTables.get(scene, RouteTableId).Routes;
  const texts = [before, wanted].map((routes) => new Set(routes.map(text)));
  for (const route of before) if (!texts[1]?.has(text(route))) deleteRoute(scene, { RouteTableId, ...route });
  for (const route of wanted) if (!texts[0]?.has(text(route))) createRoute(scene, { RouteTableId, ...route });
}

const membersOf = (found: RouteTable): ObjectValue => ({
  id: found.RouteTableId,
  arn: arnOf(found, `route-table/${found.RouteTableId}`),
  owner_id: found.OwnerId,
  propagating_vgws: [],
  region: found.Region,
  route: found.Routes.map((route) => ({
    carrier_gateway_id: route.CarrierGatewayId ?? "",
    cidr_block: route.DestinationCidrBlock ?? "",
    core_network_arn: route.CoreNetworkArn ?? "",
    destination_prefix_list_id: route.DestinationPrefixListId ?? "",
    egress_only_gateway_id: route.EgressOnlyInternetGatewayId ?? "",
    gateway_id: route.GatewayId?.startsWith("vpce-") ? "" : (route.GatewayId ?? ""),
    ipv6_cidr_block: route.DestinationIpv6CidrBlock ?? "",
    local_gateway_id: route.LocalGatewayId ?? "",
    nat_gateway_id: route.NatGatewayId ?? "",
    network_interface_id: route.NetworkInterfaceId ?? "",
    transit_gateway_id: route.TransitGatewayId ?? "",
    vpc_endpoint_id: route.GatewayId?.startsWith("vpce-") ? route.GatewayId : "",
    vpc_peering_connection_id: route.VpcPeeringConnectionId ?? "",
  })),
  vpc_id: found.VpcId,
});
