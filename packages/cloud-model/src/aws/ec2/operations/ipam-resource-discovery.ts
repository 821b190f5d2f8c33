import {
  type DescribeIpamResourceDiscoveriesRequest,
  type DescribeIpamResourceDiscoveriesResult,
  type DescribeIpamResourceDiscoveryAssociationsRequest,
  type DescribeIpamResourceDiscoveryAssociationsResult,
  type GetIpamDiscoveredAccountsRequest,
  type GetIpamDiscoveredAccountsResult,
  type GetIpamDiscoveredResourceCidrsRequest,
  type GetIpamDiscoveredResourceCidrsResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type Ipam, ipams } from "../documents/ipam";
import { ipamArn } from "../documents/located";
import { invalidValue } from "../documents/refusals";
import { tagsOf } from "../documents/tags";
import { discoveredBy, type DiscoveredResource } from "../rules/discovered-resources";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Lists resource discoveries: each IPAM has its default one, and others are not modeled. */
export function describeIpamResourceDiscoveries(
  context: RequestContext,
  input: DescribeIpamResourceDiscoveriesRequest,
): DescribeIpamResourceDiscoveriesResult {
  const ids = input.IpamResourceDiscoveryIds;
  const { documents, NextToken } = filterAndPage(context, ipams.all(context), discoveries, input, ids);
  return {
    IpamResourceDiscoveries: documents.map((ipam) => ({
      OwnerId: ipam.OwnerId,
      IpamResourceDiscoveryId: ipam.DefaultResourceDiscoveryId,
      IpamResourceDiscoveryArn: ipamArn(ipam, `ipam-resource-discovery/${ipam.DefaultResourceDiscoveryId}`),
      IpamResourceDiscoveryRegion: ipam.Region,
      OperatingRegions: ipam.OperatingRegions.map((RegionName) => ({ RegionName })),
      IsDefault: true,
      State: "create-complete",
      Tags: tagsOf(context.transaction, ipam.DefaultResourceDiscoveryId),
    })),
    NextToken,
  };
}

/** Lists the associations of IPAMs with their default resource discoveries. */
export function describeIpamResourceDiscoveryAssociations(
  context: RequestContext,
  input: DescribeIpamResourceDiscoveryAssociationsRequest,
): DescribeIpamResourceDiscoveryAssociationsResult {
  const ids = input.IpamResourceDiscoveryAssociationIds;
  const { documents, NextToken } = filterAndPage(context, ipams.all(context), associations, input, ids);
  return {
    IpamResourceDiscoveryAssociations: documents.map((ipam) => {
      const id = ipam.DefaultResourceDiscoveryAssociationId;
      return {
        OwnerId: ipam.OwnerId,
        IpamResourceDiscoveryAssociationId: id,
        IpamResourceDiscoveryAssociationArn: ipamArn(ipam, `ipam-resource-discovery-association/${id}`),
        IpamResourceDiscoveryId: ipam.DefaultResourceDiscoveryId,
        IpamId: ipam.IpamId,
        IpamArn: ipamArn(ipam, `ipam/${ipam.IpamId}`),
        IpamRegion: ipam.Region,
        IsDefault: true,
        ResourceDiscoveryStatus: "active",
        State: "associate-complete",
        Tags: tagsOf(context.transaction, id),
      };
    }),
    NextToken,
  };
}

/** Lists the VPC and subnet CIDRs that a resource discovery finds in a Region. */
export function getIpamDiscoveredResourceCidrs(
  context: RequestContext,
  input: GetIpamDiscoveredResourceCidrsRequest,
): GetIpamDiscoveredResourceCidrsResult {
  const { resources, ipam } = foundBy(context, input.IpamResourceDiscoveryId, input.ResourceRegion);
  const { documents, NextToken } = filterAndPage(context, resources, discovered, input);
  return {
    IpamDiscoveredResourceCidrs: documents.map((resource) => ({
      ...resource,
      IpamResourceDiscoveryId: ipam.DefaultResourceDiscoveryId,
      SampleTime: new Date(context.transaction.now),
    })),
    NextToken,
  };
}

