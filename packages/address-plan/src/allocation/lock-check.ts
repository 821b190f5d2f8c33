import { LOCK_FILE } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { type LockChange } from "./leaving/lock-change";

const UPDATE = "run npm run addresses and commit the lock";

/** What is wrong with the entry of a block, by the change that would mend it. */
const PROBLEMS: Readonly<Record<LockChange["kind"], (change: LockChange) => string>> = {
  added: ({ demand }) => `the plan requires ${demand}, but the lock has no entry`,
  widened: ({ demand }) => `the plan requires ${demand}, but the lock has a smaller block`,
  "demand-changed": ({ demand, recorded }) =>
    `the plan requires ${JSON.stringify(demand)}, but the lock records ${JSON.stringify(recorded)}`,
  draining: () => "the plan no longer requires it",
  retired: () => "the plan no longer requires it",
  restored: () => "the plan requires it again, but the lock records that it leaves",
  freed: () => "the plan no longer requires it",
  renamed: ({ demand }) => `its cluster was renamed, but the lock has it as ${demand}`,
};

/**
 * Rejects a lock that does not match the plan.
 *
 * @param changes what an update of the lock would change
 * @throws AddressPlanError with the first change
 */
export function checkUpToDate([first]: readonly LockChange[]): void {
  if (first !== undefined)
    throw new AddressPlanError(`${LOCK_FILE}: ${first.key}`, `${PROBLEMS[first.kind](first)}; ${UPDATE}`);
}
