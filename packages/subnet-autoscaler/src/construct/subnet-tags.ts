import { ValidationError } from "@cluster-ipam/blueprint-core";
import { awsTags } from "@cluster-ipam/blueprint-core/aws";
import { Token } from "cdktf";
import { type Construct } from "constructs";
import { changeableTagKeys, creationTagKeys } from "./iam-policy";

/** Maximum number of tags of an EC2 resource. Source: EC2 user guide, "Tag restrictions". */
const MAX_TAGS = 50;

/**
 * Checks the tags that growth subnets get in addition to the autoscaler's own.
 *
 * @throws ValidationError for tags that EC2 rejects, that the autoscaler sets itself, or that are unknown at synth
 */
export function subnetTags(
  scope: Construct,
  clusterName: string,
  tags: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = [...creationTagKeys(clusterName), ...changeableTagKeys(clusterName)];
  const keys = Object.keys(tags);
  const taken = keys.find((key) => own.includes(key));
  if (taken !== undefined)
    throw new ValidationError(scope, `subnetTags has ${taken}, which the autoscaler sets itself; remove it`);
  const unknown = Object.entries(tags).find((entry) => entry.some((part) => Token.isUnresolved(part)));
  if (unknown !== undefined)
    throw new ValidationError(
      scope,
      `the tag ${unknown[0]} of growth subnets is known only after apply, but the role's policy names its key; use a literal`,
    );
  if (keys.length + own.length > MAX_TAGS)
    throw new ValidationError(
      scope,
      `growth subnets would have ${keys.length + own.length} tags, ${own.length} of them the autoscaler's, but EC2 allows ${MAX_TAGS}; remove ${keys.length + own.length - MAX_TAGS}`,
    );
  return awsTags(scope, tags);
}
