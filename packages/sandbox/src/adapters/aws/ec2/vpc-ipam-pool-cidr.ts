import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ServiceError } from "@cluster-ipam/cloud-model";
import { cidrsIn, deprovisionIpamPoolCidr, provisionIpamPoolCidr } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext, type ResourceModel } from "../../resource-model";
import { numberAt, stringAt } from "../../arguments";

/** `aws_vpc_ipam_pool_cidr`, imported by `cidr_pool`. */
export const vpcIpamPoolCidr: ResourceModel = {
  unread: ["netmask_length"],
  create(context, planned) {
    const IpamPoolId = stringAt(planned, "ipam_pool_id");
    const { IpamPoolCidr: made } = provisionIpamPoolCidr(context, {
      IpamPoolId,
      Cidr: stringAt(planned, "cidr"),
      NetmaskLength: numberAt(planned, "netmask_length"),
    });
    const failure = made?.FailureReason;
    if (failure) throw new ServiceError(failure.Code ?? "", failure.Message ?? "");
    return toTerraformState(context, `${made?.Cidr}_${IpamPoolId}`) ?? {};
  },
  delete(context, state) {
    const IpamPoolId = stringAt(state, "ipam_pool_id");
    const { IpamPoolCidr: gone } = deprovisionIpamPoolCidr(context, {
      IpamPoolId,
      Cidr: stringAt(state, "cidr"),
    });
    if (gone?.State !== "deprovisioned")
      throw new ServiceError(gone?.State ?? "", gone?.FailureReason?.Message ?? "");
  },
  read: (context, state) => toTerraformState(context, String(state["id"])) ?? null,
  find: toTerraformState,
};

function toTerraformState({ transaction, caller }: ResourceContext, id: string): ObjectValue | undefined {
  const [cidr, pool = ""] = id.split("_");
  const found = cidrsIn(transaction, pool).find(({ Cidr }) => Cidr === cidr);
  return (
    found && {
      id,
      cidr: found.Cidr,
      ipam_pool_cidr_id: found.IpamPoolCidrId,
      ipam_pool_id: pool,
      region: caller.region,
    }
  );
}
