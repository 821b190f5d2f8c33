import { type ProviderName } from "../schema/bindings";
import { type ProviderOverlay } from "../schema/overlay";

/** The facts about each provider. */
export const overlays: Readonly<Record<ProviderName, ProviderOverlay>> = {
  aws: { resources: { aws_vpc: {} }, dataSources: {}, provider: {} },
  google: { resources: {}, dataSources: {}, provider: {} },
  kubernetes: { resources: {}, dataSources: {}, provider: {} },
};
