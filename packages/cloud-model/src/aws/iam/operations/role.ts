import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { findRole, type IamRole, putRole, removeRole } from "../documents/role";

/** `CreateRole`, as far as it is modeled. */
export interface CreateRoleRequest {
  readonly RoleName: string;
  /** The trust policy: JSON text. */
  readonly AssumeRolePolicyDocument: string;
}

/** `UpdateAssumeRolePolicy`. */
export interface UpdateAssumeRolePolicyRequest {
  readonly RoleName: string;
  /** The trust policy: JSON text. */
  readonly PolicyDocument: string;
}

/** `DeleteRole`. */
export interface DeleteRoleRequest {
  readonly RoleName: string;
}

/** Creates a role. @throws ServiceError `EntityAlreadyExists` */
export function createRole({ transaction, caller }: RequestContext, request: CreateRoleRequest): void {
  const { RoleName, AssumeRolePolicyDocument } = request;
  if (findRole(transaction, caller.owner, RoleName))
    throw new ServiceError("EntityAlreadyExists", `Role with name ${RoleName} already exists.`, 409);
  putRole(transaction, {
    owner: caller.owner,
    roleName: RoleName,
    assumeRolePolicyDocument: AssumeRolePolicyDocument,
  });
}

/** Replaces a role's trust policy. @throws ServiceError `NoSuchEntity` */
export function updateAssumeRolePolicy(
  context: RequestContext,
  request: UpdateAssumeRolePolicyRequest,
): void {
  const role = getRole(context, request.RoleName);
  putRole(context.transaction, { ...role, assumeRolePolicyDocument: request.PolicyDocument });
}

/** Deletes a role. @throws ServiceError `NoSuchEntity` */
export function deleteRole(context: RequestContext, { RoleName }: DeleteRoleRequest): void {
  const { owner, roleName } = getRole(context, RoleName);
  removeRole(context.transaction, owner, roleName);
}

function getRole({ transaction, caller }: RequestContext, name: string): IamRole {
  const role = findRole(transaction, caller.owner, name);
  if (!role) throw new ServiceError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
  return role;
}
