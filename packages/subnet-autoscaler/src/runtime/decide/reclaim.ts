import { type Policy } from "./config";
import { type Change } from "./decision";
import { ageOf, minutesSince } from "./elapsed";
import { RESERVED_ADDRESSES } from "./free-prefixes";
import { type Observation, type ObservedSubnet } from "./observation";
import { EMPTY_TAG, readTime } from "./tags";
import { usablePrefixesOf, type ZoneView } from "./zone-view";

/** A subnet is only given back when the zone keeps this many times what makes it grow. */
const SPARE = 2;

export interface ReclaimContext {
  readonly observation: Observation;
  readonly policy: Policy;
  /** The zone gets a subnet in this run. */
  readonly grows: boolean;
}

/** What a zone gives back, one step at a time: note, keep pods out, wait, delete. */
export function decideReclaim(zone: ZoneView, { observation, policy, grows }: ReclaimContext): Change[] {
  if (policy.reclaim === undefined) return [];
  const { emptyMinutes, quarantineMinutes } = policy.reclaim;
  const { now, cni } = observation;
  const own = zone.ownSubnets.filter(({ recorded }) => recorded.state !== "dark");
  const marks = own.flatMap((subnet) => mark(subnet, zone.zone, now));
  const emptyFor = (subnet: ObservedSubnet): number =>
    isEmpty(subnet) ? (minutesSince(readTime(subnet.tags[EMPTY_TAG]), now) ?? 0) : 0;

  const deletions = own
    .filter(({ recorded, discoverable }) => recorded.state === "quarantined" && !discoverable)
    .filter(
      (subnet) =>
        emptyFor(subnet) >= quarantineMinutes &&
        (minutesSince(subnet.recorded.since, now) ?? 0) >= quarantineMinutes,
    );
  const spare = own
    .filter(({ recorded, discoverable, wired }) => recorded.state === "active" && discoverable && wired)
    .filter(
      (subnet) =>
        emptyFor(subnet) >= emptyMinutes &&
        zone.freePrefixes - usablePrefixesOf(subnet, cni.prefixDelegation) >= SPARE * zone.wantedPrefixes,
    )
    .sort((a, b) => (ageOf(a, now) ?? 0) - (ageOf(b, now) ?? 0) || (a.id < b.id ? -1 : 1))[0];
  const on = (subnet: ObservedSubnet) => ({ zone: zone.zone, subnetId: subnet.id, cidr: subnet.cidr });
  return [
    ...marks,
    ...(grows ? [] : deletions).map((subnet) => ({
      ...on(subnet),
      action: "delete" as const,
      cause: "idle" as const,
      reason: `${subnet.cidr} was closed and empty for ${quarantineMinutes} minutes`,
    })),
    ...(spare === undefined || grows
      ? []
      : [
          {
            ...on(spare),
            action: "deactivate" as const,
            cause: "idle" as const,
            reason: `${spare.cidr} was empty for ${Math.floor(emptyFor(spare))} minutes and ${zone.zone} has ${zone.freePrefixes} free /28 prefixes`,
          },
        ]),
  ];
}

/** No interface is listed, and EC2 counts every address as free: one of the two may be stale. */
function isEmpty({ interfaces, availableAddresses, cidr }: ObservedSubnet): boolean {
  return (
    interfaces === 0 && availableAddresses >= 2 ** (32 - Number(cidr.split("/")[1])) - RESERVED_ADDRESSES
  );
}

function mark(subnet: ObservedSubnet, zone: string, now: number): Change[] {
  const value = subnet.tags[EMPTY_TAG];
  const on = { zone, subnetId: subnet.id, cidr: subnet.cidr, cause: "idle" as const };
  if (isEmpty(subnet) && minutesSince(readTime(value), now) === undefined)
    return [{ ...on, action: "mark-empty", reason: `${subnet.cidr} has no interface` }];
  if (!isEmpty(subnet) && readTime(value) !== undefined)
    return [
      { ...on, action: "mark-used", reason: `${subnet.cidr} has ${subnet.interfaces} interfaces again` },
    ];
  return [];
}
