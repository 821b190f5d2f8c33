import {
  associateRouteTable,
  disassociateRouteTable,
  replaceRouteTableAssociation,
  type RouteTableAssociation,
  routeTableAssociations,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { deleteResource } from "../../../resource-store/resource-store";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { stringAt } from "../../arguments";

/** `aws_route_table_association`, imported by `subnet/table` or `gateway/table`. */
export const routeTableAssociation: ResourceModel = {
  create(context, planned) {
    const { AssociationId } = associateRouteTable(context, {
      RouteTableId: stringAt(planned, "route_table_id"),
      SubnetId: stringAt(planned, "subnet_id"),
      GatewayId: stringAt(planned, "gateway_id"),
    });
    return { id: AssociationId ?? "" };
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    const { NewAssociationId } = replaceRouteTableAssociation(context, {
      AssociationId: id,
      RouteTableId: stringAt(planned, "route_table_id"),
    });
    deleteResource(context.transaction, { type: context.terraformType.type, ...context.caller, id });
    return { id: NewAssociationId ?? "" };
  },
  delete(context, state) {
    disassociateRouteTable(context, { AssociationId: String(state["id"]) });
  },
  read({ transaction }, state) {
    const found = transaction.get(routeTableAssociations, String(state["id"]));
    return found ? { route_table_id: found.RouteTableId } : null;
  },
  find(context, id) {
    const [user, table] = id.split("/");
    const found = associationOf(
      context,
      ({ SubnetId, GatewayId, RouteTableId }) =>
        (SubnetId === user || GatewayId === user) && RouteTableId === table,
    );
    return (
      found && {
        id: found.RouteTableAssociationId,
        gateway_id: found.GatewayId ?? null,
        region: context.caller.region,
        route_table_id: found.RouteTableId,
        subnet_id: found.SubnetId ?? null,
      }
    );
  },
};

/** `aws_main_route_table_association`: what was the main route table is so again when it goes. */
export const mainRouteTableAssociation: ResourceModel = {
  create(context, planned) {
    const before = associationOf(context, ({ Main, VpcId }) => Main && VpcId === stringAt(planned, "vpc_id"));
    const { NewAssociationId } = replaceRouteTableAssociation(context, {
      AssociationId: before?.RouteTableAssociationId,
      RouteTableId: stringAt(planned, "route_table_id"),
    });
    return { id: NewAssociationId ?? "", original_route_table_id: before?.RouteTableId ?? "" };
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    const { NewAssociationId } = replaceRouteTableAssociation(context, {
      AssociationId: id,
      RouteTableId: stringAt(planned, "route_table_id"),
    });
    deleteResource(context.transaction, { type: context.terraformType.type, ...context.caller, id });
    return { id: NewAssociationId ?? "", original_route_table_id: prior["original_route_table_id"] ?? "" };
  },
  delete(context, state) {
    replaceRouteTableAssociation(context, {
      AssociationId: String(state["id"]),
      RouteTableId: stringAt(state, "original_route_table_id"),
    });
  },
  read({ transaction }, state) {
    const found = transaction.get(routeTableAssociations, String(state["id"]));
    return found ? { route_table_id: found.RouteTableId } : null;
  },
};

const associationOf = (
  { transaction }: ResourceContext,
  condition: (association: RouteTableAssociation) => boolean,
): RouteTableAssociation | undefined => transaction.find(routeTableAssociations, condition);
