import { allocateAddress, elasticIps, releaseAddress } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceModel } from "../../resource-model";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_eip`. */
export const eip: ResourceModel = {
  create(context, planned) {
    const { AllocationId = "", PublicIp = "" } = allocateAddress(context, {
      TagSpecifications: tagSpecifications("elastic-ip", planned),
    });
    return {
      id: AllocationId,
      public_ip: PublicIp,
      public_dns: `ec2-${PublicIp.replaceAll(".", "-")}.${context.caller.region}.compute.amazonaws.com`,
    };
  },
  update(context, prior, planned) {
    updateTags(context, elasticIps.get(context, String(prior["id"])).AllocationId, prior, planned);
    return {};
  },
  delete(context, state) {
    const id = String(state["id"]);
    if (elasticIps.find(context, id)) releaseAddress(context, { AllocationId: id });
  },
  read(context, state) {
    const found = elasticIps.find(context, String(state["id"]));
    return found ? tagMembers(context, found.AllocationId, state) : null;
  },
};
