import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { type IamBinding } from "../requests/compute";

/** The IAM policy of a subnetwork. */
export interface SubnetworkPolicy {
  /** Id of the subnetwork. */
  readonly subnetwork: string;
  readonly bindings: readonly IamBinding[];
}

const kind = new Kind<SubnetworkPolicy>("google/subnetwork-policy");

/** The policy of a subnetwork, or undefined where it has no binding. */
export const subnetworkPolicyOf = (
  transaction: Transaction,
  subnetwork: string,
): SubnetworkPolicy | undefined => transaction.get(kind, subnetwork);

/** Makes or changes a policy. */
export const putSubnetworkPolicy = (transaction: Transaction, policy: SubnetworkPolicy): SubnetworkPolicy =>
  transaction.put(kind, policy.subnetwork, policy);

/** Removes the policy of a subnetwork. */
export const removeSubnetworkPolicy = (transaction: Transaction, subnetwork: string): void =>
  transaction.remove(kind, subnetwork);
