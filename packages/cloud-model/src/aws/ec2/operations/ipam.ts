import {
  type CreateIpamRequest,
  type CreateIpamResult,
  type DeleteIpamRequest,
  type DeleteIpamResult,
  type DescribeIpamsRequest,
  type DescribeIpamsResult,
  type Ipam as IpamShape,
  type ModifyIpamRequest,
  type ModifyIpamResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type Ipam, ipams } from "../documents/ipam";
import { ipamPools } from "../documents/ipam-pool";
import { ipamScopes, scopesOf } from "../documents/ipam-scope";
import { ipamArn, locationOf } from "../documents/located";
import { invalidValue } from "../documents/refusals";
import { removeTags, tagsOf } from "../documents/tags";
import { forgetSamples, sampleExisting } from "../rules/address-history";
import { addTags, tagsFor } from "../rules/tags";
import { removePool } from "./ipam-pool";
import { makeScope } from "./ipam-scope";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Creates an IPAM with its two default scopes. The limit of one per account and Region cannot be raised. */
export function createIpam(context: RequestContext, input: CreateIpamRequest): CreateIpamResult {
  if (ipams.all(context).length > 0)
    throw new ServiceError("ResourceLimitExceeded", "The maximum number of IPAMs has been reached.");
  const IpamId = ipams.newId(context);
  const regions = (input.OperatingRegions ?? []).flatMap(({ RegionName }) => RegionName ?? []);
  const ipam: Ipam = {
    ...locationOf(context),
    IpamId,
    PrivateDefaultScopeId: makeScope(context, IpamId, "private", { IsDefault: true }).IpamScopeId,
    PublicDefaultScopeId: makeScope(context, IpamId, "public", { IsDefault: true }).IpamScopeId,
    DefaultResourceDiscoveryId: `ipam-res-disco-${context.transaction.hex(17)}`,
    DefaultResourceDiscoveryAssociationId: `ipam-res-disco-assoc-${context.transaction.hex(17)}`,
    Description: input.Description,
    OperatingRegions: [...new Set([context.caller.region, ...regions])],
    Tier: input.Tier ?? "advanced",
    EnablePrivateGua: input.EnablePrivateGua ?? false,
    MeteredAccount: input.MeteredAccount ?? "ipam-owner",
  };
  context.transaction.put(ipams, IpamId, ipam);
  sampleExisting(context.transaction);
  addTags(context, IpamId, "ipam", tagsFor("ipam", input.TagSpecifications));
  return { Ipam: toShape(context, ipam) };
}

/** Changes description, tier and operating Regions. A Region that is the locale of a pool cannot be removed. */
export function modifyIpam(context: RequestContext, input: ModifyIpamRequest): ModifyIpamResult {
  const before = ipams.get(context, input.IpamId);
  const removed = (input.RemoveOperatingRegions ?? []).flatMap(({ RegionName }) => RegionName ?? []);
  const added = (input.AddOperatingRegions ?? []).flatMap(({ RegionName }) => RegionName ?? []);
  const used = poolsOf(context, before).find(({ Locale }) => removed.includes(Locale));
  if (removed.includes(before.Region))
    throw invalidValue(`The home Region ${before.Region} cannot be removed from the operating Regions.`);
  if (used)
    throw new ServiceError(
      "DependencyViolation",
      `The specified action is not valid for ${before.IpamId}. The pool ${used.IpamPoolId} has the locale ${used.Locale}.`,
    );
  if (input.Tier === "free") checkFreeTier(context, before);
  const ipam: Ipam = {
    ...before,
    State: "modify-complete",
    Description: input.Description ?? before.Description,
    OperatingRegions: [
      ...new Set([...before.OperatingRegions.filter((region) => !removed.includes(region)), ...added]),
    ],
    Tier: input.Tier ?? before.Tier,
    EnablePrivateGua: input.EnablePrivateGua ?? before.EnablePrivateGua,
    MeteredAccount: input.MeteredAccount ?? before.MeteredAccount,
  };
  context.transaction.put(ipams, ipam.IpamId, ipam);
  if (added.length > 0) sampleExisting(context.transaction);
  return { Ipam: toShape(context, ipam) };
}

