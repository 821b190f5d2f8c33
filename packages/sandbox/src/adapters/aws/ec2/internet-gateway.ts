import {
  attachInternetGateway,
  createInternetGateway,
  deleteInternetGateway,
  detachInternetGateway,
  internetGateways,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { stringAt } from "../../arguments";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_internet_gateway`, attached to its VPC. */
export const internetGateway: ResourceModel = {
  create(context, planned) {
    const { InternetGateway: made } = createInternetGateway(context, {
      TagSpecifications: tagSpecifications("internet-gateway", planned),
    });
    const id = made?.InternetGatewayId ?? "";
    attach(context, id, stringAt(planned, "vpc_id"));
    return { id };
  },
  update(context, prior, planned) {
    const id = String(prior["id"]);
    const vpcId = stringAt(planned, "vpc_id");
    if (internetGateways.get(context, id).VpcId !== vpcId) {
      detach(context, id);
      attach(context, id, vpcId);
    }
    updateTags(context, id, prior, planned);
    return {};
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (!internetGateways.find(context, id)) return;
    detach(context, id);
    deleteInternetGateway(context, { InternetGatewayId: id });
  },
  read(context, state) {
    const found = internetGateways.find(context, String(state["id"]));
    return found
      ? { vpc_id: found.VpcId ?? "", ...tagMembers(context, found.InternetGatewayId, state) }
      : null;
  },
};

function attach(context: ResourceContext, id: string, vpcId: string | undefined): void {
  if (vpcId !== undefined) attachInternetGateway(context, { InternetGatewayId: id, VpcId: vpcId });
}

function detach(context: ResourceContext, id: string): void {
  const { VpcId } = internetGateways.get(context, id);
  if (VpcId !== undefined) detachInternetGateway(context, { InternetGatewayId: id, VpcId });
}
