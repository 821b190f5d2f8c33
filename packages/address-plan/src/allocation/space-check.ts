import { PUBLIC_RANGE, unusedRange } from "../demand/definition-check";
import { type PlanDefinition } from "../demand/plan-definition";
import { type LockedBlocks } from "../lock/locked-blocks";
import { AddressPlanError } from "../message/address-plan-error";

/**
 * Checks the spaces against the lock: a CIDR that left a space belongs to it as long as it has blocks, and cannot join
 * another one.
 *
 * @throws AddressPlanError with another range
 */
export function checkSpaces({ spaces }: PlanDefinition, locked: LockedBlocks): void {
  for (const [name, cidrs] of Object.entries(spaces))
    for (const [index, cidr] of cidrs.entries()) {
      const other = locked.spaces.find(
        ({ space, prefix, inUse }) => space !== name && inUse && prefix.overlaps(cidr),
      );
      if (other === undefined) continue;
      const block = locked.all.find(({ prefix }) => other.prefix.contains(prefix))!;
      const taken = [...Object.values(spaces).flat(), ...locked.spaces.map(({ prefix }) => prefix)];
      throw new AddressPlanError(
        `spaces.${name}${cidrs.length > 1 ? `.${index}` : ""}`,
        `${cidr} overlaps ${other.prefix}, which the space ${other.space} keeps until ${block.key} is freed; use another range such as ${unusedRange(taken) ?? PUBLIC_RANGE}`,
      );
    }
}
