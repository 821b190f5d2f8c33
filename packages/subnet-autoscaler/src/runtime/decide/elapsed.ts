import { CREATED_TAG, parseTime } from "../network/tags";
import { type ObservedSubnet } from "../observe/observation";

const MINUTE = 60_000;
/** Maximum clock skew between two runs; a time further in the future is treated as invalid. */
const MAX_SKEW = 5 * MINUTE;

/**
 * Minutes since a time: 0 for a time slightly in the future, undefined for one that is missing or far in the future.
 *
 * @param time epoch milliseconds
 * @param now epoch milliseconds
 */
export function minutesSince(time: number | undefined, now: number): number | undefined {
  if (time === undefined || time > now + MAX_SKEW) return undefined;
  return Math.max(0, now - time) / MINUTE;
}

/** Minutes since a growth subnet was created; undefined when its tag has no valid time. */
export function subnetAge(subnet: ObservedSubnet, now: number): number | undefined {
  return minutesSince(parseTime(subnet.tags[CREATED_TAG]), now);
}
