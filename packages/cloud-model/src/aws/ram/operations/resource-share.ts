import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { arnOf, ipamArn } from "../../ec2/documents/located";
import { ipamPools } from "../../ec2/documents/ipam-pool";
import { subnets } from "../../ec2/documents/subnet";
import {
  associationsOf,
  putAssociation,
  removeAssociation,
  type ResourceShare,
  type ResourceShareAssociation,
  resourceShares,
} from "../documents/resource-share";

/** `CreateResourceShare`, as far as it is modeled. */
export interface CreateResourceShareRequest {
  readonly name: string;
}

/** `UpdateResourceShare`, as far as it is modeled. */
export interface UpdateResourceShareRequest {
  readonly resourceShareArn: string;
  readonly name: string;
}

/** `DeleteResourceShare`. */
export interface DeleteResourceShareRequest {
  readonly resourceShareArn: string;
}

/** `AssociateResourceShare` and `DisassociateResourceShare`. */
export interface ResourceShareAssociationRequest {
  readonly resourceShareArn: string;
  /** @default none */
  readonly resourceArns?: readonly string[];
  /** Account ids, or ARNs of organizations or organizational units. @default none */
  readonly principals?: readonly string[];
}

/** Creates an empty share. */
export function createResourceShare(
  { transaction, caller }: RequestContext,
  { name }: CreateResourceShareRequest,
): ResourceShare {
  const { owner, region } = caller;
  const resourceShareArn = `arn:${awsPartition(region)}:ram:${region}:${owner}:resource-share/${transaction.hex(32)}`;
  return transaction.put(resourceShares, resourceShareArn, { owner, region, resourceShareArn, name });
}

/** Renames a share. */
export function updateResourceShare(context: RequestContext, request: UpdateResourceShareRequest): void {
  const share = getResourceShare(context, request.resourceShareArn);
  context.transaction.put(resourceShares, share.resourceShareArn, { ...share, name: request.name });
}

/** Deletes a share with its associations. */
export function deleteResourceShare(context: RequestContext, request: DeleteResourceShareRequest): void {
  const { resourceShareArn } = getResourceShare(context, request.resourceShareArn);
  for (const association of associationsOf(context.transaction, resourceShareArn))
    removeAssociation(context.transaction, association);
  context.transaction.remove(resourceShares, resourceShareArn);
}

/** Adds resources and principals to a share. @throws ServiceError if the share or a resource does not exist */
export function associateResourceShare(
  context: RequestContext,
  request: ResourceShareAssociationRequest,
): void {
  getResourceShare(context, request.resourceShareArn);
  for (const arn of request.resourceArns ?? []) checkResource(context, arn);
  for (const association of associationsIn(request)) putAssociation(context.transaction, association);
}

/** Takes resources and principals out of a share. */
export function disassociateResourceShare(
  context: RequestContext,
  request: ResourceShareAssociationRequest,
): void {
  getResourceShare(context, request.resourceShareArn);
  for (const association of associationsIn(request)) removeAssociation(context.transaction, association);
}

/** A share of the caller's account and Region, or undefined. */
export function findResourceShare(
  { transaction, caller }: RequestContext,
  arn: string,
): ResourceShare | undefined {
  const share = transaction.get(resourceShares, arn);
  return share?.owner === caller.owner && share.region === caller.region ? share : undefined;
}

/** @throws ServiceError `UnknownResourceException` */
function getResourceShare(context: RequestContext, arn: string): ResourceShare {
  const share = findResourceShare(context, arn);
  if (!share) throw new ServiceError("UnknownResourceException", `ResourceShare ${arn} could not be found.`);
  return share;
}

const associationsIn = ({
  resourceShareArn,
  resourceArns = [],
  principals = [],
}: ResourceShareAssociationRequest): readonly ResourceShareAssociation[] => [
  ...resourceArns.map((associatedEntity) => ({
    resourceShareArn,
    associationType: "RESOURCE" as const,
    associatedEntity,
  })),
  ...principals.map((associatedEntity) => ({
    resourceShareArn,
    associationType: "PRINCIPAL" as const,
    associatedEntity,
  })),
];

/** Pools and subnets must exist; resources of other types are not modeled. */
function checkResource({ transaction }: RequestContext, arn: string): void {
  const [, type, id = ""] = /:(ipam-pool|subnet)\/(.+)$/.exec(arn) ?? [];
  if (type === undefined) return;
  const pool = transaction.get(ipamPools, id);
  const subnet = transaction.get(subnets, id);
  if (pool && ipamArn(pool, `ipam-pool/${id}`) === arn) return;
  if (subnet && arnOf(subnet, `subnet/${id}`) === arn) return;
  throw new ServiceError(
    "MalformedArnException",
    `The resource you are attempting to share could not be found: ${arn}`,
  );
}
