import { CREATED_TAG, readTime } from "./tags";
import { type ObservedSubnet } from "./observation";

const MINUTE = 60_000;
/** Clocks of two runs may differ by this; a time further in the future was not written by a sane clock. */
const SKEW = 5 * MINUTE;

/**
 * Minutes since a time; 0 for one slightly in the future; undefined for one that is missing or far in the future,
 * from which no waiting can be reckoned.
 */
export function minutesSince(time: number | undefined, now: number): number | undefined {
  if (time === undefined || time > now + SKEW) return undefined;
  return Math.max(0, now - time) / MINUTE;
}

/** Minutes since the autoscaler made a subnet; undefined when its tag does not say. */
export function ageOf(subnet: ObservedSubnet, now: number): number | undefined {
  return minutesSince(readTime(subnet.tags[CREATED_TAG]), now);
}
