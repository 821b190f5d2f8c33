import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";

/** An IAM role, as far as other services look at it. */
export interface IamRole {
  /** AWS account id. */
  readonly owner: string;
  readonly roleName: string;
  /** The trust policy: JSON text. */
  readonly assumeRolePolicyDocument: string;
}

/** IAM has no Regions: an account and a name are a role. */
const roles = new Kind<IamRole>("iam/role");
const keyOf = (owner: string, roleName: string): string => [owner, roleName].join("|");

/** The role of that name in an account, or undefined. */
export const findRole = (transaction: Transaction, owner: string, roleName: string): IamRole | undefined =>
  transaction.get(roles, keyOf(owner, roleName));

/** Makes or changes a role. */
export const putRole = (transaction: Transaction, role: IamRole): IamRole =>
  transaction.put(roles, keyOf(role.owner, role.roleName), role);

/** Removes a role; one that does not exist is no error. */
export const removeRole = (transaction: Transaction, owner: string, roleName: string): void =>
  transaction.remove(roles, keyOf(owner, roleName));
