import { type IpamPoolPlan } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type Construct } from "constructs";
import { parseCidr } from "../cidr";
import { reservedPool } from "./reserved-pool";

/**
 * Checks what only the whole tree shows: keys, parents, order, siblings, number of pools.
 *
 * @param poolsPerScope the account's IPAM quota
 * @throws ValidationError
 */
export function checkPoolTree(where: Construct, plans: readonly IpamPoolPlan[], poolsPerScope: number): void {
  if (plans.length === 0) {
    throw new ValidationError(where, "there is no pool; give at least a root pool");
  }
  const made = plans.length + plans.filter(reservedPool).length;
  if (made > poolsPerScope) {
    throw new ValidationError(
      where,
      `there are ${made} pools (those of reservations included) but the quota is ${poolsPerScope} in a scope; merge pools, or have the quota raised and say so in poolsPerScope`,
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
      throw new ValidationError(where, `two pools have the key ${key}; give each pool its own key`);
    }
    seen.add(key);
    if (key === parent) {
      throw new ValidationError(
        where,
        `pool ${key} is its own parent; name the pool it is cut from, or none`,
      );
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

/** The keys from `key` over its parents back to `key`. */
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
      cidrs.map((cidr) => ({ key, cidr: parseCidr(where, `pool ${key}`, cidr) })),
    );
    blocks.forEach(({ key, cidr }, i) => {
      const other = blocks.slice(0, i).find((before) => before.key !== key && before.cidr.overlaps(cidr));
      if (!other) return;
      throw new ValidationError(
        where,
        `pool ${key} has ${cidr}, which overlaps ${other.cidr} of its sibling ${other.key}; give one of them another block`,
      );
    });
  }
}
