import { type AutoscalerConfig } from "../config/config";
import { type Observation } from "../observe/observation";
import { cniBlockers, zoneAdvice } from "./advice";
import { Budget } from "./budget";
import { secondAutoscaler } from "./conflict";
import { type Change, type Decision } from "./decision";
import { decideDraining } from "./draining";
import { minutesSince } from "./elapsed";
import { decideExpansion } from "./expansion";
import { decideGrowthCidrs } from "./growth-cidrs";
import { GrowthSpace } from "./growth-space";
import { decideReclaim } from "./reclaim";
import { decideSharedPool } from "./shared-pool";
import { type ZoneView, zoneView } from "./zone-view";

/**
 * Decides what a run does. Pure: the same observation and configuration give the same decisions in the same order,
 * and no two decisions overlap.
 */
export function decide(observation: Observation, config: AutoscalerConfig): Decision[] {
  const second = secondAutoscaler(observation, config);
  if (second !== undefined) return [second];
  const space = new GrowthSpace(config, observation);
  const blockers = cniBlockers(observation.cni);
  const zones = [...observation.zones]
    .sort((a, b) => (a.zone < b.zone ? -1 : 1))
    .map((zone) => zoneView(observation, zone, config));
  const unfinished = zones.flatMap((zone) => finishChanges(zone, observation));
  const { decisions: growth, unmetAddresses } =
    blockers.length > 0
      ? { decisions: [], unmetAddresses: 0 }
      : decideExpansion(zones, {
          observation,
          config,
          space,
          budget: new Budget(observation, config),
          decided: unfinished,
        });
  const growing = new Set(
    [...unfinished, ...growth].flatMap((decision) =>
      decision.action === "activate" || decision.action === "create" ? [decision.zone] : [],
    ),
  );
  const decided: Decision[] = [
    ...blockers,
    ...unfinished,
    ...growth,
    ...zones.flatMap((zone) => [
      ...decideReclaim(zone, { observation, policy: config.policy, grows: growing.has(zone.zone) }),
      ...decideDraining(zone, observation, config.policy),
      ...(zone.draining ? [] : zoneAdvice(zone, observation, config)),
    ]),
  ];
  return [
    ...decided,
    ...decideGrowthCidrs(observation, config, space, decided),
    ...decideSharedPool({ observation, config, zones, space, decided, unmetAddresses }),
  ];
}

/** Finishes what an earlier run left unfinished or someone else undid, before anything new starts. */
function finishChanges(zone: ZoneView, { now, cni }: Observation): Change[] {
  const { growthSubnets, referenceSubnetId } = zone;
  if (referenceSubnetId === undefined) return [];
  return growthSubnets.flatMap((subnet): Change[] => {
    const on = { zone: zone.zone, subnetId: subnet.id, cidr: subnet.cidr, cause: "unfinished" as const };
    if (subnet.recorded.state === "quarantined") {
      if (subnet.interfaces > 0 && subnet.state === "available")
        return [
          {
            ...on,
            action: "activate",
            cause: "used-again",
            reason: `${subnet.cidr} is closed, but has ${subnet.interfaces} interfaces`,
          },
        ];
      if (subnet.discoverable)
        return [
          { ...on, action: "close", reason: `${subnet.cidr} is quarantined but the CNI still discovers it` },
        ];
      if (minutesSince(subnet.recorded.since, now) === undefined)
        return [
          { ...on, action: "deactivate", reason: `${subnet.cidr} is quarantined since a time in the future` },
        ];
      return [];
    }
    if (!subnet.discoverable)
      return [{ ...on, action: "activate", reason: `${subnet.cidr} exists but is not open to pods yet` }];
    if (!subnet.wired)
      return [{ ...on, action: "rewire", reason: `${subnet.cidr} is not wired like ${referenceSubnetId}` }];
    if (subnet.recorded.state === "created")
      return [{ ...on, action: "activate", reason: `${subnet.cidr} has no valid state tag` }];
    return cni.prefixDelegation && subnet.missingReservations.length > 0
      ? [
          {
            ...on,
            action: "reserve",
            reason: `${subnet.missingReservations.join(", ")} are not reserved for prefixes`,
          },
        ]
      : [];
  });
}
