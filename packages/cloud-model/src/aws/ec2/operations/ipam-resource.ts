import {
  type GetIpamResourceCidrsRequest,
  type GetIpamResourceCidrsResult,
  type IpamComplianceStatus,
  type IpamResourceCidr,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ipams } from "../documents/ipam";
import { type IpamPool } from "../documents/ipam-pool";
import { type IpamScope, ipamScopes } from "../documents/ipam-scope";
import { invalidValue } from "../documents/refusals";
import { readCidr } from "../rules/cidr";
import { discoveredBy, type DiscoveredResource, managedBy } from "../rules/discovered-resources";
import { filterAndPage, type Listing } from "./filter-and-page";

/**
 * Lists the VPC and subnet CIDRs of a scope: those that its pools manage and, in the default private scope, those that no
 * pool manages.
 */
export function getIpamResourceCidrs(
  context: RequestContext,
  input: GetIpamResourceCidrsRequest,
): GetIpamResourceCidrsResult {
  const scope = ipamScopes.get(context, input.IpamScopeId);
  const { ResourceTag: tag } = input;
  const wanted = resourcesIn(context, scope).filter(
    (resource) =>
      (input.IpamPoolId ?? resource.IpamPoolId) === resource.IpamPoolId &&
      (input.ResourceId ?? resource.ResourceId) === resource.ResourceId &&
      (input.ResourceType ?? resource.ResourceType) === resource.ResourceType &&
      (input.ResourceOwner ?? resource.ResourceOwnerId) === resource.ResourceOwnerId &&
      (tag === undefined ||
        resource.ResourceTags?.some(({ Key, Value }) => Key === tag.Key && (tag.Value ?? Value) === Value)),
  );
  const { documents, NextToken } = filterAndPage(context, wanted, listing, input);
  return { IpamResourceCidrs: [...documents], NextToken };
}

/** The VPC and subnet CIDRs of a scope, as they are. */
export function resourcesIn({ transaction }: RequestContext, scope: IpamScope): readonly IpamResourceCidr[] {
  const ipam = transaction.get(ipams, scope.IpamId)!;
  const isDefault = scope.IsDefault && scope.IpamScopeType === "private";
  const found = discoveredBy(transaction, ipam).flatMap((resource) => {
    const pool = managedBy(transaction, ipam.IpamId, resource)?.pool;
    const isHere = pool ? pool.IpamScopeId === scope.IpamScopeId : isDefault;
    return isHere ? [{ resource, pool }] : [];
  });
  return found.map(({ resource, pool }) => {
    const { SubnetId: _, ...members } = resource;
    const overlaps = found.some(
      ({ resource: other }) =>
        other.VpcId !== resource.VpcId &&
        other.ResourceType === resource.ResourceType &&
        readCidr(other.ResourceCidr).overlaps(readCidr(resource.ResourceCidr)),
    );
    return {
      ...members,
      ResourceName: resource.ResourceTags.find(({ Key }) => Key === "Name")?.Value,
      IpamId: scope.IpamId,
      IpamScopeId: scope.IpamScopeId,
      IpamPoolId: pool?.IpamPoolId,
      ManagementState: pool ? "managed" : "unmanaged",
      ComplianceStatus: pool ? compliance(pool, resource) : "unmanaged",
      OverlapStatus: overlaps ? "overlapping" : "nonoverlapping",
    };
  });
}

/** Whether a resource keeps the rules of its pool, which may have changed after its allocation. */
function compliance(
  pool: IpamPool,
  { ResourceCidr, ResourceTags }: DiscoveredResource,
): IpamComplianceStatus {
  const { length } = readCidr(ResourceCidr);
  const isLength =
    length >= (pool.AllocationMinNetmaskLength ?? 0) && length <= (pool.AllocationMaxNetmaskLength ?? 128);
  const isTagged = Object.entries(pool.AllocationResourceTags).every(([key, value]) =>
    ResourceTags.some(({ Key, Value }) => Key === key && Value === value),
  );
  return isLength && isTagged ? "compliant" : "noncompliant";
}

const listing: Listing<IpamResourceCidr> = {
  idOf: ({ ResourceId, ResourceCidr }) => `${ResourceId}/${ResourceCidr}`,
  missing: invalidValue,
  tags: ({ ResourceTags = [] }) =>
    Object.fromEntries(ResourceTags.map(({ Key = "", Value = "" }) => [Key, Value])),
  filters: {
    "compliance-status": ({ ComplianceStatus }) => ComplianceStatus,
    "management-state": ({ ManagementState }) => ManagementState,
    "overlap-status": ({ OverlapStatus }) => OverlapStatus,
    "resource-cidr": ({ ResourceCidr }) => ResourceCidr,
    "resource-id": ({ ResourceId }) => ResourceId,
    "resource-owner": ({ ResourceOwnerId }) => ResourceOwnerId,
    "resource-region": ({ ResourceRegion }) => ResourceRegion,
    "resource-type": ({ ResourceType }) => ResourceType,
  },
};
