import {
  fromStateJson,
  type ObjectValue,
  type TerraformType,
  toStateJson,
  typeOf,
} from "@cluster-ipam/terraform-provider";
import { identifier, type Json, Kind, type AccountRegion, type Transaction } from "@cluster-ipam/cloud-model";
import { identityOf } from "./identities";

/** A resource as Terraform last saw it. */
export interface StoredResource extends AccountRegion {
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
  readonly resources: readonly Omit<StoredResource, "state" | "unconfirmed">[];
}

const kinds = new Map<string, Kind<StoredResource>>();
const answers = new Kind<Answers>("unconfirmed");
const prefix = "terraform/";

/** One kind a type, so that no question looks at all that stands. */
function kindOf(type: string): Kind<StoredResource> {
  let kind = kinds.get(type);
  if (!kind) kinds.set(type, (kind = new Kind(`${prefix}${type}`)));
  return kind;
}

const keyOf = ({ owner, region, id }: AccountRegion & { readonly id: string }): string =>
  [owner, region, id].join("|");

/** The resource, or undefined. @param id as `identityOf` tells it */
export const kept = (
  transaction: Transaction,
  type: string,
  caller: AccountRegion,
  id: string,
): StoredResource | undefined => transaction.get(kindOf(type), keyOf({ ...caller, id }));

/** Every resource of a Terraform type, in any place. */
export const keptOf = (transaction: Transaction, type: string): readonly StoredResource[] => [
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
export function keep(transaction: Transaction, resource: StoredResource): StoredResource {
  settle(transaction, resource);
  return transaction.put(kindOf(resource.type), keyOf(resource), resource);
}

/** Forgets a resource. */
export function forget(transaction: Transaction, resource: Omit<StoredResource, "state">): void {
  settle(transaction, resource);
  transaction.remove(kindOf(resource.type), keyOf(resource));
}

/** Keeps a resource that Terraform may not have yet, as the answer to a request. */
export function claim(
  transaction: Transaction,
  resource: StoredResource,
  unconfirmed: Unconfirmed,
): StoredResource {
  const { type, owner, region, id } = keep(transaction, resource);
  const { request } = unconfirmed;
  const resources = transaction.get(answers, request)?.resources ?? [];
  transaction.put(answers, request, { request, resources: [...resources, { type, owner, region, id }] });
  return transaction.put(kindOf(type), keyOf(resource), { ...resource, unconfirmed });
}

/** What a request made that was not confirmed, oldest first. */
export const claimed = (transaction: Transaction, request: string): readonly StoredResource[] =>
  (transaction.get(answers, request)?.resources ?? []).flatMap((caller) => {
    const resource = kept(transaction, caller.type, caller, caller.id);
    return resource ? [resource] : [];
  });

/** Terraform has the resource. @returns it */
export function confirm(transaction: Transaction, resource: StoredResource): StoredResource {
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
export const requestKey = (type: string, { owner, region }: AccountRegion, request: string): string =>
  identifier([type, owner, region, request].join("|"), 40);

/** The value Terraform gets for a kept resource. */
export const stateOf = (resource: StoredResource, { block }: TerraformType): ObjectValue =>
  fromStateJson(resource.state, typeOf(block)) as ObjectValue;

/** What is kept of a resource Terraform is told about. */
export const keptFrom = (
  { type }: TerraformType,
  caller: AccountRegion,
  state: ObjectValue,
): StoredResource => ({
  type,
  ...caller,
  id: identityOf(type, state),
  state: toStateJson(state),
});

/** Takes a resource from the answers to its request, where it stands there. */
function settle(transaction: Transaction, { type, ...caller }: Omit<StoredResource, "state">): void {
  const request = kept(transaction, type, caller, caller.id)?.unconfirmed?.request;
  if (request === undefined) return;
  const resources = (transaction.get(answers, request)?.resources ?? []).filter(
    (resource) => resource.type !== type || keyOf(resource) !== keyOf(caller),
  );
  if (resources.length > 0) transaction.put(answers, request, { request, resources });
  else transaction.remove(answers, request);
}
