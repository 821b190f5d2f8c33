import {
  type AddressFamily,
  type CreateIpamPoolRequest,
  type CreateIpamPoolResult,
  type DeleteIpamPoolRequest,
  type DeleteIpamPoolResult,
  type DescribeIpamPoolsRequest,
  type DescribeIpamPoolsResult,
  type IpamPool as IpamPoolShape,
  type IpamPoolAwsService,
  type IpamPoolPublicIpSource,
  type IpamScopeType,
  type ModifyIpamPoolRequest,
  type ModifyIpamPoolResult,
  type RequestIpamResourceTag,
} from "@aws-sdk/client-ec2";
import { ServiceError } from "../../service-error";
import { type RequestContext } from "../../request-context";
import { importResources } from "./auto-import";
import { Ec2Kind } from "./ec2-kind";
import { checkPool, placeInTree } from "./ipam-pool-checks";
import { allocationsIn, cidrsIn, ipamAllocations, ipamPoolCidrs } from "./ipam-space";
import { list, type Listing } from "./listing";
import { isSharedWith } from "./pool-share";
import { required } from "./refusals";
import { ipamArn, type Located, locationOf } from "./located";
import { addTags, removeTags, tagsFor, tagsOf } from "./tags";

/** The VPC whose subnets a planning pool gives addresses to. */
export interface SourceResource {
  readonly ResourceId: string;
  readonly ResourceOwner: string;
  readonly ResourceRegion: string;
  readonly ResourceType: "vpc";
}

/** A pool of an IPAM. `Region` is the IPAM's home Region. */
export interface IpamPool extends Located {
  readonly IpamPoolId: string;
  readonly IpamId: string;
  readonly IpamScopeId: string;
  readonly IpamScopeType: IpamScopeType;
  readonly SourceIpamPoolId?: string | undefined;
  /** The Region in which the pool allocates, or `None`. */
  readonly Locale: string;
  /** 1 for a pool at the top. */
  readonly PoolDepth: number;
  readonly Description?: string | undefined;
  readonly AddressFamily: AddressFamily;
  readonly AutoImport: boolean;
  readonly AllocationMinNetmaskLength?: number | undefined;
  readonly AllocationMaxNetmaskLength?: number | undefined;
  readonly AllocationDefaultNetmaskLength?: number | undefined;
  /** Tags that a resource needs to be given addresses from the pool, by key. */
  readonly AllocationResourceTags: Readonly<Record<string, string>>;
  readonly PubliclyAdvertisable?: boolean | undefined;
  readonly AwsService?: IpamPoolAwsService | undefined;
  readonly PublicIpSource?: IpamPoolPublicIpSource | undefined;
  /** Set on planning pools. */
  readonly SourceResource?: SourceResource | undefined;
}

/** All pools. */
export const ipamPools = new Ec2Kind<IpamPool>("ipam-pool", "ipam-pool", [
  "InvalidIpamPoolId.NotFound",
  "ipam-pool ID",
]);

/** The pools that the caller sees: in the IPAM's home Region and in their locale, own ones and shared ones. */
export const visiblePools = ({ transaction, caller }: RequestContext): readonly IpamPool[] =>
  transaction.filter(
    ipamPools,
    (pool) =>
      (pool.Region === caller.region || pool.Locale === caller.region) &&
      (pool.OwnerId === caller.owner || isSharedWith(transaction, arnOfPool(pool), caller.owner)),
  );

/** @throws ServiceError where the caller does not see the pool */
export function visiblePool(context: RequestContext, id: string | undefined): IpamPool {
  const pool = visiblePools(context).find(({ IpamPoolId }) => IpamPoolId === id);
  if (!pool) throw ipamPools.notFound(id ?? "");
  return pool;
}

