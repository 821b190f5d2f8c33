import {
  type AllocateIpamPoolCidrRequest,
  type AllocateIpamPoolCidrResult,
  type GetIpamPoolAllocationsRequest,
  type GetIpamPoolAllocationsResult,
  type IpamPoolAllocation,
  type ReleaseIpamPoolAllocationRequest,
  type ReleaseIpamPoolAllocationResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import {
  allocationsIn,
  type IpamAllocation,
  ipamAllocations,
  putAllocation,
} from "../documents/ipam-allocation";
import { visiblePool } from "../documents/ipam-pool";
import { invalidCombination, invalidValue } from "../documents/refusals";
import { removeTags, tagsOf } from "../documents/tags";
import { checkLocale, nextSpace } from "../rules/ipam-space";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Makes a manual allocation from a pool whose locale is the caller's Region or None. */
export function allocateIpamPoolCidr(
  context: RequestContext,
  input: AllocateIpamPoolCidrRequest,
): AllocateIpamPoolCidrResult {
  const pool = visiblePool(context, input.IpamPoolId);
  if (pool.Locale !== "None") checkLocale(context, pool);
  const cidr = nextSpace(context, pool, {
    cidr: input.Cidr,
    netmaskLength: input.NetmaskLength,
    allowed: input.AllowedCidrs,
    disallowed: input.DisallowedCidrs,
    ruled: true,
  });
  const allocation = {
    IpamPoolId: pool.IpamPoolId,
    Cidr: cidr.toString(),
    Description: input.Description,
    ResourceOwner: context.caller.owner,
    ResourceRegion: context.caller.region,
    ResourceType: "custom" as const,
  };
  if (input.PreviewNextCidr) return { IpamPoolAllocation: { Cidr: allocation.Cidr } };
  const made = putAllocation(context.transaction, allocation);
  const tags = tagsFor("ipam-pool-allocation", input.TagSpecifications);
  addTags(context, made.IpamPoolAllocationId, "ipam-pool-allocation", tags);
  return { IpamPoolAllocation: toShape(context, made) };
}

/** Releases a manual allocation. The allocation of a resource is released with the resource. */
export function releaseIpamPoolAllocation(
  context: RequestContext,
  input: ReleaseIpamPoolAllocationRequest,
): ReleaseIpamPoolAllocationResult {
  const pool = visiblePool(context, input.IpamPoolId);
  if (pool.Locale !== "None") checkLocale(context, pool);
  const found = allocationsIn(context.transaction, pool.IpamPoolId).find(
    ({ IpamPoolAllocationId: id }) => id === input.IpamPoolAllocationId,
  );
  if (!found) throw notFound(input.IpamPoolAllocationId ?? "");
  if (found.Cidr !== input.Cidr)
    throw invalidValue(`The CIDR ${input.Cidr} is not that of ${found.IpamPoolAllocationId}, ${found.Cidr}.`);
  if (found.ResourceType !== "custom")
    throw invalidCombination(
      `The allocation ${found.IpamPoolAllocationId} belongs to ${found.ResourceId}; delete that to release it.`,
    );
  context.transaction.remove(ipamAllocations, found.IpamPoolAllocationId);
  removeTags(context, found.IpamPoolAllocationId);
  return { Success: true };
}

/** Lists the allocations of a pool. Accounts other than the owner see only their own. */
export function getIpamPoolAllocations(
  context: RequestContext,
  input: GetIpamPoolAllocationsRequest,
): GetIpamPoolAllocationsResult {
  const pool = visiblePool(context, input.IpamPoolId);
  const { owner } = context.caller;
  const visible = allocationsIn(context.transaction, pool.IpamPoolId).filter(
    ({ ResourceOwner }) => pool.OwnerId === owner || ResourceOwner === owner,
  );
  const ids = input.IpamPoolAllocationId === undefined ? [] : [input.IpamPoolAllocationId];
  const { documents, NextToken } = filterAndPage(context, visible, listing, input, ids);
  return { IpamPoolAllocations: documents.map((allocation) => toShape(context, allocation)), NextToken };
}

const notFound = (id: string): ServiceError =>
  new ServiceError(
    "InvalidIpamPoolAllocationId.NotFound",
    `The IPAM pool allocation (${id}) does not exist.`,
  );

const listing: Listing<IpamAllocation> = {
  action: "GetIpamPoolAllocations",
  idOf: ({ IpamPoolAllocationId }) => IpamPoolAllocationId,
  missing: notFound,
  pages: [1000, 100_000],
  filters: {
    cidr: ({ Cidr }) => Cidr,
    description: ({ Description }) => Description,
    "ipam-pool-allocation-id": ({ IpamPoolAllocationId }) => IpamPoolAllocationId,
    "resource-id": ({ ResourceId }) => ResourceId,
    "resource-owner": ({ ResourceOwner }) => ResourceOwner,
    "resource-region": ({ ResourceRegion }) => ResourceRegion,
    "resource-type": ({ ResourceType }) => ResourceType,
  },
};

const toShape = (
  { transaction }: RequestContext,
  { IpamPoolId: _, ...allocation }: IpamAllocation,
): IpamPoolAllocation => ({
  ...allocation,
  Tags: tagsOf(transaction, allocation.IpamPoolAllocationId),
});
