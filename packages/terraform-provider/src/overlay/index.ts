import { type ProviderName } from "../bindings/bindings";
import { type ProviderOverlay } from "../schema/overlay";
import { aws } from "./aws";
import { google } from "./google";
import { kubernetes } from "./kubernetes";

/** The facts about each provider. */
export const overlays: Readonly<Record<ProviderName, ProviderOverlay>> = { aws, google, kubernetes };