/** @throws ServiceError `DependencyViolation` for an IPAM that has what the free tier does not have */
function checkFreeTier(context: RequestContext, ipam: Ipam): void {
  const hasPools = poolsOf(context, ipam).some(({ IpamScopeType }) => IpamScopeType === "private");
  const hasScopes = scopesOf(context, ipam.IpamId).some(({ IsDefault }) => !IsDefault);
  if (hasPools || hasScopes)
    throw new ServiceError(
      "DependencyViolation",
      `The specified action is not valid for ${ipam.IpamId}. The free tier has no private pools and only the default scopes; delete the others first.`,
    );
}

/**
 * Deletes an IPAM. With `Cascade`, its private pools, their CIDRs and allocations and its scopes are deleted too. Pools
 * in the public scope are never deleted with it.
 */
export function deleteIpam(
  context: RequestContext,
  { IpamId, Cascade }: DeleteIpamRequest,
): DeleteIpamResult {
  const ipam = ipams.get(context, IpamId);
  const scopes = scopesOf(context, ipam.IpamId);
  const pools = poolsOf(context, ipam);
  const stays = Cascade ? pools.filter(({ IpamScopeType }) => IpamScopeType === "public") : pools;
  if (stays.length > 0 || (!Cascade && scopes.some(({ IsDefault }) => !IsDefault)))
    throw new ServiceError(
      "DependencyViolation",
      `The specified action is not valid for ${ipam.IpamId}. There are one or more ${stays.length > 0 ? "pools" : "scopes"} in the IPAM.`,
    );
  for (const pool of pools) removePool(context, pool);
  for (const { IpamScopeId } of scopes) {
    context.transaction.remove(ipamScopes, IpamScopeId);
    removeTags(context, IpamScopeId);
  }
  const answer = toShape(context, ipam);
  context.transaction.remove(ipams, ipam.IpamId);
  forgetSamples(context.transaction);
  removeTags(context, ipam.IpamId);
  return { Ipam: { ...answer, State: "delete-complete" } };
}

/** Lists the account's IPAMs that have the caller's Region among their operating Regions. */
export function describeIpams(context: RequestContext, input: DescribeIpamsRequest): DescribeIpamsResult {
  const visible = context.transaction.filter(
    ipams,
    ({ OwnerId, OperatingRegions }) =>
      OwnerId === context.caller.owner && OperatingRegions.includes(context.caller.region),
  );
  const { documents, NextToken } = filterAndPage(context, visible, listing, input, input.IpamIds);
  return { Ipams: documents.map((ipam) => toShape(context, ipam)), NextToken };
}

const poolsOf = ({ transaction }: RequestContext, { IpamId }: Ipam) =>
  transaction.filter(ipamPools, (pool) => pool.IpamId === IpamId);

const listing: Listing<Ipam> = {
  idOf: ({ IpamId }) => IpamId,
  missing: (id) => ipams.notFound(id),
  filters: {
    "ipam-id": ({ IpamId }) => IpamId,
    "ipam-region": ({ Region }) => Region,
    "owner-id": ({ OwnerId }) => OwnerId,
    description: ({ Description }) => Description,
    state: ({ State }) => State ?? "create-complete",
    tier: ({ Tier }) => Tier,
  },
};

function toShape(context: RequestContext, { Region, OperatingRegions, ...ipam }: Ipam): IpamShape {
  return {
    ...ipam,
    IpamArn: ipamArn({ OwnerId: ipam.OwnerId, Region }, `ipam/${ipam.IpamId}`),
    IpamRegion: Region,
    OperatingRegions: OperatingRegions.map((RegionName) => ({ RegionName })),
    ResourceDiscoveryAssociationCount: 1,
    ScopeCount: scopesOf(context, ipam.IpamId).length,
    State: ipam.State ?? "create-complete",
    Tags: tagsOf(context.transaction, ipam.IpamId),
  };
}
