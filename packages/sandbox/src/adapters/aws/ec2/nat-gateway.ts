import { createNatGateway, deleteNatGateway, natGateways } from "@cluster-ipam/cloud-model/aws/ec2";
import { stringAt } from "../../arguments";
import { type ResourceModel } from "../../resource-model";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_nat_gateway`. */
export const natGateway: ResourceModel = {
  create(context, planned) {
    const { NatGateway: made } = createNatGateway(context, {
      SubnetId: stringAt(planned, "subnet_id"),
      AllocationId: stringAt(planned, "allocation_id"),
      ConnectivityType: stringAt(planned, "connectivity_type") === "private" ? "private" : "public",
      TagSpecifications: tagSpecifications("natgateway", planned),
    });
    const gateway = natGateways.get(context, made?.NatGatewayId);
    return {
      id: gateway.NatGatewayId,
      network_interface_id: gateway.NetworkInterfaceId,
      private_ip: gateway.PrivateIp,
      public_ip: gateway.PublicIp ?? "",
    };
  },
  update(context, prior, planned) {
    updateTags(context, natGateways.get(context, String(prior["id"])).NatGatewayId, prior, planned);
    return {};
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (natGateways.find(context, id)) deleteNatGateway(context, { NatGatewayId: id });
  },
  read(context, state) {
    const found = natGateways.find(context, String(state["id"]));
    return found ? tagMembers(context, found.NatGatewayId, state) : null;
  },
};
