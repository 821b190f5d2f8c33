import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  arnOf,
  createRoute,
  createRouteTable,
  deleteRoute,
  deleteRouteTable,
  type RouteEntry,
  type RouteTable,
  routeTables,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { objectsAt, stringAt } from "../../arguments";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";
import { routeFrom } from "./route";

/** `aws_route_table`, with its inline routes. */
export const routeTable: ResourceModel = {
  create(context, planned) {
    const { RouteTable: made } = createRouteTable(context, {
      VpcId: stringAt(planned, "vpc_id"),
      TagSpecifications: tagSpecifications("route-table", planned),
    });
    const id = made?.RouteTableId ?? "";
    for (const route of routesIn(planned)) createRoute(context, { RouteTableId: id, ...route });
    return toTerraformState(routeTables.get(context, id));
  },
  update(context, prior, planned) {
    const RouteTableId = String(prior["id"]);
    setRoutes(context, RouteTableId, routesIn(planned));
    updateTags(context, RouteTableId, prior, planned);
    return toTerraformState(routeTables.get(context, RouteTableId));
  },
  delete(context, state) {
    deleteRouteTable(context, { RouteTableId: String(state["id"]) });
  },
  read(context, state) {
    const found = routeTables.find(context, String(state["id"]));
    return found ? { ...toTerraformState(found), ...tagMembers(context, found.RouteTableId, state) } : null;
  },
  find(context, id) {
    const found = routeTables.find(context, id);
    return found && { ...toTerraformState(found), ...tagMembers(context, id, {}) };
  },
};

const routesIn = (values: ObjectValue): readonly RouteEntry[] =>
  objectsAt(values, "route").map((route) =>
    routeFrom({
      ...route,
      destination_cidr_block: route["cidr_block"] ?? null,
      destination_ipv6_cidr_block: route["ipv6_cidr_block"] ?? null,
    }),
  );

function setRoutes(context: ResourceContext, RouteTableId: string, wanted: readonly RouteEntry[]): void {
  const text = (route: RouteEntry): string => JSON.stringify(Object.entries(route).sort());
  const before = routeTables.get(context, RouteTableId).Routes;
  const texts = [before, wanted].map((routes) => new Set(routes.map(text)));
  for (const route of before)
    if (!texts[1]?.has(text(route))) deleteRoute(context, { RouteTableId, ...route });
  for (const route of wanted)
    if (!texts[0]?.has(text(route))) createRoute(context, { RouteTableId, ...route });
}

const toTerraformState = (found: RouteTable): ObjectValue => ({
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
