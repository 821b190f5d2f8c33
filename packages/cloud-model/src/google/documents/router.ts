import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { type RouterNat } from "../requests/compute";

/** A Cloud Router with its NAT gateways. */
export interface Router {
  /** `projects/…/regions/…/routers/…` */
  readonly id: string;
  /** Id of the network; absent for the router of an NCC gateway. */
  readonly network?: string;
  readonly nats: readonly RouterNat[];
}

const kind = new Kind<Router>("google/router");

/** The router, or undefined. @param id its full name */
export const routerOf = (transaction: Transaction, id: string): Router | undefined =>
  transaction.get(kind, id);

/** Every router, in any project. */
export const allRouters = (transaction: Transaction): readonly Router[] =>
  transaction.filter(kind, () => true);

/** The first router of a network, or undefined. */
export const routerIn = (transaction: Transaction, network: string): Router | undefined =>
  transaction.find(kind, (router) => router.network === network);

/** Makes or changes a router. */
export const putRouter = (transaction: Transaction, router: Router): Router =>
  transaction.put(kind, router.id, router);

/** Removes a router with its NAT gateways. */
export const removeRouter = (transaction: Transaction, id: string): void => transaction.remove(kind, id);
