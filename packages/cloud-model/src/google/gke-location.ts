import { REGIONS } from "@cluster-ipam/address-plan";
import { badRequest } from "./refusals";

/** Where a cluster is. */
export interface GkeLocation {
  readonly region: string;
  /** Zones of the nodes. */
  readonly zones: readonly string[];
}

/** Zones of a regional cluster that does not say which. */
const USUAL_ZONES = 3;

/**
 * Reads a region or zone.
 *
 * @param asked zones of the nodes @default three of a region, or the zone itself
 * @throws ServiceError badRequest, for places Google does not have
 */
export function gkeLocation(location: string, asked: readonly string[]): GkeLocation {
  const own = REGIONS.google.get(location);
  const region = own ? location : location.replace(/-[a-z]$/, "");
  const zones = REGIONS.google.get(region) ?? [];
  if (!own && !zones.includes(location)) throw badRequest(`Location "${location}" does not exist.`);
  const foreign = asked.find((zone) => !zones.includes(zone));
  if (foreign !== undefined)
    throw badRequest(`Zone "${foreign}" is not in the region "${region}" of the cluster.`);
  if (!own) return { region, zones: [...new Set([location, ...asked])] };
  return { region, zones: asked.length > 0 ? asked : zones.slice(0, USUAL_ZONES) };
}
