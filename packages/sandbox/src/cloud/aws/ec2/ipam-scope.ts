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
import { ServiceError } from "../../service-error";
import { Ec2Kind } from "./ec2-kind";
import { ipams } from "./ipam";
import { ipamPools } from "./ipam-pool";
import { list, type Listing } from "./listing";
import { invalidValue } from "./refusals";
import { type Ec2Scene, ipamArn, locationOf, type Located } from "./scene";
import { addTags, removeTags, tagsFor, tagsOf } from "./tags";

/** Source: Amazon VPC IPAM quotas. */
const scopesPerIpam = 5;

/** A scope of an IPAM: addresses in different scopes may be the same. */
export interface IpamScope extends Located {
  readonly IpamScopeId: string;
  readonly IpamId: string;
  readonly IpamScopeType: IpamScopeType;
  readonly IsDefault: boolean;
  readonly Description?: string | undefined;
}

/** All scopes. */
export const ipamScopes = new Ec2Kind<IpamScope>("ipam-scope", "ipam-scope", [
  "InvalidIpamScopeId.NotFound",
  "ipam-scope ID",
]);

/** Makes a scope, unchecked. */
export function makeScope(
  scene: Ec2Scene,
  IpamId: string,
  IpamScopeType: IpamScopeType,
  { IsDefault, Description }: Pick<IpamScope, "IsDefault" | "Description">,
): IpamScope {
  const IpamScopeId = ipamScopes.newId(scene);
  const scope = { ...locationOf(scene), IpamScopeId, IpamId, IpamScopeType, IsDefault, Description };
  return scene.transaction.put(ipamScopes, IpamScopeId, scope);
}

/** The scopes of an IPAM, the default ones first. */
export const scopesOf = ({ transaction }: Ec2Scene, ipamId: string): readonly IpamScope[] =>
  transaction.filter(ipamScopes, ({ IpamId }) => IpamId === ipamId);

/** Creates a private scope; an IPAM has five at most. */
export function createIpamScope(scene: Ec2Scene, input: CreateIpamScopeRequest): CreateIpamScopeResult {
  const { IpamId } = ipams.get(scene, input.IpamId);
  if (scopesOf(scene, IpamId).length >= scopesPerIpam)
    throw new ServiceError("ResourceLimitExceeded", "The maximum number of IPAM scopes has been reached.");
  const scope = makeScope(scene, IpamId, "private", { IsDefault: false, Description: input.Description });
  addTags(scene, scope.IpamScopeId, "ipam-scope", tagsFor("ipam-scope", input.TagSpecifications));
  return { IpamScope: shown(scene, scope) };
}

/** Changes the description. */
export function modifyIpamScope(scene: Ec2Scene, input: ModifyIpamScopeRequest): ModifyIpamScopeResult {
  const scope = ipamScopes.get(scene, input.IpamScopeId);
  const changed = { ...scope, Description: input.Description ?? scope.Description };
  return { IpamScope: shown(scene, scene.transaction.put(ipamScopes, scope.IpamScopeId, changed)) };
}

/** Deletes a scope that is no default one and has no pools. */
export function deleteIpamScope(scene: Ec2Scene, input: DeleteIpamScopeRequest): DeleteIpamScopeResult {
  const scope = ipamScopes.get(scene, input.IpamScopeId);
  if (scope.IsDefault) throw invalidValue(`The default scope ${scope.IpamScopeId} cannot be deleted.`);
  if (poolCount(scene, scope) > 0)
    throw new ServiceError(
      "DependencyViolation",
      `The specified action is not valid for ${scope.IpamScopeId}. There are one or more pools in the scope.`,
    );
  const answer = shown(scene, scope);
  scene.transaction.remove(ipamScopes, scope.IpamScopeId);
  removeTags(scene, scope.IpamScopeId);
  return { IpamScope: { ...answer, State: "delete-complete" } };
}

/** Lists scopes in the home Region of their IPAM. */
export function describeIpamScopes(
  scene: Ec2Scene,
  input: DescribeIpamScopesRequest,
): DescribeIpamScopesResult {
  const { documents, NextToken } = list(scene, ipamScopes.all(scene), listing, input, input.IpamScopeIds);
  return { IpamScopes: documents.map((scope) => shown(scene, scope)), NextToken };
}

const poolCount = ({ transaction }: Ec2Scene, { IpamScopeId }: IpamScope): number =>
  transaction.filter(ipamPools, (pool) => pool.IpamScopeId === IpamScopeId).length;

const listing: Listing<IpamScope> = {
  idOf: ({ IpamScopeId }) => IpamScopeId,
  missing: (id) => ipamScopes.notFound(id),
  filters: {
    "ipam-scope-id": ({ IpamScopeId }) => IpamScopeId,
    "ipam-scope-type": ({ IpamScopeType }) => IpamScopeType,
    "ipam-id": ({ IpamId }) => IpamId,
    "is-default": ({ IsDefault }) => IsDefault,
    "owner-id": ({ OwnerId }) => OwnerId,
    description: ({ Description }) => Description,
    state: () => "create-complete",
  },
};

function shown(scene: Ec2Scene, scope: IpamScope): IpamScopeShape {
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
    PoolCount: poolCount(scene, scope),
    State: "create-complete",
    Tags: tagsOf(scene.transaction, IpamScopeId),
  };
}
