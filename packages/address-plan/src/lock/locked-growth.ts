import { type LockedGrowth, type LockedGrowthBlock } from "../blocks/growth-blocks";
import { type AddressLock } from "./address-lock";

/** `…/growth` for the first block, `…/growth-2` and so on for later ones. */
const GROWTH_KEY = /^(.*\/growth)(?:-([2-9]|[1-9]\d+))?$/;

/**
 * The growth blocks in a lock.
 *
 * @param released keys of allocations to release, which do not count @default none
 */
export function lockedGrowth(lock: AddressLock, released: readonly string[] = []): LockedGrowth {
  const found = new Map<string, LockedGrowthBlock[]>();
  for (const { key, cidr } of lock.allocations) {
    if (!key.includes("/growth")) continue;
    const [, first, number = 1] = GROWTH_KEY.exec(key) ?? [];
    if (first === undefined || released.includes(key)) continue;
    const block = { number: Number(number), length: Number(cidr.slice(cidr.indexOf("/") + 1)) };
    found.set(first, [...(found.get(first) ?? []), block]);
  }
  return found;
}
