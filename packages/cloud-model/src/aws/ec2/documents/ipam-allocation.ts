import {
  type IpamPoolAllocationResourceType,
  type IpamPoolCidrFailureReason,
  type IpamPoolCidrState,
} from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";

/** A CIDR that a pool allocates from. */
export interface IpamPoolCidr {
  readonly IpamPoolCidrId: string;
  readonly IpamPoolId: string;
  readonly Cidr: string;
  readonly State: IpamPoolCidrState;
  readonly FailureReason?: IpamPoolCidrFailureReason;
  /** The allocation of the same CIDR in the source pool; a top-level pool has none. */
  readonly SourceAllocationId?: string | undefined;
}

/** A CIDR that a pool allocated. */
export interface IpamAllocation {
  readonly IpamPoolAllocationId: string;
  readonly IpamPoolId: string;
  readonly Cidr: string;
  readonly Description?: string | undefined;
  readonly ResourceType: IpamPoolAllocationResourceType;
  /** The VPC, subnet or pool; undefined for a manual allocation. */
  readonly ResourceId?: string | undefined;
  readonly ResourceOwner: string;
  readonly ResourceRegion: string;
}

/** All provisioned CIDRs, by `IpamPoolCidrId`. */
export const ipamPoolCidrs = new Kind<IpamPoolCidr>("ec2/ipam-pool-cidr");

/** All allocations, by `IpamPoolAllocationId`. */
export const ipamAllocations = new Kind<IpamAllocation>("ec2/ipam-pool-allocation");

/** The CIDRs of a pool. */
export const cidrsIn = (transaction: Transaction, poolId: string): readonly IpamPoolCidr[] =>
  transaction.filter(ipamPoolCidrs, ({ IpamPoolId }) => IpamPoolId === poolId);

/** The allocations of a pool. */
export const allocationsIn = (transaction: Transaction, poolId: string): readonly IpamAllocation[] =>
  transaction.filter(ipamAllocations, ({ IpamPoolId }) => IpamPoolId === poolId);

/** A CIDR document as a prefix. */
export const prefixOf = ({ Cidr }: { readonly Cidr: string }): Prefix => Prefix.parse(Cidr);

/** Stores an allocation, unchecked. */
export function putAllocation(
  transaction: Transaction,
  allocation: Omit<IpamAllocation, "IpamPoolAllocationId">,
): IpamAllocation {
  const IpamPoolAllocationId = `ipam-pool-alloc-${transaction.hex(32)}`;
  return transaction.put(ipamAllocations, IpamPoolAllocationId, { IpamPoolAllocationId, ...allocation });
}

/** Releases the allocations of a resource. @param cidr only this one @default all */
export function releaseFor(transaction: Transaction, resourceId: string, cidr?: string): void {
  for (const { IpamPoolAllocationId, ResourceId, Cidr } of [...transaction.all(ipamAllocations)])
    if (ResourceId === resourceId && (cidr ?? Cidr) === Cidr)
      transaction.remove(ipamAllocations, IpamPoolAllocationId);
}
