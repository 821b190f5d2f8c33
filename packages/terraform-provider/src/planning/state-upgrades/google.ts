import { type StateUpgrade } from "./state-upgrade";

/** Upgrades of hashicorp/google. */
export const googleUpgrades: Readonly<Record<string, StateUpgrade>> = {
  /** Clusters were not protected against deletion. */
  "deletion-protection": (attributes) => ({ ...attributes, deletion_protection: true }),
  /** Ids of node pools were their names. */
  "node-pool-id": (attributes) => ({
    ...attributes,
    id: ["zone", "cluster", "name"].map((name) => textOf(attributes[name])).join("/"),
  }),
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
