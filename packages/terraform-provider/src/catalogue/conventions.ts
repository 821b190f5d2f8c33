import { type ProviderName } from "../bindings/bindings";
import { type AttributeSchema, type BlockSchema } from "../schema/type-schema";

// Bindings call these optional; the providers compute them when the configuration does not set them.
const everywhere = ["id", "tags_all"];
const placed: Readonly<Record<ProviderName, readonly string[]>> = {
  aws: ["region"],
  google: ["project", "region", "zone", "location"],
  kubernetes: [],
};

/** Marks the members that are computed by convention in every type of a provider. */
export function withConventions(provider: ProviderName, block: BlockSchema): BlockSchema {
  const attributes: Record<string, AttributeSchema> = { ...block.attributes };
  for (const name of [...everywhere, ...placed[provider]])
    if (attributes[name]?.optional) attributes[name] = { ...attributes[name], computed: true };
  return { ...block, attributes };
}
