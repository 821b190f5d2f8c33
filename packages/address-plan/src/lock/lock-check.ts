import { type RequiredBlock, type RequiredSpace } from "../blocks/required-block";
import { AddressPlanError } from "../message/address-plan-error";
import { type AddressLock, LOCK_FILE } from "./address-lock";
import { checkOutgrown, unclaimedEntries } from "./locked-blocks";

const UPDATE = "run npm run addresses and commit the lock";

/**
 * Rejects a lock that does not match the plan.
 *
 * @throws AddressPlanError with the first entry that is missing, unclaimed, outgrown or for another demand
 */
export function checkLockMatches(required: readonly RequiredSpace[], lock: AddressLock): void {
  const locked = new Map(lock.allocations.map((entry) => [entry.key, entry]));
  const check = (block: RequiredBlock): void => {
    const path = `${LOCK_FILE}: ${block.key}`;
    const entry = locked.get(block.key);
    if (entry === undefined)
      throw new AddressPlanError(
        path,
        `the plan requires ${block.demand}, but the lock has no entry; ${UPDATE}`,
      );
    checkOutgrown(block, entry);
    if (entry.asked !== block.demand)
      throw new AddressPlanError(
        path,
        `the plan requires ${JSON.stringify(block.demand)}, but the lock records ${JSON.stringify(entry.asked)}; ${UPDATE}`,
      );
    block.children.forEach(check);
  };
  for (const space of required) space.children.forEach(check);
  const [unclaimed] = unclaimedEntries(required, locked);
  if (unclaimed !== undefined)
    throw new AddressPlanError(`${LOCK_FILE}: ${unclaimed.key}`, `the plan does not require it; ${UPDATE}`);
}
