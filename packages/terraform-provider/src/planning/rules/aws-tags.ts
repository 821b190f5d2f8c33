import { isObject, isWhollyKnown, type ObjectValue, unknown, type Value } from "../../value/value";
import { changes, markUnknown, type PlanRule } from "./plan-rule";

// Resources built on the plugin framework plan an empty tags_all as known; those on the SDK do not.
const onFramework = new Set([
  "aws_eks_pod_identity_association",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
]);

/** `tags_all`: the resource's tags over the provider's default tags. */
export const planTags: PlanRule = (context) => {
  const { type, prior, config, plan, settings } = context;
  const defaults = settings.defaultTags;
  if (!("tags_all" in plan.planned)) return;
  if (!isWhollyKnown(config["tags"] ?? null) || !isWhollyKnown(defaults))
    return markUnknown(context, "tags_all");
  const tags = isObject(config["tags"]) ? config["tags"] : {};
  // The SDK cannot tell an empty map from null.
  if (Object.keys(tags).length === 0 && !onFramework.has(type)) plan.planned["tags"] = null;
  const all = withoutIgnored({ ...(isObject(defaults) ? defaults : {}), ...tags }, settings.ignoredTags);
  if (Object.keys(all).length > 0 || onFramework.has(type)) plan.planned["tags_all"] = all;
  else if (prior === null || changes(context, "tags")) plan.planned["tags_all"] = unknown;
};

const withoutIgnored = (
  tags: { readonly [key: string]: Value },
  { keys, prefixes }: { readonly keys: readonly string[]; readonly prefixes: readonly string[] },
): ObjectValue =>
  Object.fromEntries(
    Object.entries(tags).filter(
      ([key]) => !keys.includes(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
    ),
  );
