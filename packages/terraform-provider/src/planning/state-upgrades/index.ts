import { namedByOverlay } from "../../schema/named-by-overlay";
import { type ResourceSchema } from "../../schema/type-schema";
import { googleUpgrades } from "./google";
import { kubernetesUpgrades } from "./kubernetes";
import { type StateAttributes, type StateUpgrade } from "./state-upgrade";

/** All upgrades, by name. */
const upgrades: Readonly<Record<string, StateUpgrade>> = { ...googleUpgrades, ...kubernetesUpgrades };

/** The attributes of a state of an older schema version as the schema has them now. */
export function upgradeState(
  schema: Pick<ResourceSchema, "version" | "upgrades">,
  version: number,
  attributes: StateAttributes,
): StateAttributes {
  let current = attributes;
  for (let from = version; from < schema.version; from++) {
    const name = schema.upgrades?.[String(from)];
    // The SDK stops at a version that it does not upgrade.
    if (name === undefined) break;
    current = namedByOverlay(upgrades, "upgrade", name)(current);
  }
  return current;
}
