import { identifier } from "../../../store/identifier";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";
import { type JsonObject } from "../rest/json-body";

/**
 * What a resource's client sent, as far as the cloud's model does not know it: descriptions, labels, node configurations.
 * A resource that was not made through the endpoint has none.
 */
export interface Representation {
  /** Full name of the resource. */
  readonly id: string;
  readonly body: JsonObject;
  /** Milliseconds since 1970. */
  readonly created: number;
}

const kind = new Kind<Representation>("google/representation");

/** The representation of a resource; an empty one where there is none. */
export const representationOf = (transaction: Transaction, id: string): Representation =>
  transaction.get(kind, id) ?? { id, body: {}, created: 0 };

/** The representation of a resource, or undefined. */
export const storedRepresentation = (transaction: Transaction, id: string): Representation | undefined =>
  transaction.get(kind, id);

/** The representations of resources whose full names fulfil a condition. */
export const representationsWhere = (
  transaction: Transaction,
  condition: (id: string) => boolean,
): readonly Representation[] => transaction.filter(kind, ({ id }) => condition(id));

/** Stores what a client sent for a new resource. */
export const createRepresentation = (
  transaction: Transaction,
  id: string,
  body: JsonObject,
): Representation => transaction.put(kind, id, { id, body, created: transaction.now });

/** Merges what a client sent into a resource; a member that is null is removed. */
export function updateRepresentation(
  transaction: Transaction,
  id: string,
  changes: JsonObject,
): Representation {
  const before = representationOf(transaction, id);
  const body = Object.fromEntries(
    Object.entries({ ...before.body, ...changes }).filter(([, value]) => value !== null),
  );
  return transaction.put(kind, id, { ...before, body });
}

/** Removes the representation of a resource. */
export const removeRepresentation = (transaction: Transaction, id: string): void =>
  transaction.remove(kind, id);

/** A 64-bit id, as Compute Engine gives: the same for the same seed. */
export const numericId = (seed: string): string => String(BigInt(`0x${identifier(seed, 15)}`));

/** Compute Engine's time stamp: Pacific time. */
export const pacificTime = (milliseconds: number): string =>
  new Date(milliseconds - 8 * 3600 * 1000).toISOString().replace("Z", "-08:00");

/** A fingerprint or etag of a resource's content. */
export const fingerprintOf = (content: object): string =>
  Buffer.from(identifier(JSON.stringify(content), 16), "hex").toString("base64");
