import { SUBNET_RESERVED_ADDRESSES } from "@cluster-ipam/address-plan/cloud";

import { type ScalingPolicy } from "../config/config";
import { EMPTY_TAG, parseTime } from "../network/tags";
import { type Observation, type ObservedSubnet } from "../observe/observation";
import { type Change } from "./decision";
import { minutesSince, subnetAge } from "./elapsed";
import { usablePrefixesIn, type ZoneView } from "./zone-view";

/** A subnet is quarantined only if the zone then still has this many times its target, so that it is not missed at once. */
const RESERVE_FACTOR = 1.25;

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
    .filter((subnet) => emptyFor(subnet) >= emptyMinutes)
    .sort((a, b) => (subnetAge(a, now) ?? 0) - (subnetAge(b, now) ?? 0) || (a.id < b.id ? -1 : 1));
  const on = (subnet: ObservedSubnet) => ({
    zone: zone.zone,
    subnetId: subnet.id,
    cidr: subnet.cidr,
    cause: "idle" as const,
  });
  if (grows) return marks;
  return [
    ...marks,
    ...deletions.map((subnet) => ({
      ...on(subnet),
      action: "delete" as const,
      reason: `${subnet.cidr} was closed and empty for ${quarantineMinutes} minutes`,
    })),
    ...unneeded(idle, zone, cni.prefixDelegation).map((subnet) => ({
      ...on(subnet),
      action: "deactivate" as const,
      reason: `${subnet.cidr} was empty for ${Math.floor(emptyFor(subnet))} minutes and ${zone.zone} has ${zone.freePrefixes} free /28 prefixes`,
    })),
  ];
}

/** The empty subnets that a zone can do without, in their order: each that leaves it its reserve. */
function unneeded(
  idle: readonly ObservedSubnet[],
  zone: ZoneView,
  prefixDelegation: boolean,
): readonly ObservedSubnet[] {
  let free = zone.freePrefixes;
  return idle.filter((subnet) => {
    const left = free - usablePrefixesIn(subnet, prefixDelegation);
    if (left < RESERVE_FACTOR * zone.targetPrefixes) return false;
    free = left;
    return true;
  });
}

/** Whether no interface is listed and EC2 counts every address as free. Both must hold, as either may be stale. */
export function isEmpty({
  interfaces,
  availableAddresses,
  reservedAddresses,
  cidr,
}: ObservedSubnet): boolean {
  return (
    interfaces === 0 &&
    availableAddresses + reservedAddresses >=
      2 ** (32 - Number(cidr.split("/")[1])) - SUBNET_RESERVED_ADDRESSES
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
