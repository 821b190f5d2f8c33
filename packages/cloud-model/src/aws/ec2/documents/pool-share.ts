import { recordedResources } from "../../../recorded-resources";
import { type Transaction } from "../../../store/transaction";

/** Whether RAM shares a resource with an account: by name, or with the whole organisation. */
export function isSharedWith(transaction: Transaction, arn: string, account: string): boolean {
  const shares = recordedResources(transaction, "aws_ram_resource_association")
    .map(({ state }) => state as Record<string, unknown>)
    .filter((association) => association["resource_arn"] === arn)
    .map((association) => association["resource_share_arn"]);
  return recordedResources(transaction, "aws_ram_principal_association")
    .map(({ state }) => state as Record<string, unknown>)
    .some(
      ({ resource_share_arn: share, principal }) =>
        shares.includes(share) && (principal === account || /:organizations:/.test(String(principal))),
    );
}
