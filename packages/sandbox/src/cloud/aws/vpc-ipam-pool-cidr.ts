import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel, type Scene } from "../resource-model";
import { ServiceError } from "../service-error";
import { numberAt, textAt } from "../arguments";
import { deprovisionIpamPoolCidr, provisionIpamPoolCidr } from "./ec2/ipam-pool-cidr";
import { cidrsIn, prefixOf } from "./ec2/ipam-space";

/** `aws_vpc_ipam_pool_cidr`, known by `cidr_pool`. */
export const vpcIpamPoolCidr: ResourceModel = {
  create(scene, planned) {
    const IpamPoolId = textAt(planned, "ipam_pool_id");
    const { IpamPoolCidr: made } = provisionIpamPoolCidr(scene, {
      IpamPoolId,
      Cidr: textAt(planned, "cidr"),
      NetmaskLength: numberAt(planned, "netmask_length"),
    });
    const failure = made?.FailureReason;
    if (failure) throw new ServiceError(failure.Code ?? "", failure.Message ?? "");
    return membersOf(scene, `${made?.Cidr}_${IpamPoolId}`) ?? {};
  },
  delete(scene, state) {
    const IpamPoolId = textAt(state, "ipam_pool_id");
    const { IpamPoolCidr: gone } = deprovisionIpamPoolCidr(scene, {
      IpamPoolId,
      Cidr: textAt(state, "cidr"),
    });
    if (gone?.State !== "deprovisioned")
      throw new ServiceError(gone?.State ?? "", gone?.FailureReason?.Message ?? "");
  },
  read: (scene, state) => membersOf(scene, String(state["id"])) ?? null,
  find: membersOf,
};

function membersOf({ transaction, place }: Scene, id: string): ObjectValue | undefined {
  const [cidr, pool = ""] = id.split("_");
  const found = cidrsIn(transaction, pool).find(({ Cidr }) => Cidr === cidr);
  return (
    found && {
      id,
      cidr: found.Cidr,
      ipam_pool_cidr_id: found.IpamPoolCidrId,
      ipam_pool_id: pool,
      netmask_length: prefixOf(found).length,
      region: place.region,
    }
  );
}