/** Lists the accounts that have VPCs in a Region, and the IPAM's own. */
export function getIpamDiscoveredAccounts(
  context: RequestContext,
  input: GetIpamDiscoveredAccountsRequest,
): GetIpamDiscoveredAccountsResult {
  const { resources, ipam } = foundBy(context, input.IpamResourceDiscoveryId, input.DiscoveryRegion);
  const accounts = new Set([ipam.OwnerId, ...resources.map(({ ResourceOwnerId }) => ResourceOwnerId)]);
  const { documents, NextToken } = filterAndPage(context, [...accounts], accountListing, input);
  return {
    IpamDiscoveredAccounts: documents.map((AccountId) => ({
      AccountId,
      DiscoveryRegion: input.DiscoveryRegion,
    })),
    NextToken,
  };
}

function foundBy(
  context: RequestContext,
  id: string | undefined,
  region: string | undefined,
): { readonly resources: readonly DiscoveredResource[]; readonly ipam: Ipam } {
  const ipam = ipams.all(context).find(({ DefaultResourceDiscoveryId }) => DefaultResourceDiscoveryId === id);
  if (!ipam) throw missingDiscovery(id ?? "");
  if (region === undefined || !ipam.OperatingRegions.includes(region))
    throw invalidValue(
      `The Region ${region} is not an operating Region of ${id}: ${ipam.OperatingRegions.join(", ")}.`,
    );
  const all = discoveredBy(context.transaction, ipam);
  return { resources: all.filter(({ ResourceRegion }) => ResourceRegion === region), ipam };
}

const missingDiscovery = (id: string): ServiceError =>
  new ServiceError(
    "InvalidIpamResourceDiscoveryId.NotFound",
    `The ipam-resource-discovery ID '${id}' does not exist`,
  );

const discoveries: Listing<Ipam> = {
  idOf: ({ DefaultResourceDiscoveryId }) => DefaultResourceDiscoveryId,
  missing: missingDiscovery,
  filters: {
    "ipam-resource-discovery-id": ({ DefaultResourceDiscoveryId }) => DefaultResourceDiscoveryId,
    "is-default": () => true,
    "owner-id": ({ OwnerId }) => OwnerId,
    state: () => "create-complete",
  },
};

const associations: Listing<Ipam> = {
  idOf: ({ DefaultResourceDiscoveryAssociationId }) => DefaultResourceDiscoveryAssociationId,
  missing: (id) =>
    new ServiceError(
      "InvalidIpamResourceDiscoveryAssociationId.NotFound",
      `The ipam-resource-discovery-association ID '${id}' does not exist`,
    ),
  filters: {
    "ipam-id": ({ IpamId }) => IpamId,
    "ipam-resource-discovery-id": ({ DefaultResourceDiscoveryId }) => DefaultResourceDiscoveryId,
    "is-default": () => true,
    "owner-id": ({ OwnerId }) => OwnerId,
    state: () => "associate-complete",
  },
};

const discovered: Listing<DiscoveredResource> = {
  idOf: ({ ResourceId, ResourceCidr }) => `${ResourceId}/${ResourceCidr}`,
  missing: invalidValue,
  tags: ({ ResourceTags }) =>
    Object.fromEntries(ResourceTags.map(({ Key = "", Value = "" }) => [Key, Value])),
  filters: {
    "resource-cidr": ({ ResourceCidr }) => ResourceCidr,
    "resource-id": ({ ResourceId }) => ResourceId,
    "resource-owner": ({ ResourceOwnerId }) => ResourceOwnerId,
    "resource-type": ({ ResourceType }) => ResourceType,
  },
};

const accountListing: Listing<string> = {
  idOf: (account) => account,
  missing: invalidValue,
  filters: { "account-id": (account) => account },
};
