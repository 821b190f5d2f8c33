import { overlays } from "../overlay";
import { type Bindings, type ProviderName, readProviderBlock, readType } from "../bindings/bindings";
import { withConventions } from "./conventions";
import { applyOverlay, type TypeOverlay } from "../schema/overlay";
import {
  type AttributeSchema,
  type BlockSchema,
  type ProviderSchema,
  type ResourceSchema,
  typeOf,
} from "../schema/type-schema";

/** Reads the types of a provider's overlay from its bindings and merges the two. */
export function deriveSchema(provider: ProviderName, bindings: Bindings): ProviderSchema {
  const overlay = overlays[provider];
  const merge = (kind: "resource" | "data", types: (typeof overlay)["resources"]) =>
    Object.fromEntries(
      Object.entries(types).map(([type, facts]) => {
        const block = readType(bindings, provider, kind, type);
        if (!block) throw new Error(`${type} is missing from the ${provider} bindings ${bindings.version}`);
        return [type, applyOverlay(type, withConventions(provider, block), facts, overlay.wholeNumbers)];
      }),
    );
  const resources = merge("resource", overlay.resources);
  const dataSources = merge("data", overlay.dataSources);
  for (const [type, { mirrors }] of Object.entries(overlay.dataSources))
    if (mirrors)
      dataSources[type] = { ...dataSources[type]!, block: mirrored(resources[type]!.block, mirrors) };
  const configuration: BlockSchema = readProviderBlock(bindings, provider);
  return {
    provider: withEndpointForms(applyOverlay(`provider ${provider}`, configuration, overlay.provider, false)),
    resources,
    dataSources,
  };
}

/** Google checks the endpoints of all services in one way. */
function withEndpointForms(schema: ResourceSchema): ResourceSchema {
  const endpoints = Object.keys(schema.block.attributes).filter((name) => name.endsWith("_custom_endpoint"));
  if (endpoints.length === 0) return schema;
  const forms = Object.fromEntries(endpoints.map((name) => [name, "service-endpoint"]));
  return { ...schema, checks: { ...schema.checks, forms: { ...schema.checks.forms, ...forms } } };
}

/** The members of a resource as a data source has them: blocks are computed lists of objects. */
function mirrored(
  { attributes, blocks }: BlockSchema,
  { required, optional }: NonNullable<TypeOverlay["mirrors"]>,
): BlockSchema {
  const members: Record<string, AttributeSchema> = {};
  for (const [name, { type, sensitive = false }] of Object.entries(attributes))
    members[name] = { type, ...argument(name), ...(sensitive && { sensitive }) };
  for (const [name, nested] of Object.entries(blocks))
    if (nested.nesting !== "single")
      members[name] = { type: [nested.nesting, typeOf(nested.block)], computed: true };
  return { attributes: members, blocks: {} };

  function argument(name: string): Pick<AttributeSchema, "required" | "optional" | "computed"> {
    if (required.includes(name)) return { required: true };
    if (optional.includes(name)) return { optional: true };
    return name === "id" ? { optional: true, computed: true } : { computed: true };
  }
}
