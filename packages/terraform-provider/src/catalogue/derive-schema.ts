import { overlays } from "../overlay";
import { type Bindings, type ProviderName, readProviderBlock, readType } from "../bindings/bindings";
import { withConventions } from "./conventions";
import { applyOverlay } from "../schema/overlay";
import { type BlockSchema, type ProviderSchema } from "../schema/type-schema";

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
  const configuration: BlockSchema = readProviderBlock(bindings, provider);
  return {
    provider: applyOverlay(`provider ${provider}`, configuration, overlay.provider, false),
    resources: merge("resource", overlay.resources),
    dataSources: merge("data", overlay.dataSources),
  };
}
