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

export const kind = new Kind<ResourceTags>("ec2/tags");

/** Every resource that has tags, of all accounts and Regions. */
export const taggedResources = (transaction: Transaction): Iterable<ResourceTags> => transaction.all(kind);

/** The tags of a resource, by key. */
export const tagValues = (transaction: Transaction, id: string): Readonly<Record<string, string>> =>
  transaction.get(kind, id)?.values ?? {};

/** The tags of a resource as the SDK shows them, ordered by key. */
export const tagsOf = (transaction: Transaction, id: string): Tag[] =>
  Object.entries(tagValues(transaction, id))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));

/**
 * Takes tags from a resource.
 *
 * @param tags with a value, only where the resource has that value; none means all
 */
export function removeTags({ transaction }: RequestContext, id: string, tags: readonly Tag[] = []): void {
  const document = transaction.get(kind, id);
  if (!document) return;
  const goes = (key: string, value: string): boolean =>
    tags.length === 0 || tags.some((tag) => tag.Key === key && (tag.Value ?? value) === value);
  const kept = Object.entries(document.values).filter(([key, value]) => !goes(key, value));
  if (kept.length === 0) transaction.remove(kind, id);
  else transaction.put(kind, id, { ...document, values: Object.fromEntries(kept) });
}
