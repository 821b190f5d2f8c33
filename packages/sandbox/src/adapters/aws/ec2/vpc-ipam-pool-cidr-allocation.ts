import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  allocateIpamPoolCidr,
  allocationsIn,
  releaseIpamPoolAllocation,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { numberAt, stringAt, stringsAt } from "../../arguments";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc_ipam_pool_cidr_allocation`, known by `allocation_pool`. */
export const vpcIpamPoolCidrAllocation: ResourceModel = {
  create(context, planned) {
    const IpamPoolId = stringAt(planned, "ipam_pool_id");
    const { IpamPoolAllocation: made } = allocateIpamPoolCidr(context, {
      IpamPoolId,
      Cidr: stringAt(planned, "cidr"),
      NetmaskLength: numberAt(planned, "netmask_length"),
      Description: stringAt(planned, "description"),
      DisallowedCidrs: [...stringsAt(planned, "disallowed_cidrs")],
      TagSpecifications: tagSpecifications("ipam-pool-allocation", planned),
    });
    return toTerraformState(context, `${made?.IpamPoolAllocationId}_${IpamPoolId}`) ?? {};
  },
  update(context, prior, planned) {
    updateTags(context, String(prior["ipam_pool_allocation_id"]), prior, planned);
    return {};
  },
  delete(context, state) {
    releaseIpamPoolAllocation(context, {
      IpamPoolId: stringAt(state, "ipam_pool_id"),
      IpamPoolAllocationId: stringAt(state, "ipam_pool_allocation_id"),
      Cidr: stringAt(state, "cidr"),
    });
  },
  read(context, state) {
    const members = toTerraformState(context, String(state["id"]));
    return members
      ? { ...members, ...tagMembers(context, String(members["ipam_pool_allocation_id"]), state) }
      : null;
  },
  find: toTerraformState,
};

/** The provider reads neither the netmask length nor the description. */
function toTerraformState({ transaction, caller }: ResourceContext, id: string): ObjectValue | undefined {
  const [allocation, pool = ""] = id.split("_");
  const found = allocationsIn(transaction, pool).find(
    ({ IpamPoolAllocationId }) => IpamPoolAllocationId === allocation,
  );
  return (
    found && {
      id,
      cidr: found.Cidr,
      ipam_pool_allocation_id: found.IpamPoolAllocationId,
      ipam_pool_id: pool,
      region: caller.region,
      resource_id: found.ResourceId ?? "",
      resource_owner: found.ResourceOwner,
      resource_type: found.ResourceType,
    }
  );
}
