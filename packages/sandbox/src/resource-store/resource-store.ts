import {
  fromStateJson,
  type ObjectValue,
  type TerraformType,
  toStateJson,
  typeOf,
} from "@cluster-ipam/terraform-provider";
import { type AccountRegion, identifier, type Json, Kind, type Transaction } from "@cluster-ipam/cloud-model";
import { identityOf } from "./identities";

/** A resource as Terraform last saw it. */
export interface StoredResource extends AccountRegion {
  readonly type: string;
  /** Unique within its type, account and Region: Terraform's id, extended if that is not unique. */
  readonly id: string;
  /** In the format of Terraform's state file. */
  readonly state: Json;
  /** Set until the resource is known to be in Terraform's state. */
  readonly unconfirmed?: Unconfirmed;
}

/** A creation whose response may have been lost, because its caller was killed before it stored the response. */
export interface Unconfirmed {
  /** Name of the session that responded. */
  readonly session: string;
  /** Key of the request; a repeated request has the same key. */
  readonly request: string;
}

/** The unconfirmed resources that a request created, one for each time it was sent. */
interface Answers {
  readonly request: string;
  readonly resources: readonly Omit<StoredResource, "state" | "unconfirmed">[];
}

const kinds = new Map<string, Kind<StoredResource>>();
const answers = new Kind<Answers>("unconfirmed");
const prefix = "terraform/";

/** One kind per type, so that no lookup scans all resources. */
function kindOf(type: string): Kind<StoredResource> {
  let kind = kinds.get(type);
  if (!kind) kinds.set(type, (kind = new Kind(`${prefix}${type}`)));
  return kind;
}

const keyOf = ({ owner, region, id }: AccountRegion & { readonly id: string }): string =>
  [owner, region, id].join("|");

/** The resource, or undefined. @param id as of `identityOf` */
export const findResource = (
  transaction: Transaction,
  type: string,
  caller: AccountRegion,
  id: string,
): StoredResource | undefined => transaction.get(kindOf(type), keyOf({ ...caller, id }));

/** Every resource of a Terraform type, in all accounts and Regions. */
export const listResources = (transaction: Transaction, type: string): readonly StoredResource[] => [
  ...transaction.all(kindOf(type)),
];

/** How many resources of each Terraform type exist. */
export function countResources(transaction: Transaction): Readonly<Record<string, number>> {
  const types = transaction.kinds
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  const counts = types.map((type) => [type, listResources(transaction, type).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Stores a resource that is in Terraform's state, or replaces it. */
export function putResource(transaction: Transaction, resource: StoredResource): StoredResource {
  removeAnswer(transaction, resource);
  return transaction.put(kindOf(resource.type), keyOf(resource), resource);
}

/** Deletes a resource. */
export function deleteResource(transaction: Transaction, resource: Omit<StoredResource, "state">): void {
  removeAnswer(transaction, resource);
  transaction.remove(kindOf(resource.type), keyOf(resource));
}

/** Stores the resource that a request created. Terraform may not have it in its state yet. */
export function claimResource(
  transaction: Transaction,
  resource: StoredResource,
  unconfirmed: Unconfirmed,
): StoredResource {
  const { type, owner, region, id } = putResource(transaction, resource);
  const { request } = unconfirmed;
  const resources = transaction.get(answers, request)?.resources ?? [];
  transaction.put(answers, request, { request, resources: [...resources, { type, owner, region, id }] });
  return transaction.put(kindOf(type), keyOf(resource), { ...resource, unconfirmed });
}

/** The unconfirmed resources that a request created, oldest first. */
export const claimedResources = (transaction: Transaction, request: string): readonly StoredResource[] =>
  (transaction.get(answers, request)?.resources ?? []).flatMap((caller) => {
    const resource = findResource(transaction, caller.type, caller, caller.id);
    return resource ? [resource] : [];
  });

/** Marks a resource as being in Terraform's state. @returns it */
export function confirmResource(transaction: Transaction, resource: StoredResource): StoredResource {
  const { unconfirmed, ...confirmed } = resource;
  return unconfirmed ? putResource(transaction, confirmed) : resource;
}

/** Marks every resource that a session created as being in Terraform's state. */
export function confirmSession(transaction: Transaction, session: string): void {
  for (const { request } of [...transaction.all(answers)])
    for (const resource of claimedResources(transaction, request))
      if (resource.unconfirmed?.session === session) confirmResource(transaction, resource);
}

/** Key of a creation: equal for equal requests in the same account and Region. */
export const requestKey = (type: string, { owner, region }: AccountRegion, request: string): string =>
  identifier([type, owner, region, request].join("|"), 40);

/** The Terraform state of a stored resource. */
export const stateOf = (resource: StoredResource, { block }: TerraformType): ObjectValue =>
  fromStateJson(resource.state, typeOf(block)) as ObjectValue;

/** The stored form of a resource's Terraform state. */
export const toStoredResource = (
  { type }: TerraformType,
  caller: AccountRegion,
  state: ObjectValue,
): StoredResource => ({
  type,
  ...caller,
  id: identityOf(type, state),
  state: toStateJson(state),
});

/** Removes a resource from the unconfirmed responses of its request. */
function removeAnswer(transaction: Transaction, { type, ...caller }: Omit<StoredResource, "state">): void {
  const request = findResource(transaction, type, caller, caller.id)?.unconfirmed?.request;
  if (request === undefined) return;
  const resources = (transaction.get(answers, request)?.resources ?? []).filter(
    (resource) => resource.type !== type || keyOf(resource) !== keyOf(caller),
  );
  if (resources.length > 0) transaction.put(answers, request, { request, resources });
  else transaction.remove(answers, request);
}
