import {
  type AttachInternetGatewayRequest,
  type CreateInternetGatewayRequest,
  type CreateInternetGatewayResult,
  type DeleteInternetGatewayRequest,
  type DetachInternetGatewayRequest,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { internetGatewayOf, internetGateways } from "../documents/connectivity/internet-gateway";
import { natGateways } from "../documents/connectivity/nat-gateway";
import { locationOf } from "../documents/located";
import { hasDependants } from "../documents/refusals";
import { removeTags, tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { addTags, tagsFor } from "../rules/tags";

/** Creates an internet gateway. */
export function createInternetGateway(
  context: RequestContext,
  input: CreateInternetGatewayRequest,
): CreateInternetGatewayResult {
  const id = internetGateways.newId(context);
  context.transaction.put(internetGateways, id, { ...locationOf(context), InternetGatewayId: id });
  addTags(context, id, "internet-gateway", tagsFor("internet-gateway", input.TagSpecifications));
  return {
    InternetGateway: {
      InternetGatewayId: id,
      OwnerId: context.caller.owner,
      Attachments: [],
      Tags: tagsOf(context.transaction, id),
    },
  };
}

/** Attaches an internet gateway to a VPC that has none. */
export function attachInternetGateway(context: RequestContext, input: AttachInternetGatewayRequest): void {
  const gateway = internetGateways.get(context, input.InternetGatewayId);
  const { VpcId } = vpcs.get(context, input.VpcId);
  if (gateway.VpcId !== undefined)
    throw refusal(
      "Resource.AlreadyAssociated",
      `resource ${gateway.InternetGatewayId} is already attached to network ${gateway.VpcId}`,
      "AttachInternetGateway",
    );
  if (internetGatewayOf(context.transaction, VpcId))
    throw refusal(
      "InvalidParameterValue",
      `Network ${VpcId} already has an internet gateway attached`,
      "AttachInternetGateway",
    );
  context.transaction.put(internetGateways, gateway.InternetGatewayId, { ...gateway, VpcId });
}

/** Detaches an internet gateway from a VPC in which no NAT gateway is public. */
export function detachInternetGateway(context: RequestContext, input: DetachInternetGatewayRequest): void {
  const { VpcId, ...gateway } = internetGateways.get(context, input.InternetGatewayId);
  if (VpcId === undefined || VpcId !== input.VpcId)
    throw refusal(
      "Gateway.NotAttached",
      `resource ${gateway.InternetGatewayId} is not attached to network ${input.VpcId}`,
      "DetachInternetGateway",
    );
  if (natGateways.all(context).some((nat) => nat.VpcId === VpcId && nat.AllocationId !== undefined))
    throw refusal(
      "DependencyViolation",
      `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      "DetachInternetGateway",
    );
  context.transaction.put(internetGateways, gateway.InternetGatewayId, gateway);
}

/** Deletes an internet gateway that is not attached. */
export function deleteInternetGateway(context: RequestContext, input: DeleteInternetGatewayRequest): void {
  const { InternetGatewayId: id, VpcId } = internetGateways.get(context, input.InternetGatewayId);
  if (VpcId !== undefined) throw hasDependants("internetGateway", id);
  context.transaction.remove(internetGateways, id);
  removeTags(context, id);
}

/** @param operation Terraform's create and delete use several */
const refusal = (code: string, message: string, operation: string): ServiceError =>
  new ServiceError(code, message, 400, operation);
