import { type AddressPlan } from "@cluster-ipam/address-plan";
import { type BlueprintApp } from "@cluster-ipam/blueprint-core";
import { AddressSpaceStack } from "./address-space-stack";
import { type Environment } from "./environment";

/** Settings that the platform team changes in daily work. */
export interface NetworkSettings {
  /** Region in which the IPAM and its pools are managed. */
  readonly homeRegion: string;
  /** Terraform refuses to destroy the IPAM and its pools. */
  readonly deletionProtection: boolean;
}

/** The current settings of the organization. */
export const networkSettings: NetworkSettings = { homeRegion: "eu-central-1", deletionProtection: true };

/** One IPAM for all environments of the organisation: AWS allows one per Region and account. */
export function composeNetwork(
  app: BlueprintApp,
  addresses: AddressPlan,
  environment: Environment,
  settings: NetworkSettings = networkSettings,
): void {
  const deletionProtection = settings.deletionProtection && environment.deletionProtection === "on";
  new AddressSpaceStack(app, "address-space", { addresses, ...environment, ...settings, deletionProtection });
}
