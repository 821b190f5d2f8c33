import { isList, isObject, isWhollyKnown, type Value } from "../../value/value";
import { given, type PlanRule, refuse } from "./plan-rule";

/** A table's keys and attributes must be the same set, and capacity belongs to provisioned tables. */
export const planTable: PlanRule = ({ config, plan, prior }) => {
  if (plan.planned["billing_mode"] === "PAY_PER_REQUEST" && !prior)
    for (const name of ["read_capacity", "write_capacity"])
      if (given(config[name]) && config[name] !== 0)
        refuse(`${name} can not be set when billing_mode is "PAY_PER_REQUEST"`, [name]);
  if (config["stream_enabled"] === true && !given(config["stream_view_type"]))
    refuse("stream_view_type is required when stream_enabled = true", ["stream_enabled"]);
  for (const ttl of blocks(config["ttl"]))
    if (ttl["enabled"] === true && !given(ttl["attribute_name"]))
      refuse('Attribute "ttl[0].attribute_name" must be specified when "ttl[0].enabled" is "true".', ["ttl"]);

  const places = [
    config,
    ...blocks(config["global_secondary_index"]),
    ...blocks(config["local_secondary_index"]),
  ];
  if (!places.every((place) => isWhollyKnown(place)) || (config["restore_source_name"] ?? null) !== null)
    return;
  const indexed = new Set(
    places.flatMap((place) => [place["hash_key"], place["range_key"], ...keySchema(place)]).filter(given),
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

const keySchema = (place: { readonly [key: string]: Value }) =>
  blocks(place["key_schema"]).map((key) => key["attribute_name"]);
