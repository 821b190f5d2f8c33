import { type ResourceType, type Tag, type TagSpecification } from "@aws-sdk/client-ec2";
import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { ServiceError } from "../../service-error";
import { type RequestContext } from "../../request-context";
import { invalidValue } from "./refusals";
import { type Located, locationOf } from "./located";

/** Source: Amazon EC2, tag restrictions. */
const mostTags = 50;

/** The tags of one resource. A resource without tags has no document. */
export interface ResourceTags extends Located {
  readonly ResourceId: string;
  readonly ResourceType: ResourceType;
  /** By key. */
  readonly values: Readonly<Record<string, string>>;
}

const kind = new Kind<ResourceTags>("ec2/tags");

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
 * Gives a resource tags beside those it has. @throws ServiceError `TagLimitExceeded`,
 * `InvalidParameterValue`
 */
export function addTags(context: RequestContext, id: string, type: ResourceType, tags: readonly Tag[]): void {
  if (tags.length === 0) return;
  const values = { ...tagValues(context.transaction, id) };
  for (const { Key = "", Value = "" } of tags) {
    checkTag(Key, Value);
    values[Key] = Value;
  }
  if (Object.keys(values).length > mostTags)
    throw new ServiceError("TagLimitExceeded", "The maximum number of Tags has been reached.");
  context.transaction.put(kind, id, { ...locationOf(context), ResourceId: id, ResourceType: type, values });
}

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

/** The tags that a request gives to what it makes. @throws ServiceError for a specification of another type */
export function tagsFor(
  type: ResourceType,
  specifications: readonly TagSpecification[] = [],
): readonly Tag[] {
  const other = specifications.find(({ ResourceType }) => ResourceType !== type);
  if (other)
    throw invalidValue(`'${other.ResourceType}' is not a valid taggable resource type for this operation.`);
  return specifications.flatMap(({ Tags = [] }) => Tags);
}

function checkTag(key: string, value: string): void {
  if (key === "") throw invalidValue("Tag key cannot be empty");
  if (/^aws:/i.test(key)) throw invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
  if (key.length > 128) throw invalidValue("Tag key exceeds the maximum length of 128 characters");
  if (value.length > 256) throw invalidValue("Tag value exceeds the maximum length of 256 characters");
}
