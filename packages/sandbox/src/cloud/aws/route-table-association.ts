import { forget } from "../kept-resource";
import { type ResourceModel, type Scene } from "../resource-model";
import { textAt } from "../arguments";
import {
  associateRouteTable,
  disassociateRouteTable,
  replaceRouteTableAssociation,
  type RouteTableAssociation,
  routeTableAssociations,
} from "./ec2/route-table-association";

/** `aws_route_table_association`, imported by `subnet/table` or `gateway/table`. */
export const routeTableAssociation: ResourceModel = {
  create(scene, planned) {
    const { AssociationId } = associateRouteTable(scene, {
      RouteTableId: textAt(planned, "route_table_id"),
      SubnetId: textAt(planned, "subnet_id"),
      GatewayId: textAt(planned, "gateway_id"),
    });
    return { id: AssociationId ?? "" };
  },
  update(scene, prior, planned) {
    const id = String(prior["id"]);
    const { NewAssociationId } = replaceRouteTableAssociation(scene, {
      AssociationId: id,
      RouteTableId: textAt(planned, "route_table_id"),
    });
    forget(scene.transaction, { type: scene.subject.type, ...scene.place, id });
    return { id: NewAssociationId ?? "" };
  },
  delete(scene, state) {
    disassociateRouteTable(scene, { AssociationId: String(state["id"]) });
  },
  read({ transaction }, state) {
    const found = transaction.get(routeTableAssociations, String(state["id"]));
    return found ? { route_table_id: found.RouteTableId } : null;
  },
  find(scene, id) {
    const [user, table] = id.split("/");
    const found = associationOf(
      scene,
      ({ SubnetId, GatewayId, RouteTableId }) =>
        (SubnetId === user || GatewayId === user) && RouteTableId === table,
    );
    return (
      found && {
        id: found.RouteTableAssociationId,
        gateway_id: found.GatewayId ?? null,
        region: scene.place.region,
        route_table_id: found.RouteTableId,
        subnet_id: found.SubnetId ?? null,
      }
    );
  },
};

/** `aws_main_route_table_association`: what was the main route table is so again when it goes. */
export const mainRouteTableAssociation: ResourceModel = {
  create(scene, planned) {
    const before = associationOf(scene, ({ Main, VpcId }) => Main && VpcId === textAt(planned, "vpc_id"));
    const { NewAssociationId } = replaceRouteTableAssociation(scene, {
      AssociationId: before?.RouteTableAssociationId,
      RouteTableId: textAt(planned, "route_table_id"),
    });
    return { id: NewAssociationId ?? "", original_route_table_id: before?.RouteTableId ?? "" };
  },
  update(scene, prior, planned) {
    const id = String(prior["id"]);
    const { NewAssociationId } = replaceRouteTableAssociation(scene, {
      AssociationId: id,
      RouteTableId: textAt(planned, "route_table_id"),
    });
    forget(scene.transaction, { type: scene.subject.type, ...scene.place, id });
    return { id: NewAssociationId ?? "", original_route_table_id: prior["original_route_table_id"] ?? "" };
  },
  delete(scene, state) {
    replaceRouteTableAssociation(scene, {
      AssociationId: String(state["id"]),
      RouteTableId: textAt(state, "original_route_table_id"),
    });
  },
  read({ transaction }, state) {
    const found = transaction.get(routeTableAssociations, String(state["id"]));
    return found ? { route_table_id: found.RouteTableId } : null;
  },
};

const associationOf = (
  { transaction }: Scene,
  condition: (association: RouteTableAssociation) => boolean,
): RouteTableAssociation | undefined => transaction.find(routeTableAssociations, condition);
