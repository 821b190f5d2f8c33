import { type AddressLock, LOCK_FILE } from "./address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { checkOutgrown, leftOver } from "../allocation/allocation";
import { type WantedBlock, type WantedSpace } from "../blocks/required-block";

const UPDATE = "run npm run addresses and commit the lock";

/**
 * Refuses a lock that is not the outcome of this plan.
 *
 * @throws AddressPlanError that names the first entry which is missing, left over, outgrown or for another demand
 */
export function checkFresh(wanted: readonly WantedSpace[], lock: AddressLock): void {
  const locked = new Map(lock.allocations.map((entry) => [entry.key, entry]));
  const check = (block: WantedBlock): void => {
    const path = `${LOCK_FILE}: ${block.key}`;
    const entry = locked.get(block.key);
    if (entry === undefined)
      throw new AddressPlanError(
        path,
        `the plan asks for ${block.asked} but the lock has no entry; ${UPDATE}`,
      );
    checkOutgrown(block, entry);
    if (entry.asked !== block.asked)
      throw new AddressPlanError(
        path,
        `the plan asks for ${JSON.stringify(block.asked)} but the lock answers ${JSON.stringify(entry.asked)}; ${UPDATE}`,
      );
    block.children.forEach(check);
  };
  for (const space of wanted) space.children.forEach(check);
  const [left] = leftOver(wanted, locked);
  if (left !== undefined)
    throw new AddressPlanError(`${LOCK_FILE}: ${left.key}`, `the plan does not ask for it; ${UPDATE}`);
}
