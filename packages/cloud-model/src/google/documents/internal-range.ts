import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";

/** A block of addresses reserved in a network. */
export interface InternalRange {
  /** `projects/…/locations/global/internalRanges/…` */
  readonly id: string;
  /** Id of the network. */
  readonly network: string;
  readonly cidr: string;
  /** `FOR_VPC`, `EXTERNAL_TO_VPC` or `FOR_MIGRATION`. */
  readonly usage: string;
  /** `FOR_SELF`, `FOR_PEER` or `NOT_SHARED`. */
  readonly peering: string;
  readonly immutable: boolean;
}

const kind = new Kind<InternalRange>("google/internal-range");

/** The internal range, or undefined. @param id its full name */
export const internalRangeOf = (transaction: Transaction, id: string): InternalRange | undefined =>
  transaction.get(kind, id);

/** The internal ranges of a network. */
export const internalRangesOf = (transaction: Transaction, network: string): readonly InternalRange[] =>
  transaction.filter(kind, (range) => range.network === network);

/** Every internal range, in any network. */
export const allInternalRanges = (transaction: Transaction): readonly InternalRange[] =>
  transaction.filter(kind, () => true);

/** Makes or changes an internal range. */
export const putInternalRange = (transaction: Transaction, range: InternalRange): InternalRange =>
  transaction.put(kind, range.id, range);

/** Removes an internal range. */
export const removeInternalRange = (transaction: Transaction, id: string): void =>
  transaction.remove(kind, id);
