import { type Transaction } from "../../../store/transaction";
import { keptOf } from "../../kept-resource";

/** Whether RAM shares a resource with an account: by name, or with the whole organisation. */
export function isSharedWith(transaction: Transaction, arn: string, account: string): boolean {
  const shares = keptOf(transaction, "aws_ram_resource_association")
    .map(({ state }) => state as Record<string, unknown>)
    .filter((association) => association["resource_arn"] === arn)
    .map((association) => association["resource_share_arn"]);
  return keptOf(transaction, "aws_ram_principal_association")
    .map(({ state }) => state as Record<string, unknown>)
    .some(
      ({ resource_share_arn: share, principal }) =>
        shares.includes(share) && (principal === account || /:organizations:/.test(String(principal))),
    );
}
