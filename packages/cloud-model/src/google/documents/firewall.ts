import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";

/** A firewall rule, of which only the network is modeled. */
export interface Firewall {
  /** `projects/…/global/firewalls/…` */
  readonly id: string;
  /** Id of the network. */
  readonly network: string;
}

const kind = new Kind<Firewall>("google/firewall");

/** The firewall rule, or undefined. @param id its full name */
export const firewallOf = (transaction: Transaction, id: string): Firewall | undefined =>
  transaction.get(kind, id);

/** Every firewall rule, in any project. */
export const allFirewalls = (transaction: Transaction): readonly Firewall[] =>
  transaction.filter(kind, () => true);

/** The first firewall rule of a network, or undefined. */
export const firewallIn = (transaction: Transaction, network: string): Firewall | undefined =>
  transaction.find(kind, (firewall) => firewall.network === network);

/** Makes or changes a firewall rule. */
export const putFirewall = (transaction: Transaction, firewall: Firewall): Firewall =>
  transaction.put(kind, firewall.id, firewall);

/** Removes a firewall rule. */
export const removeFirewall = (transaction: Transaction, id: string): void => transaction.remove(kind, id);
