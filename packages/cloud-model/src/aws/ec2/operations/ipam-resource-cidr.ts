import {
  type GetIpamAddressHistoryRequest,
  type GetIpamAddressHistoryResult,
  type GetIpamResourceCidrsRequest,
  type GetIpamResourceCidrsResult,
  type IpamResourceCidr,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { type Ipam, ipams } from "../documents/ipam";
import { ipamPools } from "../documents/ipam-pool";
import { type IpamScope, ipamScopes } from "../documents/ipam-scope";
import { invalidValue, required } from "../documents/refusals";
import { readCidr } from "../rules/cidr";
import { type MonitoredCidr, monitoredCidrs } from "../rules/monitored-cidrs";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Lists the CIDRs that an IPAM monitors in a scope, or manages in a pool. */
export function getIpamResourceCidrs(
  context: RequestContext,
  input: GetIpamResourceCidrsRequest,
): GetIpamResourceCidrsResult {
  const [scope, ipam] = scopeIn(context, input.IpamScopeId);
  const pool = input.IpamPoolId === undefined ? undefined : ipamPools.get(context, input.IpamPoolId);
  const { ResourceId, ResourceType, ResourceOwner } = input;
  const tag = input.ResourceTag && { Key: input.ResourceTag.Key, Value: input.ResourceTag.Value };
  const found = inScope(context, scope, ipam).filter(
    (one) =>
      (pool === undefined || one.allocation?.IpamPoolId === pool.IpamPoolId) &&
      (ResourceId ?? one.ResourceId) === one.ResourceId &&
      (ResourceType ?? one.ResourceType) === one.ResourceType &&
      (ResourceOwner ?? one.ResourceOwnerId) === one.ResourceOwnerId &&
      (tag === undefined ||
        one.ResourceTags.some(({ Key, Value }) => Key === tag.Key && Value === (tag.Value ?? Value))),
  );
  const { documents, NextToken } = filterAndPage(context, found, listing, input);
  return { IpamResourceCidrs: documents.map((one) => toShape(scope, one)), NextToken };
}

/**
 * Lists the resources of a scope that have a CIDR or one inside it. The model has no past: a resource's record begins at
 * the cloud's present time and has no end, and one that was deleted has none.
 */
export function getIpamAddressHistory(
  context: RequestContext,
  input: GetIpamAddressHistoryRequest,
): GetIpamAddressHistoryResult {
  const [scope, ipam] = scopeIn(context, input.IpamScopeId);
  const cidr = readCidr(required(input.Cidr, "Cidr"), "cidr");
  const now = new Date(context.transaction.now);
  if (input.StartTime && input.EndTime && input.StartTime > input.EndTime)
    throw invalidValue("The start time must not be after the end time.");
  const isSeen = (input.StartTime ?? now) <= now && (input.EndTime ?? now) >= now;
  const { VpcId } = input;
  const found = inScope(context, scope, ipam).filter(
    (one) => isSeen && cidr.contains(readCidr(one.ResourceCidr)) && (VpcId ?? one.VpcId) === one.VpcId,
  );
  const { MaxResults, NextToken: token } = input;
  const { documents, NextToken } = filterAndPage(context, found, history, { MaxResults, NextToken: token });
  return {
    HistoryRecords: documents.map((one) => ({
      ResourceOwnerId: one.ResourceOwnerId,
      ResourceRegion: one.ResourceRegion,
      ResourceType: one.ResourceType,
      ResourceId: one.ResourceId,
      ResourceCidr: one.ResourceCidr,
      ResourceName: one.ResourceName,
      ResourceComplianceStatus: one.ComplianceStatus,
      ResourceOverlapStatus: one.OverlapStatus,
      VpcId: one.VpcId,
      SampledStartTime: now,
    })),
    NextToken,
  };
}

function scopeIn(context: RequestContext, id: string | undefined): readonly [IpamScope, Ipam] {
  const scope = ipamScopes.get(context, required(id, "IpamScopeId"));
  return [scope, ipams.get(context, scope.IpamId)];
}

/** What is allocated is in its pool's scope; the rest is in the default private one. */
const inScope = (context: RequestContext, scope: IpamScope, ipam: Ipam): readonly MonitoredCidr[] =>
  monitoredCidrs(context, ipam).filter(({ allocation }) => {
    const pool = allocation && context.transaction.get(ipamPools, allocation.IpamPoolId);
    return (pool?.IpamScopeId ?? ipam.PrivateDefaultScopeId) === scope.IpamScopeId;
  });

const filters: Listing<MonitoredCidr>["filters"] = {
  "management-state": (one) => stateOf(one),
  "overlap-status": ({ OverlapStatus }) => OverlapStatus,
  "compliance-status": ({ ComplianceStatus }) => ComplianceStatus,
  "resource-id": ({ ResourceId }) => ResourceId,
  "resource-owner": ({ ResourceOwnerId }) => ResourceOwnerId,
  "resource-region": ({ ResourceRegion }) => ResourceRegion,
  "resource-type": ({ ResourceType }) => ResourceType,
  "resource-cidr": ({ ResourceCidr }) => ResourceCidr,
  "vpc-id": ({ VpcId }) => VpcId,
};

const listing: Listing<MonitoredCidr> = {
  action: "GetIpamResourceCidrs",
  idOf: ({ ResourceId, ResourceCidr }) => `${ResourceId}/${ResourceCidr}`,
  missing: invalidValue,
  filters,
};

const history: Listing<MonitoredCidr> = { ...listing, action: "GetIpamAddressHistory", pages: [1, 1000] };

const stateOf = ({ allocation }: MonitoredCidr) => (allocation ? "managed" : "unmanaged");

const toShape = (
  { IpamId, IpamScopeId }: IpamScope,
  { allocation, ResourceTags, ...one }: MonitoredCidr,
): IpamResourceCidr => ({
  ...one,
  IpamId,
  IpamScopeId,
  IpamPoolId: allocation?.IpamPoolId,
  ResourceTags: ResourceTags.map(({ Key, Value }) => ({ Key, Value })),
  ManagementState: stateOf({ allocation, ResourceTags, ...one }),
});
