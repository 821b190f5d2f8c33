import {
  type CreateIpamPoolRequest,
  type CreateIpamPoolResult,
  type DeleteIpamPoolRequest,
  type DeleteIpamPoolResult,
  type DescribeIpamPoolsRequest,
  type DescribeIpamPoolsResult,
  type IpamPool as IpamPoolShape,
  type ModifyIpamPoolRequest,
  type ModifyIpamPoolResult,
  type RequestIpamResourceTag,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { stateOf } from "../documents/ipam";
import { allocationsIn, cidrsIn, ipamAllocations, ipamPoolCidrs } from "../documents/ipam-allocation";
import { arnOfPool, type IpamPool, ipamPools, visiblePools } from "../documents/ipam-pool";
import { ipamArn, locationOf } from "../documents/located";
import { required } from "../documents/refusals";
import { removeTags, tagsOf } from "../documents/tags";
import { importResources } from "../rules/auto-import";
import { checkPool, placeInTree } from "../rules/ipam-pool";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Creates a pool without CIDRs. */
export function createIpamPool(context: RequestContext, input: CreateIpamPoolRequest): CreateIpamPoolResult {
  const caller = placeInTree(context, input);
  const source = input.SourceResource;
  const pool: IpamPool = {
    ...locationOf(context),
    ...caller,
    IpamPoolId: ipamPools.newId(context),
    Locale: input.Locale ?? "None",
    Description: input.Description,
    AddressFamily: required(input.AddressFamily, "AddressFamily"),
    AutoImport: input.AutoImport ?? false,
    AllocationMinNetmaskLength: input.AllocationMinNetmaskLength,
    AllocationMaxNetmaskLength: input.AllocationMaxNetmaskLength,
    AllocationDefaultNetmaskLength: input.AllocationDefaultNetmaskLength,
    AllocationResourceTags: byKey(input.AllocationResourceTags),
    PubliclyAdvertisable: input.PubliclyAdvertisable,
    AwsService: input.AwsService,
    PublicIpSource: input.PublicIpSource,
    SourceResource: source && {
      ResourceId: required(source.ResourceId, "SourceResource.ResourceId"),
      ResourceOwner: required(source.ResourceOwner, "SourceResource.ResourceOwner"),
      ResourceRegion: required(source.ResourceRegion, "SourceResource.ResourceRegion"),
      ResourceType: source.ResourceType ?? "vpc",
    },
  };
  checkPool(context, pool);
  context.transaction.put(ipamPools, pool.IpamPoolId, pool);
  addTags(context, pool.IpamPoolId, "ipam-pool", tagsFor("ipam-pool", input.TagSpecifications));
  return { IpamPool: toShape(context, pool) };
}

/** Changes description, allocation rules and auto-import. Existing allocations stay. */
export function modifyIpamPool(context: RequestContext, input: ModifyIpamPoolRequest): ModifyIpamPoolResult {
  const before = ipamPools.get(context, input.IpamPoolId);
  const gone = (input.RemoveAllocationResourceTags ?? []).map(({ Key, Value }) => ({ Key, Value }));
  const tags = Object.entries(before.AllocationResourceTags).filter(
    ([key, value]) => !gone.some((tag) => tag.Key === key && (tag.Value ?? value) === value),
  );
  const pool: IpamPool = {
    ...before,
    Description: input.Description ?? before.Description,
    AutoImport: input.AutoImport ?? before.AutoImport,
    AllocationMinNetmaskLength: input.AllocationMinNetmaskLength ?? before.AllocationMinNetmaskLength,
    AllocationMaxNetmaskLength: input.AllocationMaxNetmaskLength ?? before.AllocationMaxNetmaskLength,
    AllocationDefaultNetmaskLength: input.ClearAllocationDefaultNetmaskLength
      ? undefined
      : (input.AllocationDefaultNetmaskLength ?? before.AllocationDefaultNetmaskLength),
    AllocationResourceTags: { ...Object.fromEntries(tags), ...byKey(input.AddAllocationResourceTags) },
    IsModified: true,
  };
  checkPool(context, pool);
  context.transaction.put(ipamPools, pool.IpamPoolId, pool);
  importResources(context.transaction);
  return { IpamPool: toShape(context, pool) };
}

/**
 * Deletes a pool without child pools and CIDRs. With `Cascade`, its child pools, CIDRs and allocations are deleted too.
 *
 * @throws ServiceError `DependencyViolation`
 */
export function deleteIpamPool(context: RequestContext, input: DeleteIpamPoolRequest): DeleteIpamPoolResult {
  const pool = ipamPools.get(context, input.IpamPoolId);
  const { IpamPoolId } = pool;
  const refuse = (dependants: string): never => {
    throw new ServiceError(
      "DependencyViolation",
      `The specified action is not valid for ${IpamPoolId}. There are one or more ${dependants}.`,
    );
  };
  const children = childrenOf(context, pool);
  if (!input.Cascade && children.length > 0) refuse("pools that have the pool as their source");
  if (!input.Cascade && cidrsIn(context.transaction, IpamPoolId).length > 0)
    refuse("pool cidrs provisioned in the pool");
  const answer = toShape(context, pool);
  removePool(context, pool);
  return { IpamPool: { ...answer, State: "delete-complete" } };
}

const childrenOf = ({ transaction }: RequestContext, { IpamPoolId }: IpamPool): readonly IpamPool[] =>
  transaction.filter(ipamPools, ({ SourceIpamPoolId }) => SourceIpamPoolId === IpamPoolId);

/** Removes a pool with its child pools, CIDRs and allocations, and releases its CIDRs in the source pool. */
export function removePool(context: RequestContext, pool: IpamPool): void {
  const { transaction } = context;
  const { IpamPoolId } = pool;
  for (const child of childrenOf(context, pool)) removePool(context, child);
  for (const { IpamPoolCidrId, SourceAllocationId } of cidrsIn(transaction, IpamPoolId)) {
    transaction.remove(ipamPoolCidrs, IpamPoolCidrId);
    if (SourceAllocationId) transaction.remove(ipamAllocations, SourceAllocationId);
  }
  for (const { IpamPoolAllocationId } of allocationsIn(transaction, IpamPoolId))
    transaction.remove(ipamAllocations, IpamPoolAllocationId);
  transaction.remove(ipamPools, IpamPoolId);
  removeTags(context, IpamPoolId);
}

/** Lists the pools that the caller can see. */
export function describeIpamPools(
  context: RequestContext,
  input: DescribeIpamPoolsRequest,
): DescribeIpamPoolsResult {
  const { documents, NextToken } = filterAndPage(
    context,
    visiblePools(context),
    listing,
    input,
    input.IpamPoolIds,
  );
  return { IpamPools: documents.map((pool) => toShape(context, pool)), NextToken };
}

const byKey = (tags: readonly RequestIpamResourceTag[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));

const listing: Listing<IpamPool> = {
  action: "DescribeIpamPools",
  idOf: ({ IpamPoolId }) => IpamPoolId,
  missing: (id) => ipamPools.notFound(id),
  filters: {
    "address-family": ({ AddressFamily }) => AddressFamily,
    "allocation-default-netmask-length": ({ AllocationDefaultNetmaskLength: length }) => length,
    "allocation-max-netmask-length": ({ AllocationMaxNetmaskLength: length }) => length,
    "allocation-min-netmask-length": ({ AllocationMinNetmaskLength: length }) => length,
    "auto-import": ({ AutoImport }) => AutoImport,
    "aws-service": ({ AwsService }) => AwsService,
    description: ({ Description }) => Description,
    "ipam-id": ({ IpamId }) => IpamId,
    "ipam-pool-arn": arnOfPool,
    "ipam-pool-id": ({ IpamPoolId }) => IpamPoolId,
    "ipam-region": ({ Region }) => Region,
    "ipam-scope-id": ({ IpamScopeId }) => IpamScopeId,
    "ipam-scope-type": ({ IpamScopeType }) => IpamScopeType,
    locale: ({ Locale }) => Locale,
    "owner-id": ({ OwnerId }) => OwnerId,
    "pool-depth": ({ PoolDepth }) => PoolDepth,
    "source-ipam-pool-id": ({ SourceIpamPoolId }) => SourceIpamPoolId,
    state: stateOf,
  },
};

function toShape(context: RequestContext, pool: IpamPool): IpamPoolShape {
  const {
    Region,
    IpamId,
    IpamScopeId,
    AllocationResourceTags,
    SourceResource,
    IsModified: _,
    ...rest
  } = pool;
  const own = pool.OwnerId === context.caller.owner;
  return {
    ...rest,
    AllocationResourceTags: Object.entries(AllocationResourceTags).map(([Key, Value]) => ({ Key, Value })),
    IpamArn: ipamArn(pool, `ipam/${IpamId}`),
    IpamPoolArn: arnOfPool(pool),
    IpamRegion: Region,
    IpamScopeArn: ipamArn(pool, `ipam-scope/${IpamScopeId}`),
    SourceResource: SourceResource && { ...SourceResource },
    State: stateOf(pool),
    // RAM does not share tags (terraform-provider-aws#22741).
    Tags: own ? tagsOf(context.transaction, pool.IpamPoolId) : [],
  };
}
