import { type Cause } from "./decision";
import { type ZoneView } from "./zone-view";

/** Why a zone needs prefixes. */
export interface Shortage {
  readonly cause: Cause;
  /** The reason with its figures. */
  readonly reason: string;
}

/** Share of free addresses that no prefix can use, above which a zone is fragmented rather than full. */
const FRAGMENTED = 0.5;

/** Why a zone needs prefixes; undefined when it has enough. @param floor prefixes that should always be free */
export function zoneShortage(zone: ZoneView, floor: number): Shortage | undefined {
  if (zone.freePrefixes >= zone.targetPrefixes) return undefined;
  const free = `${zone.zone} has ${zone.freePrefixes} free /28 prefixes`;
  if (zone.lackingPrefixes > zone.freePrefixes)
    return { cause: "full", reason: `${free}, and its nodes lack ${zone.lackingPrefixes}` };
  if (zone.freePrefixes >= floor)
    return {
      cause: "running-out",
      reason: Number.isFinite(zone.minutesToExhaustion)
        ? `${free}, which run out in ${Math.floor(zone.minutesToExhaustion)} minutes`
        : `${free}, fewer than it is expected to use (target ${zone.targetPrefixes})`,
    };
  // Enough addresses are free, but not in aligned blocks.
  const enough = zone.availableAddresses >= zone.targetPrefixes * 16;
  if (enough && zone.fragmentation > FRAGMENTED)
    return {
      cause: "fragmented",
      reason: `${free} (target ${zone.targetPrefixes}), although ${zone.availableAddresses} addresses are free in fragments`,
    };
  return { cause: "full", reason: `${free} (target ${zone.targetPrefixes})` };
}
