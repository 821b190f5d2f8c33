import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { literalCidr, ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { reservedPool } from "./reserved-pool";

/**
 * Checks the rules of a whole pool tree: keys, parents, order, siblings, number of pools.
 *
 * @param poolsPerScope the account's IPAM quota of pools per scope
 * @throws ValidationError for the first rule that the tree breaks
 */
export function checkPoolTree(where: Construct, plans: readonly IpamPoolPlan[], poolsPerScope: number): void {
  if (plans.length === 0) {
    throw new ValidationError(where, "pools is empty; add at least a root pool");
  }
  const count = plans.length + plans.filter(reservedPool).length;
  if (count > poolsPerScope) {
    throw new ValidationError(
      where,
      `there are ${count} pools (including those of reservations), but the quota is ${poolsPerScope} per scope; merge pools, or raise the quota and set poolsPerScope`,
    );
  }
  checkOrder(where, plans);
  checkSiblings(where, plans);
}

function checkOrder(where: Construct, plans: readonly IpamPoolPlan[]): void {
  const all = new Map(plans.map((plan) => [plan.key, plan]));
  const seen = new Set<string>();
  const reserved = new Set(plans.map((plan) => reservedPool(plan)?.key));
  for (const { key, parent } of plans) {
    if (seen.has(key) || reserved.has(key)) {
      throw new ValidationError(where, `two pools have the key ${key}; use a unique key`);
    }
    seen.add(key);
    if (key === parent) {
      throw new ValidationError(where, `pool ${key} is its own parent; set its source pool, or no parent`);
    }
    if (parent === undefined || seen.has(parent)) continue;
    if (!all.has(parent)) {
      throw new ValidationError(
        where,
        `pool ${key} names the parent ${parent}, which does not exist; use one of ${[...all.keys()].join(", ")}`,
      );
    }
    const cycle = cycleOf(key, all);
    throw new ValidationError(
      where,
      cycle
        ? `the pools ${cycle.join(" → ")} are parents of each other; make one of them a root pool`
        : `pool ${key} is listed before its parent ${parent}; list parents first`,
    );
  }
}

/** The keys of the cycle from `key` through its parents back to `key`, if there is one. */
function cycleOf(key: string, all: ReadonlyMap<string, IpamPoolPlan>): string[] | undefined {
  const path = [key];
  for (let up = all.get(key)?.parent; up !== undefined; up = all.get(up)?.parent) {
    path.push(up);
    if (up === key) return path;
    if (path.indexOf(up) !== path.length - 1) return undefined;
  }
  return undefined;
}

function checkSiblings(where: Construct, plans: readonly IpamPoolPlan[]): void {
  for (const parent of new Set(plans.map((plan) => plan.parent))) {
    const siblings = plans.filter((plan) => plan.parent === parent);
    const blocks = siblings.flatMap(({ key, cidrs }) =>
      cidrs.map((cidr) => ({ key, cidr: literalCidr(where, `pool ${key}`, cidr) })),
    );
    blocks.forEach(({ key, cidr }, i) => {
      const other = blocks.slice(0, i).find((before) => before.key !== key && before.cidr.overlaps(cidr));
      if (!other) return;
      throw new ValidationError(
        where,
        `pool ${key} has ${cidr}, which overlaps ${other.cidr} of its sibling ${other.key}; move one of them to another block`,
      );
    });
  }
}
