import {
  type IpamPoolAllocationResourceType,
  type IpamPoolCidrFailureReason,
  type IpamPoolCidrState,
} from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan";
import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { type RequestContext } from "../../request-context";
import { lowestFree, readCidr } from "./cidr";
import { type IpamPool } from "./ipam-pool";
import { invalidCombination, invalidValue } from "./refusals";

/** A CIDR that a pool allocates from. */
export interface IpamPoolCidr {
  readonly IpamPoolCidrId: string;
  readonly IpamPoolId: string;
  readonly Cidr: string;
  readonly State: IpamPoolCidrState;
  readonly FailureReason?: IpamPoolCidrFailureReason;
  /** The allocation of the same CIDR in the source pool; a pool at the top has none. */
  readonly SourceAllocationId?: string | undefined;
}

/** A CIDR that a pool has given away. */
export interface IpamAllocation {
  readonly IpamPoolAllocationId: string;
  readonly IpamPoolId: string;
  readonly Cidr: string;
  readonly Description?: string | undefined;
  readonly ResourceType: IpamPoolAllocationResourceType;
  /** The VPC, subnet or pool; none for what was allocated by hand. */
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

/** What a pool has given away. */
export const allocationsIn = (transaction: Transaction, poolId: string): readonly IpamAllocation[] =>
  transaction.filter(ipamAllocations, ({ IpamPoolId }) => IpamPoolId === poolId);

/** A CIDR document as a prefix. */
export const prefixOf = ({ Cidr }: { readonly Cidr: string }): Prefix => Prefix.parse(Cidr);

/** What is asked of a pool. */
export interface WantedSpace {
  readonly cidr?: string | undefined;
  readonly netmaskLength?: number | undefined;
  /** Only inside these. @default anywhere in the pool */
  readonly allowed?: readonly string[] | undefined;
  /** Not overlapping these. @default none */
  readonly disallowed?: readonly string[] | undefined;
  /** Whether the pool's allocation rules bind; they do not for a child pool's CIDRs. */
  readonly ruled: boolean;
}

/** The CIDR that a pool would allocate now. @throws ServiceError where it cannot */
export function nextSpace({ transaction }: RequestContext, pool: IpamPool, wanted: WantedSpace): Prefix {
  const asked = wanted.cidr === undefined ? undefined : readCidr(wanted.cidr, "cidr");
  const length = lengthOf(pool, asked, wanted);
  const spaces = cidrsIn(transaction, pool.IpamPoolId).map(prefixOf);
  const used = allocationsIn(transaction, pool.IpamPoolId).map(prefixOf);
  const barred = (wanted.disallowed ?? []).map((cidr) => readCidr(cidr, "disallowedCidr"));
  if (asked) return checked(asked, spaces, used, [...barred]);
  const within = wanted.allowed?.length ? narrowed(spaces, wanted.allowed) : spaces;
  const found = lowestFree(within, [...used, ...barred], length);
  if (!found) throw invalidValue("The allocation size is too big for the pool.");
  return found;
}

/** Gives a CIDR away. */
export function putAllocation(
  transaction: Transaction,
  allocation: Omit<IpamAllocation, "IpamPoolAllocationId">,
): IpamAllocation {
  const IpamPoolAllocationId = `ipam-pool-alloc-${transaction.hex(32)}`;
  return transaction.put(ipamAllocations, IpamPoolAllocationId, { IpamPoolAllocationId, ...allocation });
}

/** Takes back what a resource was given. @param cidr only this one; @default all */
export function releaseFor(transaction: Transaction, resourceId: string, cidr?: string): void {
  for (const { IpamPoolAllocationId, ResourceId, Cidr } of [...transaction.all(ipamAllocations)])
    if (ResourceId === resourceId && (cidr ?? Cidr) === Cidr)
      transaction.remove(ipamAllocations, IpamPoolAllocationId);
}

function lengthOf(pool: IpamPool, asked: Prefix | undefined, { netmaskLength, ruled }: WantedSpace): number {
  if (asked && netmaskLength !== undefined)
    throw invalidCombination("The request cannot contain both a CIDR and a Netmask Length.");
  const usual = ruled ? pool.AllocationDefaultNetmaskLength : undefined;
  const length = asked?.length ?? netmaskLength ?? usual;
  if (length === undefined)
    throw invalidCombination(
      "The request cannot contain empty CIDR and Netmask Length for a pool with no default allocation netmask length set. Exactly one of them should be provided.",
    );
  const longest = pool.AddressFamily === "ipv4" ? 32 : 128;
  const [fewest, most] = ruled
    ? [pool.AllocationMinNetmaskLength ?? 0, pool.AllocationMaxNetmaskLength ?? longest]
    : [0, longest];
  if (length < fewest || length > most)
    throw invalidValue(
      `The netmask length /${length} is not allowed by the pool ${pool.IpamPoolId}: it must be from /${fewest} to /${most}.`,
    );
  if (asked && asked.family !== (pool.AddressFamily === "ipv4" ? 4 : 6))
    throw invalidValue(`The CIDR ${asked} is not of the pool's address family, ${pool.AddressFamily}.`);
  return length;
}

function checked(
  asked: Prefix,
  spaces: readonly Prefix[],
  used: readonly Prefix[],
  barred: readonly Prefix[],
): Prefix {
  if (!spaces.some((space) => space.contains(asked)))
    throw invalidValue(`The CIDR ${asked} is not within the CIDRs provisioned to the pool.`);
  const taken = used.find((block) => block.overlaps(asked));
  if (taken)
    throw invalidValue(`The CIDR ${asked} overlaps with the existing allocation ${taken} of the pool.`);
  if (barred.some((block) => block.overlaps(asked)))
    throw invalidValue(`The CIDR ${asked} overlaps with a disallowed CIDR.`);
  return asked;
}

/** The parts of the spaces that are inside the allowed ones. */
const narrowed = (spaces: readonly Prefix[], allowed: readonly string[]): readonly Prefix[] =>
  allowed
    .map((cidr) => readCidr(cidr, "allowedCidr"))
    .flatMap((inside) =>
      spaces.flatMap((space) => {
        if (space.contains(inside)) return [inside];
        return inside.contains(space) ? [space] : [];
      }),
    );
