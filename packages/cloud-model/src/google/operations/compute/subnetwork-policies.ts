import { type RequestContext } from "../../../request-context";
import {
  putSubnetworkPolicy,
  removeSubnetworkPolicy,
  subnetworkPolicyOf,
} from "../../documents/subnetwork-policy";
import { type IamPolicy } from "../../requests/compute";
import { existingSubnetwork } from "../../rules/existing";

/** The IAM policy of a subnetwork. @throws ServiceError notFound */
export function getIamPolicy({ transaction }: RequestContext, subnetwork: string): IamPolicy {
  existingSubnetwork(transaction, subnetwork);
  return { bindings: subnetworkPolicyOf(transaction, subnetwork)?.bindings ?? [] };
}

/** Replaces the IAM policy of a subnetwork. @throws ServiceError notFound */
export function setIamPolicy({ transaction }: RequestContext, subnetwork: string, policy: IamPolicy): void {
  existingSubnetwork(transaction, subnetwork);
  const bindings = policy.bindings.filter(({ members }) => members.length > 0);
  if (bindings.length > 0) putSubnetworkPolicy(transaction, { subnetwork, bindings });
  else removeSubnetworkPolicy(transaction, subnetwork);
}
