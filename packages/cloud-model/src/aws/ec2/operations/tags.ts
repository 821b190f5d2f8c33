import {
  type CreateTagsRequest,
  type DeleteTagsRequest,
  type DescribeTagsRequest,
  type DescribeTagsResult,
  type ResourceType,
  type TagDescription,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { egressOnlyInternetGateways } from "../documents/connectivity/egress-only-internet-gateway";
import { elasticIps } from "../documents/connectivity/elastic-ip";
import { internetGateways } from "../documents/connectivity/internet-gateway";
import { natGateways } from "../documents/connectivity/nat-gateway";
import { securityGroups } from "../documents/connectivity/security-group";
import { securityGroupRules } from "../documents/connectivity/security-group-rule";
import { vpcEndpoints } from "../documents/connectivity/vpc-endpoint";
import { type Ec2Kind } from "../documents/ec2-kind";
import { ipams } from "../documents/ipam";
import { ipamAllocations } from "../documents/ipam-allocation";
import { ipamPools } from "../documents/ipam-pool";
import { ipamScopes } from "../documents/ipam-scope";
import { launchTemplates } from "../documents/launch-template";
import { type Located } from "../documents/located";
import { networkAcls } from "../documents/network-acl";
import { networkInterfaces } from "../documents/network-interface";
import { routeTables } from "../documents/route-table";
import { subnets } from "../documents/subnet";
import { subnetCidrReservations } from "../documents/subnet-cidr-reservation";
import { removeTags, taggedResources } from "../documents/tags";
import { vpcs } from "../documents/vpc";
import { addTags } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

const taggable: readonly Ec2Kind<Located>[] = [
  egressOnlyInternetGateways,
  elasticIps,
  internetGateways,
  ipams,
  ipamPools,
  ipamScopes,
  launchTemplates,
  natGateways,
  networkAcls,
  networkInterfaces,
  routeTables,
  securityGroupRules,
  securityGroups,
  subnetCidrReservations,
  subnets,
  vpcEndpoints,
  vpcs,
].map((kind) => kind as unknown as Ec2Kind<Located>);

/** Tags resources of any type. @throws ServiceError `Invalid….NotFound` for one that does not exist */
export function createTags(context: RequestContext, { Resources, Tags }: CreateTagsRequest): void {
  for (const id of Resources ?? []) addTags(context, id, typeOf(context, id), Tags ?? []);
}

/** Removes tags from resources of any type: the given ones, or all without `Tags`. */
export function deleteTags(context: RequestContext, { Resources, Tags }: DeleteTagsRequest): void {
  for (const id of Resources ?? []) {
    typeOf(context, id);
    removeTags(context, id, Tags);
  }
}

/** Lists tags, one entry per key. */
export function describeTags(context: RequestContext, input: DescribeTagsRequest): DescribeTagsResult {
  const { owner, region } = context.caller;
  const tags = [...taggedResources(context.transaction)]
    .filter(({ OwnerId, Region }) => OwnerId === owner && Region === region)
    .flatMap(({ ResourceId, ResourceType, values }) =>
      Object.entries(values).map(([Key, Value]) => ({ Key, ResourceId, ResourceType, Value })),
    );
  const { documents, NextToken } = filterAndPage(context, tags, listing, input);
  return { Tags: [...documents], NextToken };
}

function typeOf(context: RequestContext, id: string): ResourceType {
  const prefix = id.slice(0, id.lastIndexOf("-"));
  const kind = taggable.find((one) => one.prefix === prefix);
  if (kind) return kind.get(context, id) && kind.type;
  if (context.transaction.get(ipamAllocations, id)) return "ipam-pool-allocation";
  throw new ServiceError("InvalidID", `The ID '${id}' is not valid`);
}

const listing: Listing<TagDescription> = {
  action: "DescribeTags",
  idOf: ({ ResourceId, Key }) => `${ResourceId}/${Key}`,
  missing: (id) => new ServiceError("InvalidID", `The ID '${id}' is not valid`),
  filters: {
    key: ({ Key }) => Key,
    "resource-id": ({ ResourceId }) => ResourceId,
    "resource-type": ({ ResourceType }) => ResourceType,
    value: ({ Value }) => Value,
  },
};
