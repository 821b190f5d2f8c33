import { type AccountRegion } from "../../../request-context";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";

/** A resource share of Resource Access Manager. */
export interface ResourceShare extends AccountRegion {
  readonly resourceShareArn: string;
  readonly name: string;
}

/** What a share shares, or with whom. */
export interface ResourceShareAssociation {
  readonly resourceShareArn: string;
  readonly associationType: "RESOURCE" | "PRINCIPAL";
  /** ARN of a resource; or an account id, or the ARN of an organization or organizational unit. */
  readonly associatedEntity: string;
}

/** By ARN. */
export const resourceShares = new Kind<ResourceShare>("ram/resource-share");

const associations = new Kind<ResourceShareAssociation>("ram/resource-share-association");
const keyOf = ({ resourceShareArn, associatedEntity }: ResourceShareAssociation): string =>
  [resourceShareArn, associatedEntity].join("|");

/** The associations of a share. */
export const associationsOf = (
  transaction: Transaction,
  shareArn: string,
): readonly ResourceShareAssociation[] =>
  transaction.filter(associations, ({ resourceShareArn }) => resourceShareArn === shareArn);

/** Makes an association; one that exists is no error. */
export const putAssociation = (transaction: Transaction, association: ResourceShareAssociation): void =>
  void transaction.put(associations, keyOf(association), association);

/** Removes an association; one that does not exist is no error. */
export const removeAssociation = (transaction: Transaction, association: ResourceShareAssociation): void =>
  transaction.remove(associations, keyOf(association));

/** Whether a share gives a resource to an account: by its id, or through an organization. */
export function isSharedWith(transaction: Transaction, resourceArn: string, account: string): boolean {
  const shares = new Set(
    transaction
      .filter(associations, ({ associatedEntity }) => associatedEntity === resourceArn)
      .map(({ resourceShareArn }) => resourceShareArn),
  );
  return transaction
    .filter(associations, ({ resourceShareArn: arn }) => shares.has(arn))
    .some(
      ({ associationType, associatedEntity: principal }) =>
        associationType === "PRINCIPAL" && (principal === account || /:organizations:/.test(principal)),
    );
}
