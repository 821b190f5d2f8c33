import { type Tag } from "@aws-sdk/client-ec2";
import { type Prefix } from "@cluster-ipam/address-plan/prefix";
import { type RequestContext } from "../../../request-context";
import {
  allocationsIn,
  cidrsIn,
  type IpamAllocation,
  prefixOf,
  putAllocation,
} from "../documents/ipam-allocation";
import { type IpamPool } from "../documents/ipam-pool";
import { invalidCombination, invalidValue } from "../documents/refusals";
import { lowestFree, readCidr } from "./cidr";

/**
 * The CIDR that a pool would allocate to a new VPC or subnet.
 *
 * @throws ServiceError if the pool has another locale, has no room or requires other tags
 */
export function spaceForResource(
  context: RequestContext,
  pool: IpamPool,
  wanted: Pick<WantedSpace, "cidr" | "netmaskLength">,
  tags: readonly Tag[],
): Prefix {
  checkLocale(context, pool);
  const has = (key: string, value: string) => tags.some(({ Key, Value }) => Key === key && Value === value);
  if (!Object.entries(pool.AllocationResourceTags).every(([key, value]) => has(key, value)))
    throw invalidValue("The resource is missing one or more of the resource tags required by the IPAM pool.");
  return nextSpace(context, pool, { ...wanted, ruled: true });
}

/** Allocates a CIDR of a pool to a resource of the caller. */
export const allocateTo = (
  { transaction, caller }: RequestContext,
  pool: IpamPool,
  cidr: Prefix,
  ResourceType: "vpc" | "subnet",
  ResourceId: string,
): IpamAllocation =>
  putAllocation(transaction, {
    IpamPoolId: pool.IpamPoolId,
    Cidr: cidr.toString(),
    ResourceId,
    ResourceOwner: caller.owner,
    ResourceRegion: caller.region,
    ResourceType,
  });

/** @throws ServiceError unless the pool's locale is the caller's Region */
export function checkLocale({ caller }: RequestContext, { IpamPoolId, Locale }: IpamPool): void {
  if (Locale !== caller.region)
    throw invalidValue(
      `The locale of the pool ${IpamPoolId}, ${Locale}, is not the Region of the request, ${caller.region}.`,
    );
}

/** A request for a CIDR of a pool. */
export interface WantedSpace {
  readonly cidr?: string | undefined;
  readonly netmaskLength?: number | undefined;
  /** CIDRs to allocate from. @default the whole pool */
  readonly allowed?: readonly string[] | undefined;
  /** CIDRs not to overlap. @default none */
  readonly disallowed?: readonly string[] | undefined;
  /** Whether the pool's allocation rules apply. They do not apply to the CIDRs of a child pool. */
  readonly ruled: boolean;
}

/** The CIDR that a pool would allocate now. @throws ServiceError if it cannot */
export function nextSpace({ transaction }: RequestContext, pool: IpamPool, wanted: WantedSpace): Prefix {
  const requested = wanted.cidr === undefined ? undefined : readCidr(wanted.cidr, "cidr");
  const length = lengthOf(pool, requested, wanted);
  const spaces = cidrsIn(transaction, pool.IpamPoolId).map(prefixOf);
  const used = allocationsIn(transaction, pool.IpamPoolId).map(prefixOf);
  const disallowed = (wanted.disallowed ?? []).map((cidr) => readCidr(cidr, "disallowedCidr"));
  if (requested) return checked(requested, spaces, used);
  const within = wanted.allowed?.length ? narrowed(spaces, wanted.allowed) : spaces;
  const found = lowestFree(within, [...used, ...disallowed], length);
  if (!found) throw invalidValue("The allocation size is too big for the pool.");
  return found;
}

function lengthOf(
  pool: IpamPool,
  requested: Prefix | undefined,
  { netmaskLength, ruled, allowed, disallowed }: WantedSpace,
): number {
  if (requested && ((allowed ?? []).length > 0 || (disallowed ?? []).length > 0))
    throw invalidCombination("AllowedCidrs and DisallowedCidrs can only be used with a netmask length.");
  if (requested && netmaskLength !== undefined)
    throw invalidCombination("The request cannot contain both a CIDR and a Netmask Length.");
  const usual = ruled ? pool.AllocationDefaultNetmaskLength : undefined;
  const length = requested?.length ?? netmaskLength ?? usual;
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
  if (requested && requested.family !== (pool.AddressFamily === "ipv4" ? 4 : 6))
    throw invalidValue(`The CIDR ${requested} is not of the pool's address family, ${pool.AddressFamily}.`);
  return length;
}

function checked(requested: Prefix, spaces: readonly Prefix[], used: readonly Prefix[]): Prefix {
  if (!spaces.some((space) => space.contains(requested)))
    throw invalidValue(`The CIDR ${requested} is not within the CIDRs provisioned to the pool.`);
  const taken = used.find((block) => block.overlaps(requested));
  if (taken)
    throw invalidValue(`The CIDR ${requested} overlaps with the existing allocation ${taken} of the pool.`);
  return requested;
}

/** The parts of the spaces that are inside the allowed CIDRs. */
const narrowed = (spaces: readonly Prefix[], allowed: readonly string[]): readonly Prefix[] =>
  allowed
    .map((cidr) => readCidr(cidr, "allowedCidr"))
    .flatMap((inside) =>
      spaces.flatMap((space) => {
        if (space.contains(inside)) return [inside];
        return inside.contains(space) ? [space] : [];
      }),
    );
