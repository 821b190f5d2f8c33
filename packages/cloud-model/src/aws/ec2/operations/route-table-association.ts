import {
  type AssociateRouteTableRequest,
  type AssociateRouteTableResult,
  type DisassociateRouteTableRequest,
  type ReplaceRouteTableAssociationRequest,
  type ReplaceRouteTableAssociationResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { invalidValue, missing } from "../documents/refusals";
import {
  putAssociation,
  type RouteTable,
  type RouteTableAssociation,
  routeTableAssociations,
  routeTables,
} from "../documents/route-table";
import { subnets } from "../documents/subnet";

/** Associates a subnet or a gateway with a route table of its VPC. */
export function associateRouteTable(
  context: RequestContext,
  { RouteTableId, SubnetId, GatewayId }: AssociateRouteTableRequest,
): AssociateRouteTableResult {
  const table = routeTables.get(context, RouteTableId);
  if (SubnetId === undefined && GatewayId === undefined) throw missing("subnetId");
  if (SubnetId !== undefined) checkSubnet(context, table, SubnetId);
  const made = putAssociation(context, table, { Main: false, SubnetId, GatewayId });
  return { AssociationId: made.RouteTableAssociationId, AssociationState: { State: "associated" } };
}

/** Ends an association. A subnet then uses the main route table. */
export function disassociateRouteTable(
  context: RequestContext,
  { AssociationId }: DisassociateRouteTableRequest,
): void {
  const { Main, RouteTableAssociationId } = associationIn(context, AssociationId);
  if (Main)
    throw invalidValue(`cannot disassociate the main route table association ${RouteTableAssociationId}`);
  context.transaction.remove(routeTableAssociations, RouteTableAssociationId);
}

/** Associates a subnet, or the VPC if `Main`, with another route table, under a new association id. */
export function replaceRouteTableAssociation(
  context: RequestContext,
  input: ReplaceRouteTableAssociationRequest,
): ReplaceRouteTableAssociationResult {
  const { RouteTableAssociationId, VpcId, Main, SubnetId, GatewayId } = associationIn(
    context,
    input.AssociationId,
  );
  const table = routeTables.get(context, input.RouteTableId);
  if (table.VpcId !== VpcId) throw inOtherNetwork(table, SubnetId ?? VpcId);
  context.transaction.remove(routeTableAssociations, RouteTableAssociationId);
  const made = putAssociation(context, table, { Main, SubnetId, GatewayId });
  return { NewAssociationId: made.RouteTableAssociationId, AssociationState: { State: "associated" } };
}

function checkSubnet(context: RequestContext, table: RouteTable, subnetId: string): void {
  const { VpcId } = subnets.get(context, subnetId);
  if (VpcId !== table.VpcId) throw inOtherNetwork(table, subnetId);
  const other = context.transaction.find(routeTableAssociations, ({ SubnetId }) => SubnetId === subnetId);
  if (other)
    throw new ServiceError(
      "Resource.AlreadyAssociated",
      `the specified association for route table ${table.RouteTableId} conflicts with an existing association`,
    );
}

const inOtherNetwork = ({ RouteTableId }: RouteTable, id: string): ServiceError =>
  invalidValue(`Route table ${RouteTableId} and subnet ${id} belong to different networks`);

function associationIn(
  { transaction, caller }: RequestContext,
  id: string | undefined,
): RouteTableAssociation {
  const found = id === undefined ? undefined : transaction.get(routeTableAssociations, id);
  if (found?.OwnerId === caller.owner && found.Region === caller.region) return found;
  throw new ServiceError("InvalidAssociationID.NotFound", `The association ID '${id}' does not exist`);
}
