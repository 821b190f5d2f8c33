import { SUBNET_RESERVED_ADDRESSES } from "@cluster-ipam/address-plan/cloud";

import { type ScalingPolicy } from "../config/config";
import { EMPTY_TAG, parseTime } from "../network/tags";
import { type Observation, type ObservedSubnet } from "../observe/observation";
import { type Change } from "./decision";
import { minutesSince, subnetAge } from "./elapsed";
import { usablePrefixesIn, type ZoneView } from "./zone-view";

/** A subnet is quarantined only if the zone then still has this many times its target. */
const RESERVE_FACTOR = 2;

/** Input of {@link decideReclaim} other than the zone. */
export interface ReclaimContext {
  readonly observation: Observation;
  readonly policy: ScalingPolicy;
  /** Whether the zone gets a subnet in this run. */
  readonly grows: boolean;
}

/** Reclaims empty growth subnets step by step: record, quarantine, wait, delete. */
export function decideReclaim(zone: ZoneView, { observation, policy, grows }: ReclaimContext): Change[] {
  if (policy.reclaim === undefined) return [];
  const { emptyMinutes, quarantineMinutes } = policy.reclaim;
  const { now, cni } = observation;
  const activated = zone.growthSubnets.filter(({ recorded }) => recorded.state !== "created");
  const marks = activated.flatMap((subnet) => markEmpty(subnet, zone.zone, now));
  const emptyFor = (subnet: ObservedSubnet): number =>
    isEmpty(subnet) ? (minutesSince(parseTime(subnet.tags[EMPTY_TAG]), now) ?? 0) : 0;

  const deletions = activated
    .filter(({ recorded, discoverable }) => recorded.state === "quarantined" && !discoverable)
    .filter(
      (subnet) =>
        emptyFor(subnet) >= quarantineMinutes &&
        (minutesSince(subnet.recorded.since, now) ?? 0) >= quarantineMinutes,
    );
  const idle = activated
    .filter(({ recorded, discoverable, wired }) => recorded.state === "active" && discoverable && wired)
    .filter(
      (subnet) =>
        emptyFor(subnet) >= emptyMinutes &&
        zone.freePrefixes - usablePrefixesIn(subnet, cni.prefixDelegation) >=
          RESERVE_FACTOR * zone.targetPrefixes,
    )
    .sort((a, b) => (subnetAge(a, now) ?? 0) - (subnetAge(b, now) ?? 0) || (a.id < b.id ? -1 : 1))[0];
  const on = (subnet: ObservedSubnet) => ({ zone: zone.zone, subnetId: subnet.id, cidr: subnet.cidr });
  return [
    ...marks,
    ...(grows ? [] : deletions).map((subnet) => ({
      ...on(subnet),
      action: "delete" as const,
      cause: "idle" as const,
      reason: `${subnet.cidr} was closed and empty for ${quarantineMinutes} minutes`,
    })),
    ...(idle === undefined || grows
      ? []
      : [
          {
            ...on(idle),
            action: "deactivate" as const,
            cause: "idle" as const,
            reason: `${idle.cidr} was empty for ${Math.floor(emptyFor(idle))} minutes and ${zone.zone} has ${zone.freePrefixes} free /28 prefixes`,
          },
        ]),
  ];
}

/** Whether no interface is listed and EC2 counts every address as free. Both must hold, as either may be stale. */
export function isEmpty({ interfaces, availableAddresses, cidr }: ObservedSubnet): boolean {
  return (
    interfaces === 0 &&
    availableAddresses >= 2 ** (32 - Number(cidr.split("/")[1])) - SUBNET_RESERVED_ADDRESSES
  );
}

/** Records whether a subnet is empty, if that has changed. */
export function markEmpty(subnet: ObservedSubnet, zone: string, now: number): Change[] {
  const value = subnet.tags[EMPTY_TAG];
  const on = { zone, subnetId: subnet.id, cidr: subnet.cidr, cause: "idle" as const };
  if (isEmpty(subnet) && minutesSince(parseTime(value), now) === undefined)
    return [{ ...on, action: "mark-empty", reason: `${subnet.cidr} has no interface` }];
  if (!isEmpty(subnet) && parseTime(value) !== undefined)
    return [
      { ...on, action: "mark-used", reason: `${subnet.cidr} has ${subnet.interfaces} interfaces again` },
    ];
  return [];
}
