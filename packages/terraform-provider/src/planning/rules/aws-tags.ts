import { isObject, isWhollyKnown, type ObjectValue, type Value } from "../../value/value";
import { changes, markUnknown, type PlanRule } from "./plan-rule";

// Resources built on the plugin framework plan an empty tags_all as known; those on the SDK do not.
const onFramework = new Set([
  "aws_eks_pod_identity_association",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
]);

/** `tags_all`: the resource's tags over the provider's default tags. */
export const planTags: PlanRule = (context) => {
  const { type, config, plan, settings } = context;
  const defaults = settings.defaultTags;
  if (!("tags_all" in plan.planned)) return;
  if (!isWhollyKnown(config["tags"] ?? null) || !isWhollyKnown(defaults))
    return markUnknown(context, "tags_all");
  const tags = isObject(config["tags"]) ? config["tags"] : {};
  const all = withoutIgnored({ ...(isObject(defaults) ? defaults : {}), ...tags }, settings.ignoredTags);
  if (onFramework.has(type)) plan.planned["tags_all"] = all;
  else if (hasEmpty(tags) || hasEmpty(all)) markUnknown(context, "tags_all");
  else if (Object.keys(all).length > 0 || changes(context, "tags")) plan.planned["tags_all"] = all;
};

/** The provider cannot know whether an empty value is meant. */
function hasEmpty(tags: { readonly [key: string]: Value }): boolean {
  return Object.values(tags).some((value) => value === "" || value === null);
}

const withoutIgnored = (
  tags: { readonly [key: string]: Value },
  { keys, prefixes }: { readonly keys: readonly string[]; readonly prefixes: readonly string[] },
): ObjectValue =>
  Object.fromEntries(
    Object.entries(tags).filter(
      ([key]) => !keys.includes(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
    ),
  );
