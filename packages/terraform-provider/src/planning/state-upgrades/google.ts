import { type StateUpgrade } from "./state-upgrade";

/** Upgrades of hashicorp/google. Those of states before Terraform 0.12 are none of them. */
export const googleUpgrades: Readonly<Record<string, StateUpgrade>> = {
  /** Clusters were not protected against deletion. */
  "deletion-protection": (attributes) => ({ ...attributes, deletion_protection: true }),
};
