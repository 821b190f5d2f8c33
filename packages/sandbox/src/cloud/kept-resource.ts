import { fromStateJson, toStateJson } from "../plugin/state-json";
import { type ObjectValue } from "../plugin/value";
import { typeOf } from "../schema/type-schema";
import { type Json, Kind } from "../store/kind";
import { type Transaction } from "../store/transaction";
import { type Subject } from "./cloud";
import { type Place } from "./resource-model";

/** A resource as Terraform last saw it. */
export interface KeptResource extends Place {
  readonly type: string;
  readonly id: string;
  /** In the form of Terraform's state file. */
  readonly state: Json;
  /** Set until Terraform is known to have the resource in its state. */
  readonly unconfirmed?: Unconfirmed;
}

/** A creation whose answer may have been lost: its caller was killed, perhaps, before it kept the answer. */
export interface Unconfirmed {
  /** Names the sandbox that answered. */
  readonly session: string;
  /** What was asked for, so that the repeated request is recognised. */
  readonly request: string;
}

const kind = new Kind<KeptResource>("terraform/resource");
const keyOf = ({ type, owner, region, id }: Omit<KeptResource, "state">): string =>
  [type, owner, region, id].join("|");

/** The resource, or undefined. */
export const kept = (
  transaction: Transaction,
  type: string,
  place: Place,
  id: string,
): KeptResource | undefined => transaction.get(kind, keyOf({ type, ...place, id }));

/** Every resource of a Terraform type, in any place. */
export const keptOf = (transaction: Transaction, type: string): readonly KeptResource[] =>
  transaction.filter(kind, (resource) => resource.type === type);

/** Every resource whose creation was not confirmed. */
export const unconfirmed = (transaction: Transaction): readonly KeptResource[] =>
  transaction.filter(kind, (resource) => resource.unconfirmed !== undefined);

/** Keeps a resource, in place of what was kept of it. */
export const keep = (transaction: Transaction, resource: KeptResource): KeptResource =>
  transaction.put(kind, keyOf(resource), resource);

/** Forgets a resource. */
export const forget = (transaction: Transaction, resource: Omit<KeptResource, "state">): void =>
  transaction.remove(kind, keyOf(resource));

/** The value Terraform gets for a kept resource. */
export const stateOf = (resource: KeptResource, { block }: Subject): ObjectValue =>
  fromStateJson(resource.state, typeOf(block)) as ObjectValue;

/** What is kept of a resource Terraform is told about. */
export const keptFrom = ({ type }: Subject, place: Place, state: ObjectValue): KeptResource => ({
  type,
  ...place,
  id: String(state["id"]),
  state: toStateJson(state),
});
