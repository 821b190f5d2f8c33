import {
  type CreateIpamScopeRequest,
  type CreateIpamScopeResult,
  type DeleteIpamScopeRequest,
  type DeleteIpamScopeResult,
  type DescribeIpamScopesRequest,
  type DescribeIpamScopesResult,
  type IpamScope as IpamScopeShape,
  type IpamScopeType,
  type ModifyIpamScopeRequest,
  type ModifyIpamScopeResult,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { ipams, stateOf } from "../documents/ipam";
import { ipamPools } from "../documents/ipam-pool";
import { type IpamScope, ipamScopes, scopesOf } from "../documents/ipam-scope";
import { ipamArn, locationOf } from "../documents/located";
import { invalidValue, needsAdvanced } from "../documents/refusals";
import { removeTags, tagsOf } from "../documents/tags";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Source: Amazon VPC IPAM quotas. */
const scopesPerIpam = 5;

/** Makes a scope, unchecked. */
export function makeScope(
  context: RequestContext,
  IpamId: string,
  IpamScopeType: IpamScopeType,
  { IsDefault, Description }: Pick<IpamScope, "IsDefault" | "Description">,
): IpamScope {
  const IpamScopeId = ipamScopes.newId(context);
  const scope = { ...locationOf(context), IpamScopeId, IpamId, IpamScopeType, IsDefault, Description };
  return context.transaction.put(ipamScopes, IpamScopeId, scope);
}

/** Creates a private scope. An IPAM has at most five scopes. */
export function createIpamScope(
  context: RequestContext,
  input: CreateIpamScopeRequest,
): CreateIpamScopeResult {
  const { IpamId, Tier } = ipams.get(context, input.IpamId);
  if (Tier === "free") throw needsAdvanced("A private scope");
  if (scopesOf(context, IpamId).length >= scopesPerIpam)
    throw new ServiceError("ResourceLimitExceeded", "The maximum number of IPAM scopes has been reached.");
  const scope = makeScope(context, IpamId, "private", { IsDefault: false, Description: input.Description });
  addTags(context, scope.IpamScopeId, "ipam-scope", tagsFor("ipam-scope", input.TagSpecifications));
  return { IpamScope: toShape(context, scope) };
}

/** Changes the description. */
export function modifyIpamScope(
  context: RequestContext,
  input: ModifyIpamScopeRequest,
): ModifyIpamScopeResult {
  const scope = ipamScopes.get(context, input.IpamScopeId);
  const changed = { ...scope, Description: input.Description ?? scope.Description, IsModified: true };
  return { IpamScope: toShape(context, context.transaction.put(ipamScopes, scope.IpamScopeId, changed)) };
}

/** Deletes a scope without pools. Default scopes cannot be deleted. */
export function deleteIpamScope(
  context: RequestContext,
  input: DeleteIpamScopeRequest,
): DeleteIpamScopeResult {
  const scope = ipamScopes.get(context, input.IpamScopeId);
  if (scope.IsDefault) throw invalidValue(`The default scope ${scope.IpamScopeId} cannot be deleted.`);
  if (poolCount(context, scope) > 0)
    throw new ServiceError(
      "DependencyViolation",
      `The specified action is not valid for ${scope.IpamScopeId}. There are one or more pools in the scope.`,
    );
  const answer = toShape(context, scope);
  context.transaction.remove(ipamScopes, scope.IpamScopeId);
  removeTags(context, scope.IpamScopeId);
  return { IpamScope: { ...answer, State: "delete-complete" } };
}

/** Lists the scopes of IPAMs whose home Region is the caller's. */
export function describeIpamScopes(
  context: RequestContext,
  input: DescribeIpamScopesRequest,
): DescribeIpamScopesResult {
  const { documents, NextToken } = filterAndPage(
    context,
    ipamScopes.all(context),
    listing,
    input,
    input.IpamScopeIds,
  );
  return { IpamScopes: documents.map((scope) => toShape(context, scope)), NextToken };
}

const poolCount = ({ transaction }: RequestContext, { IpamScopeId }: IpamScope): number =>
  transaction.filter(ipamPools, (pool) => pool.IpamScopeId === IpamScopeId).length;

const listing: Listing<IpamScope> = {
  action: "DescribeIpamScopes",
  idOf: ({ IpamScopeId }) => IpamScopeId,
  missing: (id) => ipamScopes.notFound(id),
  filters: {
    "ipam-scope-id": ({ IpamScopeId }) => IpamScopeId,
    "ipam-scope-type": ({ IpamScopeType }) => IpamScopeType,
    "ipam-id": ({ IpamId }) => IpamId,
    "is-default": ({ IsDefault }) => IsDefault,
    "owner-id": ({ OwnerId }) => OwnerId,
    description: ({ Description }) => Description,
    state: stateOf,
  },
};

function toShape(context: RequestContext, scope: IpamScope): IpamScopeShape {
  const { OwnerId, IpamScopeId, IpamScopeType, IsDefault, Description } = scope;
  return {
    OwnerId,
    IpamScopeId,
    IpamScopeType,
    IsDefault,
    Description,
    IpamScopeArn: ipamArn(scope, `ipam-scope/${IpamScopeId}`),
    IpamArn: ipamArn(scope, `ipam/${scope.IpamId}`),
    IpamRegion: scope.Region,
    PoolCount: poolCount(context, scope),
    State: stateOf(scope),
    Tags: tagsOf(context.transaction, IpamScopeId),
  };
}
