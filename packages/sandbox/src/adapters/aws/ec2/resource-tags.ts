import { type ResourceType, type Tag, type TagSpecification } from "@aws-sdk/client-ec2";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { createTags, deleteTags, tagValues } from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceContext } from "../../resource-model";
import { mapAt } from "../../arguments";

/** The tags Terraform gives a resource: its own over the provider's default tags. */
const wanted = (values: ObjectValue): Readonly<Record<string, string>> => ({
  ...mapAt(values, "tags"),
  ...mapAt(values, "tags_all"),
});

/** Terraform's tags for a request that makes a resource of a type. */
export function tagSpecifications(type: ResourceType, planned: ObjectValue): TagSpecification[] {
  const Tags = pairs(wanted(planned));
  return Tags.length > 0 ? [{ ResourceType: type, Tags }] : [];
}

/** Changes the tags that Terraform knows of; others stay. */
export function updateTags(
  context: ResourceContext,
  id: string,
  prior: ObjectValue,
  planned: ObjectValue,
): void {
  const [before, after] = [wanted(prior), wanted(planned)];
  const gone = Object.keys(before).filter((key) => !(key in after));
  const changed = Object.entries(after).filter(([key, value]) => before[key] !== value);
  if (gone.length > 0) deleteTags(context, { Resources: [id], Tags: gone.map((Key) => ({ Key })) });
  if (changed.length > 0) createTags(context, { Resources: [id], Tags: pairs(Object.fromEntries(changed)) });
}

/**
 * The tags of a resource as the provider reads them: `tags` without those that only repeat the default
 * tags. Nothing is returned while the tags are those of the state.
 */
export function tagMembers(
  { transaction, terraformType }: ResourceContext,
  id: string,
  state: ObjectValue,
): ObjectValue {
  const { keys, prefixes } = terraformType.settings.ignoredTags;
  const seen = Object.entries(tagValues(transaction, id)).filter(
    ([key]) => !keys.includes(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  const known = mapAt(state, "tags_all");
  if (seen.length === Object.keys(known).length && seen.every(([key, value]) => known[key] === value))
    return {};
  const defaults = mapAt({ tags: terraformType.settings.defaultTags }, "tags");
  const own = seen.filter(([key, value]) => key in mapAt(state, "tags") || defaults[key] !== value);
  return { tags_all: Object.fromEntries(seen), tags: own.length > 0 ? Object.fromEntries(own) : null };
}

const pairs = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
