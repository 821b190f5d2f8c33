import {
  createEgressOnlyInternetGateway,
  deleteEgressOnlyInternetGateway,
  egressOnlyInternetGateways,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { stringAt } from "../../arguments";
import { type ResourceModel } from "../../resource-model";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_egress_only_internet_gateway`. */
export const egressOnlyInternetGateway: ResourceModel = {
  create(context, planned) {
    const { EgressOnlyInternetGateway: made } = createEgressOnlyInternetGateway(context, {
      VpcId: stringAt(planned, "vpc_id"),
      TagSpecifications: tagSpecifications("egress-only-internet-gateway", planned),
    });
    return { id: made?.EgressOnlyInternetGatewayId ?? "" };
  },
  update(context, prior, planned) {
    const { EgressOnlyInternetGatewayId: id } = egressOnlyInternetGateways.get(context, String(prior["id"]));
    updateTags(context, id, prior, planned);
    return {};
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (egressOnlyInternetGateways.find(context, id))
      deleteEgressOnlyInternetGateway(context, { EgressOnlyInternetGatewayId: id });
  },
  read(context, state) {
    const found = egressOnlyInternetGateways.find(context, String(state["id"]));
    return found ? tagMembers(context, found.EgressOnlyInternetGatewayId, state) : null;
  },
};
