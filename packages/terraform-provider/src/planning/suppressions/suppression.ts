import { type ObjectValue } from "../../value/value";
import { type Settings } from "../../configuration/settings";

/** What a rule may look at besides the two values. */
export interface SuppressionContext {
  /** Key of the value, with indices: `network_config.0.subnetwork`, `tags.#`. */
  readonly key: string;
  /** Null on create. */
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
  readonly settings: Settings;
}

/**
 * Whether a difference is none to the provider (`DiffSuppressFunc`). Values are texts: an absent one is empty, a number of
 * elements has a key that ends with `.#` or `.%`.
 */
export type Suppression = (prior: string, planned: string, context: SuppressionContext) => boolean;
