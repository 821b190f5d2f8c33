import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";

/** A reserved address: an internal one of a subnetwork, or an external one. */
export interface Address {
  /** `projects/…/regions/…/addresses/…` or `projects/…/global/addresses/…` */
  readonly id: string;
  readonly address: string;
  /** Id of the subnetwork of an internal address. */
  readonly subnetwork?: string;
}

const kind = new Kind<Address>("google/address");

/** The address, or undefined. @param id its full name */
export const addressOf = (transaction: Transaction, id: string): Address | undefined =>
  transaction.get(kind, id);

/** Every address, in any project. */
export const allAddresses = (transaction: Transaction): readonly Address[] =>
  transaction.filter(kind, () => true);

/** The addresses of a subnetwork. */
export const addressesIn = (transaction: Transaction, subnetwork: string): readonly Address[] =>
  transaction.filter(kind, (address) => address.subnetwork === subnetwork);

/** Makes an address. */
export const putAddress = (transaction: Transaction, address: Address): Address =>
  transaction.put(kind, address.id, address);

/** Removes an address. */
export const removeAddress = (transaction: Transaction, id: string): void => transaction.remove(kind, id);
