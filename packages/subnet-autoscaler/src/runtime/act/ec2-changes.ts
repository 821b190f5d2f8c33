import { DRAWN_CIDR, prefixReservations } from "@cluster-ipam/address-plan/cloud";
import { freeBlocks, Prefix } from "@cluster-ipam/address-plan/prefix";

import { type Clock } from "../cloud/clock";
import { type Ec2, type Ec2CidrRequest, type Ec2Subnet } from "../cloud/ec2";
import { type AutoscalerConfig, type GrowthPools, type SharedGrowthPool } from "../config/config";
import { ApiError, errorCode, isNotFound } from "../errors/api-error";
import { type ChangeResult, DONE, postponed } from "./change-result";
import { POLL_ATTEMPTS, POLL_INTERVAL } from "./polling";

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
    await ec2.associateVpcCidr(vpcId, { cidr }, growthPools.ipamPoolId!);
  } catch (error) {
    // Another run, or an earlier call that timed out, may have attached it. VPC and pool refuse with different codes.
    if (!(await isAttached())) throw error;
  }
  return DONE;
}

/** The pool's answers when it has no block of the size. EC2 has no code of its own for that. */
const NO_ROOM = /^(InvalidParameterValue|InsufficientCidrBlocks|IpamPoolAllocationFailed)$/;

/**
 * Associates a CIDR of the shared growth pool with the VPC; IPAM chooses it. A pool without a block of this size gives a
 * smaller one. IPAM chooses in all of the pool, so while a part of it drains, the CIDR is chosen here.
 *
 * @throws ApiError when the pool has none of any size, or EC2 refuses for another reason
 */
export async function attachShared(
  netmaskLength: number,
  { vpcId, growthPools }: AutoscalerConfig,
  { ec2, clock }: { readonly ec2: Ec2; readonly clock: Clock },
): Promise<ChangeResult> {
  const shared = growthPools.shared!;
  const requestOf = async (length: number): Promise<Ec2CidrRequest> =>
    shared.drainCidrs === undefined
      ? { netmaskLength: length }
      : { cidr: await freeOutsideDrained(length, shared, ec2) };
  const associationId = await smallerUntilItFits(netmaskLength, async (length) =>
    ec2.associateVpcCidr(vpcId, await requestOf(length), shared.ipamPoolId),
  );
  for (let attempt = 1; attempt <= POLL_ATTEMPTS; attempt++) {
    const block = (await ec2.vpcCidrs(vpcId)).find((one) => one.associationId === associationId);
    if (block?.state === "associated") return DONE;
    await clock.sleep(POLL_INTERVAL);
  }
  return postponed(`${associationId} is not associated yet`);
}

/**
 * The lowest free block of the pool's CIDRs that do not drain. Another cluster may take it first: then EC2 refuses it, and
 * the next run chooses again.
 *
 * @throws ApiError as EC2 does when there is none
 */
async function freeOutsideDrained(
  length: number,
  { ipamPoolId, cidrs }: SharedGrowthPool,
  ec2: Ec2,
): Promise<string> {
  const taken = (await ec2.poolAllocations(ipamPoolId)).map(({ cidr }) => Prefix.parse(cidr));
  const free = cidrs.flatMap((cidr) => freeBlocks(Prefix.parse(cidr), taken));
  const block = free.find((candidate) => candidate.length <= length);
  if (block !== undefined) return String(Prefix.ipv4At(Number(block.first), length));
  throw new ApiError(
    "ec2:AssociateVpcCidrBlock",
    "InsufficientCidrBlocks",
    `${ipamPoolId} has no free /${length} in ${cidrs.join(", ")}`,
  );
}

async function smallerUntilItFits(
  first: number,
  associate: (length: number) => Promise<string>,
): Promise<string> {
  for (let length = first; ; length++)
    try {
      return await associate(length);
    } catch (error) {
      if (length >= DRAWN_CIDR.smallest || !NO_ROOM.test(errorCode(error) ?? "")) throw error;
    }
}

/**
 * Reserves a pod subnet for prefixes, except for the part of single addresses and what a person reserved.
 *
 * @throws ApiError when EC2 refuses
 */
export async function reservePrefixes(subnet: Ec2Subnet, ec2: Ec2): Promise<void> {
  const existing = (await ec2.reservations(subnet.id)).map(({ cidr }) => Prefix.parse(cidr));
  for (const block of prefixReservations(Prefix.parse(subnet.cidr)))
    if (!existing.some((reserved) => reserved.overlaps(block)))
      await ec2.reservePrefixes(subnet.id, String(block)).catch((error: unknown) => {
        // Another run reserved it first, or deleted the subnet.
        if (errorCode(error) !== "InvalidCidr.InUse" && !isNotFound(error)) throw error;
      });
}

/** Whether the autoscaler attaches and detaches a CIDR: all others belong to the network stack. */
function isManagedCidr(cidr: string, { attachCidrs = [], shared }: GrowthPools): boolean {
  const pool = [...(shared?.cidrs ?? []), ...(shared?.drainCidrs ?? [])];
  const block = Prefix.parse(cidr);
  return attachCidrs.includes(cidr) || pool.some((part) => Prefix.parse(part).contains(block));
}

const HAS_SUBNET = /^(DependencyViolation|InvalidCidrBlock\.InUse)$/;

/** Disassociates a growth CIDR. EC2 refuses while it has a subnet. @throws ApiError when EC2 refuses for another reason */
export async function detachCidr(
  cidr: string,
  associationId: string,
  { growthPools }: Pick<AutoscalerConfig, "growthPools">,
  ec2: Ec2,
): Promise<ChangeResult> {
  if (!isManagedCidr(cidr, growthPools)) return postponed(`${cidr} belongs to the network stack`);
  try {
    await ec2.disassociateVpcCidr(associationId);
  } catch (error) {
    if (HAS_SUBNET.test(errorCode(error) ?? "")) return postponed(`${cidr} still has a subnet`);
    if (!isNotFound(error)) throw error;
  }
  return DONE;
}