/** Creates a pool, which has no addresses yet. */
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
      ResourceType: "vpc",
    },
  };
  checkPool(context, pool);
  context.transaction.put(ipamPools, pool.IpamPoolId, pool);
  addTags(context, pool.IpamPoolId, "ipam-pool", tagsFor("ipam-pool", input.TagSpecifications));
  return { IpamPool: shown(context, pool) };
}

/** Changes description, allocation rules and auto-import; what is allocated stays. */
export function modifyIpamPool(context: RequestContext, input: ModifyIpamPoolRequest): ModifyIpamPoolResult {
  const before = ipamPools.get(context, input.IpamPoolId);
  const gone = (input.RemoveAllocationResourceTags ?? []).map(({ Key }) => Key);
  const tags = Object.entries(before.AllocationResourceTags).filter(([key]) => !gone.includes(key));
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
  };
  checkPool(context, pool);
  context.transaction.put(ipamPools, pool.IpamPoolId, pool);
  importResources(context.transaction);
  return { IpamPool: shown(context, pool) };
}

/**
 * Deletes a pool without child pools and CIDRs; with `Cascade`, a pool without child pools together
 * with its CIDRs and allocations. @throws ServiceError `DependencyViolation`
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
  if (context.transaction.find(ipamPools, ({ SourceIpamPoolId }) => SourceIpamPoolId === IpamPoolId))
    refuse("pools that have the pool as their source");
  if (!input.Cascade && cidrsIn(context.transaction, IpamPoolId).length > 0)
    refuse("pool cidrs provisioned in the pool");
  const answer = shown(context, pool);
  removePool(context, pool);
  return { IpamPool: { ...answer, State: "delete-complete" } };
}

/** Takes a pool away, with its CIDRs and allocations, and gives its source pool the space back. */
export function removePool(context: RequestContext, { IpamPoolId }: IpamPool): void {
  const { transaction } = context;
  for (const { IpamPoolCidrId, SourceAllocationId } of cidrsIn(transaction, IpamPoolId)) {
    transaction.remove(ipamPoolCidrs, IpamPoolCidrId);
    if (SourceAllocationId) transaction.remove(ipamAllocations, SourceAllocationId);
  }
  for (const { IpamPoolAllocationId } of allocationsIn(transaction, IpamPoolId))
    transaction.remove(ipamAllocations, IpamPoolAllocationId);
  transaction.remove(ipamPools, IpamPoolId);
  removeTags(context, IpamPoolId);
}

/** Lists the pools that the caller sees. */
export function describeIpamPools(
  context: RequestContext,
  input: DescribeIpamPoolsRequest,
): DescribeIpamPoolsResult {
  const { documents, NextToken } = list(context, visiblePools(context), listing, input, input.IpamPoolIds);
  return { IpamPools: documents.map((pool) => shown(context, pool)), NextToken };
}

const byKey = (tags: readonly RequestIpamResourceTag[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));

const arnOfPool = (pool: IpamPool): string => ipamArn(pool, `ipam-pool/${pool.IpamPoolId}`);

const listing: Listing<IpamPool> = {
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
    state: () => "create-complete",
  },
};

function shown(context: RequestContext, pool: IpamPool): IpamPoolShape {
  const { Region, IpamId, IpamScopeId, AllocationResourceTags, SourceResource, ...rest } = pool;
  const own = pool.OwnerId === context.caller.owner;
  return {
    ...rest,
    AllocationResourceTags: Object.entries(AllocationResourceTags).map(([Key, Value]) => ({ Key, Value })),
    IpamArn: ipamArn(pool, `ipam/${IpamId}`),
    IpamPoolArn: arnOfPool(pool),
    IpamRegion: Region,
    IpamScopeArn: ipamArn(pool, `ipam-scope/${IpamScopeId}`),
    SourceResource: SourceResource && { ...SourceResource },
    State: "create-complete",
    // RAM does not share tags (terraform-provider-aws#22741).
    Tags: own ? tagsOf(context.transaction, pool.IpamPoolId) : [],
  };
}
