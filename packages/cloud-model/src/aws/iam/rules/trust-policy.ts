import { type RequestContext } from "../../../request-context";
import { type ServiceError } from "../../../service-error";
import { findRole } from "../documents/role";

/**
 * Checks that a service can assume a role of the caller's account. Roles of other accounts are not checked.
 *
 * @param service principal that the trust policy must name: `eks.amazonaws.com`
 * @throws what `refusal` makes if the role does not exist or does not trust the service
 */
export function checkTrust(
  { transaction, caller }: RequestContext,
  roleArn: string,
  service: string,
  refusal: () => ServiceError,
): void {
  const [, owner, path] = /^arn:[^:]*:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
  if (owner !== undefined && owner !== caller.owner) return;
  const name = path?.slice(path.lastIndexOf("/") + 1) ?? roleArn;
  const role = findRole(transaction, caller.owner, name);
  if (!role?.assumeRolePolicyDocument.includes(service)) throw refusal();
}
