import { parseClusterKey } from "../blocks/block-key";
import { type ReservedRange } from "../blocks/required-block";
import { type LockedBlock } from "../lock/address-lock";
import { AddressPlanError } from "../message/address-plan-error";
import { type Prefix } from "../prefix/prefix";
import { freeBlocks } from "../prefix/prefix-set";
import { type ContainerCidr } from "./container";
import { type PlacedBlock } from "./placed-block";

/**
 * Checks a reserved range against the blocks in a CIDR: a pool may surround it, other blocks must be apart from it.
 *
 * @throws AddressPlanError with the parts of the range that can be reserved
 */
export function checkReserved({ placed }: ContainerCidr, { prefix, owner }: ReservedRange): void {
  const conflict = placed.find((block) => block.prefix.overlaps(prefix) && !surrounds(block, prefix));
  if (conflict === undefined) return;
  const inside = placed.filter((block) => prefix.contains(block.prefix)).map((block) => block.prefix);
  const rest = conflict.prefix.contains(prefix) ? [] : freeBlocks(prefix, inside);
  const fix =
    rest.length === 0 ? `remove ${prefix} from reserved` : `reserve ${rest.join(", ")} instead of ${prefix}`;
  const { kind, owner: cluster } = conflict;
  const leave = kind === "pool" ? "" : `, or let ${cluster} leave the plan first`;
  throw new AddressPlanError(
    `reserved ${prefix}`,
    `${prefix} (${owner}) overlaps ${conflict.prefix} of ${conflict.key}, which is allocated; ${fix}${leave}`,
  );
}

/**
 * Checks the reserved ranges against the blocks that leave the plan: what is deployed in them may still exist. A retired
 * pool is not composed.
 *
 * @throws AddressPlanError
 */
export function checkReservedLeaving(
  reserved: readonly ReservedRange[],
  leaving: readonly LockedBlock[],
): void {
  for (const { prefix, owner } of reserved)
    for (const block of leaving) {
      const isPool = parseClusterKey(block.key) === undefined;
      if (!block.prefix.overlaps(prefix) || (isPool && block.state === "retired")) continue;
      if (isPool && block.prefix.contains(prefix) && !block.prefix.equals(prefix)) continue;
      throw new AddressPlanError(
        `reserved ${prefix}`,
        `${prefix} (${owner}) overlaps ${block.prefix} of ${block.key}, which leaves the plan and may still be deployed; remove ${prefix} from reserved until it is freed`,
      );
    }
}

function surrounds({ kind, prefix }: PlacedBlock, range: Prefix): boolean {
  return kind === "pool" && prefix.contains(range) && !prefix.equals(range);
}
