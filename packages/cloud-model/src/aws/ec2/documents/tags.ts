import { type ResourceType, type Tag } from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";
import { type Located } from "./located";

/** The tags of one resource. A resource without tags has no document. */
export interface ResourceTags extends Located {
  readonly ResourceId: string;
  readonly ResourceType: ResourceType;
  /** By key. */
  readonly values: Readonly<Record<string, string>>;
}

/** Tags by resource id. */
export const resourceTags = new Kind<ResourceTags>("ec2/tags");

/** Every resource that has tags, of all accounts and Regions. */
export const taggedResources = (transaction: Transaction): Iterable<ResourceTags> =>
  transaction.all(resourceTags);

/** The tags of a resource, by key. */
export const tagValues = (transaction: Transaction, id: string): Readonly<Record<string, string>> =>
  transaction.get(resourceTags, id)?.values ?? {};

/** The tags of a resource in the SDK's shape, sorted by key. */
export const tagsOf = (transaction: Transaction, id: string): Tag[] =>
  Object.entries(tagValues(transaction, id))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));

/**
 * Removes tags from a resource.
 *
 * @param tags those with a value are removed only if the resource has that value @default all
 */
export function removeTags({ transaction }: RequestContext, id: string, tags: readonly Tag[] = []): void {
  const wanted = tags.map(({ Key, Value }) => ({ Key, Value }));
  const isRemoved = (key: string, value: string): boolean =>
    wanted.length === 0 || wanted.some((tag) => tag.Key === key && (tag.Value ?? value) === value);
  const document = transaction.get(resourceTags, id);
  if (!document) return;
  const remaining = Object.entries(document.values).filter(([key, value]) => !isRemoved(key, value));
  if (remaining.length === 0) transaction.remove(resourceTags, id);
  else transaction.put(resourceTags, id, { ...document, values: Object.fromEntries(remaining) });
}
