import { DEFAULT_POLICY, type ScalingPolicy } from "../config/config";
import { EMPTY_TAG, parseTime } from "../network/tags";
import { type Observation, type ObservedSubnet } from "../observe/observation";
import { type Change } from "./decision";
import { minutesSince } from "./elapsed";
import { isEmpty, markEmpty } from "./reclaim";
import { type ZoneView } from "./zone-view";

/**
 * Empties growth subnets that the address plan drains or that are merged into larger CIDRs: closes them to new pods although they are in use, and deletes each
 * when its last pod has left. Their prefixes do not count, so the zone gets others first.
 */
export function decideDraining(zone: ZoneView, { now }: Observation, policy: ScalingPolicy): Change[] {
  const { quarantineMinutes } = policy.reclaim ?? DEFAULT_POLICY.reclaim!;
  return zone.drainingSubnets.flatMap((subnet) => drainStep(subnet, zone, now, quarantineMinutes));
}

function drainStep(subnet: ObservedSubnet, view: ZoneView, now: number, quarantineMinutes: number): Change[] {
  const { id, cidr, recorded } = subnet;
  const { zone } = view;
  const isMerging = view.mergingSubnets.includes(subnet);
  const on = { zone, subnetId: id, cidr, cause: isMerging ? ("merging" as const) : ("draining" as const) };
  const reason = isMerging
    ? `the VPC nears its quota of CIDRs, so that of ${cidr} is merged into larger ones`
    : `the address plan drains ${cidr}`;
  if (subnet.discoverable) return [{ ...on, action: "close", reason }];
  const marks = markEmpty(subnet, zone, now);
  if (marks.length > 0 || !isEmpty(subnet)) return marks;
  if (recorded.state !== "quarantined" || minutesSince(recorded.since, now) === undefined)
    return [{ ...on, action: "deactivate", reason }];
  const empty = minutesSince(parseTime(subnet.tags[EMPTY_TAG]), now) ?? 0;
  const closed = minutesSince(recorded.since, now) ?? 0;
  return Math.min(empty, closed) < quarantineMinutes
    ? []
    : [
        {
          ...on,
          action: "delete",
          reason: `${reason}, and it was closed and empty for ${quarantineMinutes} minutes`,
        },
      ];
}
