import { type ResourceType, type Tag, type TagSpecification } from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { locationOf } from "../documents/located";
import { invalidValue } from "../documents/refusals";
import { resourceTags, tagValues } from "../documents/tags";

/** Source: Amazon EC2, tag restrictions. */
const maxTags = 50;

/**
 * Adds tags to a resource, or changes their values.
 *
 * @throws ServiceError `TagLimitExceeded`, `InvalidParameterValue`
 */
export function addTags(context: RequestContext, id: string, type: ResourceType, tags: readonly Tag[]): void {
  if (tags.length === 0) return;
  const values = { ...tagValues(context.transaction, id) };
  for (const { Key = "", Value = "" } of tags) {
    checkTag(Key, Value);
    values[Key] = Value;
  }
  if (Object.keys(values).length > maxTags)
    throw new ServiceError("TagLimitExceeded", "The maximum number of Tags has been reached.");
  context.transaction.put(resourceTags, id, {
    ...locationOf(context),
    ResourceId: id,
    ResourceType: type,
    values,
  });
}

/** The tags that a request specifies for a new resource. @throws ServiceError for a specification of another type */
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
