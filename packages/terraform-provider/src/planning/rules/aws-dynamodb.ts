import { isList, isObject, isWhollyKnown, unknown, type Value } from "../../value/value";
import { changes, isSet, markUnknown, type PlanRule, refuse } from "./plan-rule";

/** Keys and attributes of a table must match, and only provisioned tables take a capacity. */
export const planTable: PlanRule = (context) => {
  const { config, plan, prior } = context;
  if (plan.planned["billing_mode"] === "PAY_PER_REQUEST" && !prior)
    for (const name of ["read_capacity", "write_capacity"])
      if (isSet(config[name]) && config[name] !== 0)
        refuse(`${name} can not be set when billing_mode is "PAY_PER_REQUEST"`, [name]);
  if (plan.planned["billing_mode"] === "PROVISIONED" && !prior)
    for (const name of ["read_capacity", "write_capacity"])
      if (config[name] !== unknown && !(Number(config[name] ?? 0) >= 1))
        refuse(`${name} must be at least 1 when billing_mode is "PROVISIONED"`, [name]);
  if (prior && isSet(prior["id"])) {
    if (changes(context, "stream_enabled") || changes(context, "stream_view_type"))
      markUnknown(context, "stream_arn");
    return;
  }
  if (config["stream_enabled"] === true && !isSet(config["stream_view_type"]))
    refuse("stream_view_type is required when stream_enabled = true", ["stream_enabled"]);
  for (const ttl of blocks(config["ttl"]))
    if (ttl["enabled"] === true && !isSet(ttl["attribute_name"]))
      refuse('Attribute "ttl[0].attribute_name" must be specified when "ttl[0].enabled" is "true".', ["ttl"]);

  const keyed = [
    config,
    ...blocks(config["global_secondary_index"]),
    ...blocks(config["local_secondary_index"]),
  ];
  if (!keyed.every((item) => isWhollyKnown(item)) || (config["restore_source_name"] ?? null) !== null) return;
  const indexed = new Set(
    keyed.flatMap((item) => [item["hash_key"], item["range_key"], ...keySchema(item)]).filter(isSet),
  );
  const attributes = new Set(blocks(config["attribute"]).map((attribute) => attribute["name"]));
  const unused = [...attributes].filter((name) => !indexed.has(name));
  const unmatched = [...indexed].filter((name) => !attributes.has(name));
  if (unused.length > 0)
    refuse(`all attributes must be indexed. Unused attributes: ${JSON.stringify(unused)}`, ["attribute"]);
  if (unmatched.length > 0)
    refuse(`all indexes must match a defined attribute. Unmatched indexes: ${JSON.stringify(unmatched)}`, [
      "attribute",
    ]);
};

const blocks = (value: Value | undefined) => (isList(value) ? value.filter(isObject) : []);

const keySchema = (item: { readonly [key: string]: Value }) =>
  blocks(item["key_schema"]).map((key) => key["attribute_name"]);
