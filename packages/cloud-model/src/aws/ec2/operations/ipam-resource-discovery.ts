import {
  type DescribeIpamResourceDiscoveriesRequest,
  type DescribeIpamResourceDiscoveriesResult,
  type DescribeIpamResourceDiscoveryAssociationsRequest,
  type DescribeIpamResourceDiscoveryAssociationsResult,
  type GetIpamDiscoveredResourceCidrsRequest,
  type GetIpamDiscoveredResourceCidrsResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type Ipam, ipams } from "../documents/ipam";
import { ipamArn } from "../documents/located";
import { required } from "../documents/refusals";
import { type MonitoredCidr, monitoredCidrs } from "../rules/monitored-cidrs";
import { filterAndPage, type Listing } from "./filter-and-page";

// Only the discovery that each IPAM is created with is modeled.

/** Lists the resource discoveries of the IPAMs whose home Region is the caller's. */
export function describeIpamResourceDiscoveries(
  context: RequestContext,
  input: DescribeIpamResourceDiscoveriesRequest,
): DescribeIpamResourceDiscoveriesResult {
  const { documents, NextToken } = filterAndPage(
    context,
    ipams.all(context),
    discoveries,
    input,
    input.IpamResourceDiscoveryIds,
  );
  return {
    IpamResourceDiscoveries: documents.map((ipam) => ({
      OwnerId: ipam.OwnerId,
      IpamResourceDiscoveryId: ipam.DefaultResourceDiscoveryId,
      IpamResourceDiscoveryArn: ipamArn(ipam, `ipam-resource-discovery/${ipam.DefaultResourceDiscoveryId}`),
      IpamResourceDiscoveryRegion: ipam.Region,
      OperatingRegions: ipam.OperatingRegions.map((RegionName) => ({ RegionName })),
      IsDefault: true,
      State: "create-complete",
      Tags: [],
      OrganizationalUnitExclusions: [],
    })),
    NextToken,
  };
}

/** Lists the associations of resource discoveries with IPAMs. */
export function describeIpamResourceDiscoveryAssociations(
  context: RequestContext,
  input: DescribeIpamResourceDiscoveryAssociationsRequest,
): DescribeIpamResourceDiscoveryAssociationsResult {
  const { documents, NextToken } = filterAndPage(
    context,
    ipams.all(context),
    associations,
    input,
    input.IpamResourceDiscoveryAssociationIds,
  );
  return {
    IpamResourceDiscoveryAssociations: documents.map((ipam) => ({
      OwnerId: ipam.OwnerId,
      IpamResourceDiscoveryAssociationId: ipam.DefaultResourceDiscoveryAssociationId,
      IpamResourceDiscoveryAssociationArn: ipamArn(
        ipam,
        `ipam-resource-discovery-association/${ipam.DefaultResourceDiscoveryAssociationId}`,
      ),
      IpamResourceDiscoveryId: ipam.DefaultResourceDiscoveryId,
      IpamId: ipam.IpamId,
      IpamArn: ipamArn(ipam, `ipam/${ipam.IpamId}`),
      IpamRegion: ipam.Region,
      IsDefault: true,
      ResourceDiscoveryStatus: "active",
      State: "associate-complete",
      Tags: [],
    })),
    NextToken,
  };
}

/** Lists the CIDRs of VPCs and subnets that a discovery finds in a Region. EC2 takes minutes; the model none. */
export function getIpamDiscoveredResourceCidrs(
  context: RequestContext,
  input: GetIpamDiscoveredResourceCidrsRequest,
): GetIpamDiscoveredResourceCidrsResult {
  const id = required(input.IpamResourceDiscoveryId, "IpamResourceDiscoveryId");
  const region = required(input.ResourceRegion, "ResourceRegion");
  const ipam = ipams.all(context).find((one) => one.DefaultResourceDiscoveryId === id);
  if (!ipam) throw discoveries.missing(id);
  const found = monitoredCidrs(context, ipam).filter(({ ResourceRegion }) => ResourceRegion === region);
  const { documents, NextToken } = filterAndPage(context, found, discovered, input);
  return {
    IpamDiscoveredResourceCidrs: documents.map((resource) => ({
      IpamResourceDiscoveryId: id,
      ResourceRegion: resource.ResourceRegion,
      ResourceId: resource.ResourceId,
      ResourceOwnerId: resource.ResourceOwnerId,
      ResourceCidr: resource.ResourceCidr,
      ResourceType: resource.ResourceType,
      ResourceTags: [...resource.ResourceTags],
      IpUsage: resource.IpUsage,
      VpcId: resource.VpcId,
      SubnetId: resource.ResourceType === "subnet" ? resource.ResourceId : undefined,
      AvailabilityZoneId: resource.AvailabilityZoneId,
      SampleTime: new Date(context.transaction.now),
    })),
    NextToken,
  };
}

const discoveries: Listing<Ipam> = {
  action: "DescribeIpamResourceDiscoveries",
  idOf: ({ DefaultResourceDiscoveryId }) => DefaultResourceDiscoveryId,
  missing: (id) =>
    new ServiceError(
      "InvalidIpamResourceDiscoveryId.NotFound",
      `The IPAM resource discovery ID '${id}' does not exist`,
    ),
  filters: {
    "ipam-resource-discovery-id": ({ DefaultResourceDiscoveryId }) => DefaultResourceDiscoveryId,
    "is-default": () => true,
    "owner-id": ({ OwnerId }) => OwnerId,
  },
};

const associations: Listing<Ipam> = {
  action: "DescribeIpamResourceDiscoveryAssociations",
  idOf: ({ DefaultResourceDiscoveryAssociationId }) => DefaultResourceDiscoveryAssociationId,
  missing: (id) =>
    new ServiceError(
      "InvalidIpamResourceDiscoveryAssociationId.NotFound",
      `The IPAM resource discovery association ID '${id}' does not exist`,
    ),
  filters: {
    "ipam-id": ({ IpamId }) => IpamId,
    "ipam-resource-discovery-id": ({ DefaultResourceDiscoveryId }) => DefaultResourceDiscoveryId,
    "is-default": () => true,
    "owner-id": ({ OwnerId }) => OwnerId,
  },
};

const discovered: Listing<MonitoredCidr> = {
  action: "GetIpamDiscoveredResourceCidrs",
  idOf: ({ ResourceId, ResourceCidr }) => `${ResourceId}/${ResourceCidr}`,
  missing: discoveries.missing,
  pages: [5, 1000],
  filters: {
    "resource-id": ({ ResourceId }) => ResourceId,
    "resource-owner": ({ ResourceOwnerId }) => ResourceOwnerId,
    "resource-type": ({ ResourceType }) => ResourceType,
    "vpc-id": ({ VpcId }) => VpcId,
  },
};
