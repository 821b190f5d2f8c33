import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { numberAt, textAt, textsAt } from "../arguments";
import { allocateIpamPoolCidr, releaseIpamPoolAllocation } from "./ec2/ipam-allocation";
import { allocationsIn, prefixOf } from "./ec2/ipam-space";
import { tagMembers, tagSpecifications, updateTags } from "./resource-tags";

/** `aws_vpc_ipam_pool_cidr_allocation`, known by `allocation_pool`. */
export const vpcIpamPoolCidrAllocation: ResourceModel = {
  create(scene, planned) {
    const IpamPoolId = textAt(planned, "ipam_pool_id");
    const { IpamPoolAllocation: made } = allocateIpamPoolCidr(scene, {
      IpamPoolId,
      Cidr: textAt(planned, "cidr"),
      NetmaskLength: numberAt(planned, "netmask_length"),
      Description: textAt(planned, "description"),
      DisallowedCidrs: [...textsAt(planned, "disallowed_cidrs")],
      TagSpecifications: tagSpecifications("ipam-pool-allocation", planned),
    });
    return membersOf(scene, `${made?.IpamPoolAllocationId}_${IpamPoolId}`) ?? {};
  },
  update(scene, prior, planned) {
    updateTags(scene, String(prior["ipam_pool_allocation_id"]), prior, planned);
    return {};
  },
  delete(scene, state) {
    releaseIpamPoolAllocation(scene, {
      IpamPoolId: textAt(state, "ipam_pool_id"),
      IpamPoolAllocationId: textAt(state, "ipam_pool_allocation_id"),
      Cidr: textAt(state, "cidr"),
    });
  },
  read(scene, state) {
    const members = membersOf(scene, String(state["id"]));
    return members
      ? { ...members, ...tagMembers(scene, String(members["ipam_pool_allocation_id"]), state) }
      : null;
  },
  find: membersOf,
};

function membersOf({ transaction, place }: Scene, id: string): ObjectValue | undefined {
  const [allocation, pool = ""] = id.split("_");
  const found = allocationsIn(transaction, pool).find(
    ({ IpamPoolAllocationId }) => IpamPoolAllocationId === allocation,
  );
  return (
    found && {
      id,
      cidr: found.Cidr,
      description: found.Description ?? null,
      ipam_pool_allocation_id: found.IpamPoolAllocationId,
      ipam_pool_id: pool,
      netmask_length: prefixOf(found).length,
      region: place.region,
      resource_id: found.ResourceId ?? "",
      resource_owner: found.ResourceOwner,
      resource_type: found.ResourceType,
    }
  );
}
