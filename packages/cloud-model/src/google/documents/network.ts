import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";

/** A VPC network. */
export interface Network {
  /** `projects/…/global/networks/…` */
  readonly id: string;
  readonly project: string;
  readonly name: string;
  /** Auto mode: Google makes a subnetwork in every region. */
  readonly auto: boolean;
}

const kind = new Kind<Network>("google/network");

/** The network, or undefined. @param id its full name */
export const networkOf = (transaction: Transaction, id: string): Network | undefined =>
  transaction.get(kind, id);

/** Every network, in any project. */
export const allNetworks = (transaction: Transaction): readonly Network[] =>
  transaction.filter(kind, () => true);

/** Makes or changes a network. */
export const putNetwork = (transaction: Transaction, network: Network): Network =>
  transaction.put(kind, network.id, network);

/** Removes a network. */
export const removeNetwork = (transaction: Transaction, id: string): void => transaction.remove(kind, id);
