import { REGIONS } from "@cluster-ipam/address-plan/cloud";
import { badRequest } from "./refusals";

/** The location of a cluster. */
export interface GkeLocation {
  readonly region: string;
  /** Zones of the nodes. */
  readonly zones: readonly string[];
}

/** How many zones a regional cluster has by default. */
const DEFAULT_ZONES = 3;

/**
 * Resolves a region or zone.
 *
 * @param nodeZones zones of the nodes; none are three of a region, or the zone itself
 * @throws ServiceError badRequest, for a location that Google does not have
 */
export function gkeLocation(location: string, nodeZones: readonly string[]): GkeLocation {
  const own = REGIONS.google.get(location);
  const region = own ? location : location.replace(/-[a-z]$/, "");
  const zones = REGIONS.google.get(region) ?? [];
  if (!own && !zones.includes(location)) throw badRequest(`Location "${location}" does not exist.`);
  const foreign = nodeZones.find((zone) => !zones.includes(zone));
  if (foreign !== undefined)
    throw badRequest(`Zone "${foreign}" is not in the region "${region}" of the cluster.`);
  if (!own) return { region, zones: [...new Set([location, ...nodeZones])] };
  return { region, zones: nodeZones.length > 0 ? nodeZones : zones.slice(0, DEFAULT_ZONES) };
}
