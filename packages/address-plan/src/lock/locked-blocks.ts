import { type RequiredBlock, type RequiredSpace } from "../blocks/required-block";
import { AddressPlanError } from "../message/address-plan-error";
import { Prefix } from "../prefix/prefix";
import { LOCK_FILE, type LockEntry, RESTORE } from "./address-lock";

/** The prefix of an entry. @throws AddressPlanError if its CIDR is invalid */
export function lockedPrefix(entry: LockEntry): Prefix {
  try {
    return Prefix.parse(entry.cidr, 4);
  } catch (error) {
    throw new AddressPlanError(`${LOCK_FILE}: ${entry.key}`, `${(error as Error).message} (${RESTORE})`);
  }
}

/** Rejects an allocation that is too small for its demand. @throws AddressPlanError */
export function checkOutgrown(block: RequiredBlock, entry: LockEntry): void {
  if (lockedPrefix(entry).length <= block.length) return;
  throw new AddressPlanError(
    block.key,
    `the plan requires ${block.demand}, but ${LOCK_FILE} has ${entry.cidr} and an allocation never moves; reduce the demand${alternative(block)}, or release the allocation: npm run addresses -- --release ${block.key}`,
  );
}

function alternative(block: RequiredBlock): string {
  if (block.kind === "pool") return ", place new clusters in another region or environment";
  return block.kind === "pods" || block.key.includes("/pods/")
    ? ", leave the rest to the growth CIDR (growthPercent)"
    : "";
}

/** The locked entries that the plan no longer requires. */
export function unclaimedEntries(
  required: readonly RequiredSpace[],
  locked: ReadonlyMap<string, LockEntry>,
): LockEntry[] {
  let claimed = 0;
  const count = (block: RequiredBlock): void => {
    if (locked.has(block.key)) claimed++;
    block.children.forEach(count);
  };
  if (locked.size > 0) for (const space of required) space.children.forEach(count);
  // Nearly always all entries are claimed; only otherwise is a copy of a large lock worth its memory.
  if (claimed === locked.size) return [];
  const unclaimed = new Map(locked);
  const claim = (block: RequiredBlock): void => {
    unclaimed.delete(block.key);
    block.children.forEach(claim);
  };
  for (const space of required) space.children.forEach(claim);
  return [...unclaimed.values()];
}
