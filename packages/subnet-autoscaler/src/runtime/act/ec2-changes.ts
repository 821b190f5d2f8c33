import { type Ec2 } from "../cloud/ec2";
import { type AutoscalerConfig } from "../config/config";
import { errorCode, isNotFound } from "../errors/api-error";
import { type ChangeResult, DONE, postponed } from "./change-result";

/** Deletes a subnet. EC2 refuses while it is in use. @throws ApiError when EC2 refuses for another reason */
export async function deleteUnused(subnetId: string, ec2: Ec2): Promise<ChangeResult> {
  try {
    await ec2.deleteSubnet(subnetId);
  } catch (error) {
    if (errorCode(error) === "DependencyViolation") return postponed(`${subnetId} is still in use`);
    if (!isNotFound(error)) throw error;
  }
  return DONE;
}

/** Associates a growth CIDR with the VPC. @throws ApiError when it is not associated afterwards */
export async function attachCidr(
  cidr: string,
  { vpcId, growthPools }: AutoscalerConfig,
  ec2: Ec2,
): Promise<ChangeResult> {
  const isAttached = async (): Promise<boolean> =>
    (await ec2.vpcCidrs(vpcId)).some((block) => block.cidr === cidr && /^associat/.test(block.state));
  if (await isAttached()) return DONE;
  try {
    await ec2.associateVpcCidr(vpcId, cidr, growthPools.ipamPoolId!);
  } catch (error) {
    // Another run, or an earlier call that timed out, may have attached it. VPC and pool refuse with different codes.
    if (!(await isAttached())) throw error;
  }
  return DONE;
}

const HAS_SUBNET = /^(DependencyViolation|InvalidCidrBlock\.InUse)$/;

/** Disassociates a growth CIDR. EC2 refuses while it has a subnet. @throws ApiError when EC2 refuses for another reason */
export async function detachCidr(
  cidr: string,
  associationId: string,
  { growthPools }: Pick<AutoscalerConfig, "growthPools">,
  ec2: Ec2,
): Promise<ChangeResult> {
  if (!growthPools.attachCidrs?.includes(cidr)) return postponed(`${cidr} belongs to the network stack`);
  try {
    await ec2.disassociateVpcCidr(associationId);
  } catch (error) {
    if (HAS_SUBNET.test(errorCode(error) ?? "")) return postponed(`${cidr} still has a subnet`);
    if (!isNotFound(error)) throw error;
  }
  return DONE;
}
