import { fromStateJson, toStateJson } from "../plugin/state-json";
import { type ObjectValue } from "../plugin/value";
import { typeOf } from "../schema/type-schema";
import { identifier } from "../store/identifier";
import { type Json, Kind } from "../store/kind";
import { type Transaction } from "../store/transaction";
import { type Subject } from "./cloud";
import { identityOf } from "./identities";
import { type Place } from "./resource-model";

/** A resource as Terraform last saw it. */
export interface KeptResource extends Place {
  readonly type: string;
  /** Tells it from others of its type and place: Terraform's id, with more where that is not unique. */
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
  /** What was asked for, as a key: the repeated request has the same. */
  readonly request: string;
}

/** What one request made, each time it was sent: twins are made by the same request. */
interface Answers {
  readonly request: string;
  readonly resources: readonly Omit<KeptResource, "state" | "unconfirmed">[];
}

const kinds = new Map<string, Kind<KeptResource>>();
const answers = new Kind<Answers>("unconfirmed");
const prefix = "terraform/";

/** One kind a type, so that no question looks at all that stands. */
function kindOf(type: string): Kind<KeptResource> {
  let kind = kinds.get(type);
  if (!kind) kinds.set(type, (kind = new Kind(`${prefix}${type}`)));
  return kind;
}

const keyOf = ({ owner, region, id }: Place & { readonly id: string }): string =>
  [owner, region, id].join("|");

/** The resource, or undefined. @param id as `identityOf` tells it */
export const kept = (
  transaction: Transaction,
  type: string,
  place: Place,
  id: string,
): KeptResource | undefined => transaction.get(kindOf(type), keyOf({ ...place, id }));

/** Every resource of a Terraform type, in any place. */
export const keptOf = (transaction: Transaction, type: string): readonly KeptResource[] => [
  ...transaction.all(kindOf(type)),
];

/** How many resources of each Terraform type are kept. */
export function keptCounts(transaction: Transaction): Readonly<Record<string, number>> {
  const types = transaction.kinds
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  const counts = types.map((type) => [type, keptOf(transaction, type).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Keeps a resource that Terraform has, in place of what was kept of it. */
export function keep(transaction: Transaction, resource: KeptResource): KeptResource {
  settle(transaction, resource);
  return transaction.put(kindOf(resource.type), keyOf(resource), resource);
}

/** Forgets a resource. */
export function forget(transaction: Transaction, resource: Omit<KeptResource, "state">): void {
  settle(transaction, resource);
  transaction.remove(kindOf(resource.type), keyOf(resource));
}

/** Keeps a resource that Terraform may not have yet, as the answer to a request. */
export function claim(
  transaction: Transaction,
  resource: KeptResource,
  unconfirmed: Unconfirmed,
): KeptResource {
  const { type, owner, region, id } = keep(transaction, resource);
  const { request } = unconfirmed;
  const resources = transaction.get(answers, request)?.resources ?? [];
  transaction.put(answers, request, { request, resources: [...resources, { type, owner, region, id }] });
  return transaction.put(kindOf(type), keyOf(resource), { ...resource, unconfirmed });
}

/** What a request made that was not confirmed, oldest first. */
export const claimed = (transaction: Transaction, request: string): readonly KeptResource[] =>
  (transaction.get(answers, request)?.resources ?? []).flatMap((place) => {
    const resource = kept(transaction, place.type, place, place.id);
    return resource ? [resource] : [];
  });

/** Terraform has the resource. @returns it */
export function confirm(transaction: Transaction, resource: KeptResource): KeptResource {
  const { unconfirmed, ...confirmed } = resource;
  return unconfirmed ? keep(transaction, confirmed) : resource;
}

/** Terraform has everything that a session made. */
export function confirmAll(transaction: Transaction, session: string): void {
  for (const { request } of [...transaction.all(answers)])
    for (const resource of claimed(transaction, request))
      if (resource.unconfirmed?.session === session) confirm(transaction, resource);
}

/** A key of a request for a resource: the same for the same request in the same place. */
export const requestKey = (type: string, { owner, region }: Place, request: string): string =>
  identifier([type, owner, region, request].join("|"), 40);

/** The value Terraform gets for a kept resource. */
export const stateOf = (resource: KeptResource, { block }: Subject): ObjectValue =>
  fromStateJson(resource.state, typeOf(block)) as ObjectValue;

/** What is kept of a resource Terraform is told about. */
export const keptFrom = ({ type }: Subject, place: Place, state: ObjectValue): KeptResource => ({
  type,
  ...place,
  id: identityOf(type, state),
  state: toStateJson(state),
});

/** Takes a resource from the answers to its request, where it stands there. */
function settle(transaction: Transaction, { type, ...place }: Omit<KeptResource, "state">): void {
  const request = kept(transaction, type, place, place.id)?.unconfirmed?.request;
  if (request === undefined) return;
  const resources = (transaction.get(answers, request)?.resources ?? []).filter(
    (resource) => resource.type !== type || keyOf(resource) !== keyOf(place),
  );
  if (resources.length > 0) transaction.put(answers, request, { request, resources });
  else transaction.remove(answers, request);
}
