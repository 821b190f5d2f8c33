import {
  type CreateEgressOnlyInternetGatewayRequest,
  type CreateEgressOnlyInternetGatewayResult,
  type DeleteEgressOnlyInternetGatewayRequest,
  type DeleteEgressOnlyInternetGatewayResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { egressOnlyInternetGateways } from "../documents/connectivity/egress-only-internet-gateway";
import { locationOf } from "../documents/located";
import { removeTags, tagsOf } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { addTags, tagsFor } from "../rules/tags";

/** Creates an egress-only internet gateway in a VPC. */
export function createEgressOnlyInternetGateway(
  context: RequestContext,
  input: CreateEgressOnlyInternetGatewayRequest,
): CreateEgressOnlyInternetGatewayResult {
  const { VpcId } = vpcs.get(context, input.VpcId);
  const id = egressOnlyInternetGateways.newId(context);
  const gateway = { ...locationOf(context), EgressOnlyInternetGatewayId: id, VpcId };
  context.transaction.put(egressOnlyInternetGateways, id, gateway);
  const tags = tagsFor("egress-only-internet-gateway", input.TagSpecifications);
  addTags(context, id, "egress-only-internet-gateway", tags);
  return {
    EgressOnlyInternetGateway: {
      EgressOnlyInternetGatewayId: id,
      Attachments: [{ State: "attached", VpcId }],
      Tags: tagsOf(context.transaction, id),
    },
  };
}

/** Deletes an egress-only internet gateway. */
export function deleteEgressOnlyInternetGateway(
  context: RequestContext,
  input: DeleteEgressOnlyInternetGatewayRequest,
): DeleteEgressOnlyInternetGatewayResult {
  const { EgressOnlyInternetGatewayId: id } = egressOnlyInternetGateways.get(
    context,
    input.EgressOnlyInternetGatewayId,
  );
  context.transaction.remove(egressOnlyInternetGateways, id);
  removeTags(context, id);
  return { ReturnCode: true };
}
