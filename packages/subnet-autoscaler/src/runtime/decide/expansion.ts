import { usablePrefixes } from "@cluster-ipam/address-plan";

import { type AutoscalerConfig } from "./config";
import { type Cause, type Change, type Decision } from "./decision";
import { ageOf } from "./elapsed";
import { type GrowthSpace } from "./growth-space";
import { type Observation, type ObservedSubnet } from "./observation";
import { usablePrefixesOf, type ZoneView } from "./zone-view";

/** What the budgets and quotas are counted against; a decision to create adds to it. */
export interface Spent {
  /** Growth subnets that exist. */
  subnets: number;
  /** Addresses of the growth subnets. */
  addresses: number;
  /** Subnets of the VPC, whoever made them. */
  vpcSubnets: number;
  /** Growth subnets made in the last 24 hours. */
  today: number;
}

export interface ExpansionContext {
  readonly observation: Observation;
  readonly config: AutoscalerConfig;
  readonly space: GrowthSpace;
  readonly spent: Spent;
  /** Changes to the zone that are decided already. */
  readonly coming: readonly Change[];
}

/** A share of free addresses that no prefix can use, above which a zone is fragmented rather than full. */
const FRAGMENTED = 0.5;

/** Whether the zone needs addresses, and the subnet it gets. */
export function decideExpansion(zone: ZoneView, context: ExpansionContext): Decision[] {
  const { config, coming, observation } = context;
  const short = shortage(zone, config.policy.floorPrefixes);
  if (short === undefined || coming.some(({ action }) => action === "activate")) return [];

  const spare = largest(zone.ownSubnets.filter(isSpare), observation.cni.prefixDelegation);
  if (spare !== undefined)
    return [
      {
        action: "activate",
        zone: zone.zone,
        subnetId: spare.id,
        cidr: spare.cidr,
        cause: short.cause,
        reason: `${short.reason}; ${spare.cidr} is still quarantined`,
      },
    ];
  const obstacle = limit(zone, short.reason, context);
  if (obstacle !== undefined) return [obstacle];
  return [create(zone, short, context)];
}

interface Shortage {
  readonly cause: Cause;
  readonly reason: string;
}

function shortage(zone: ZoneView, floor: number): Shortage | undefined {
  if (zone.freePrefixes >= zone.wantedPrefixes) return undefined;
  const free = `${zone.zone} has ${zone.freePrefixes} free /28 prefixes`;
  if (zone.freePrefixes >= floor)
    return {
      cause: "running-out",
      reason: `${free}, used up in ${Math.floor(zone.minutesToExhaustion)} minutes`,
    };
  // Unaligned addresses alone would have sufficed.
  const enough = zone.availableAddresses >= zone.wantedPrefixes * 16;
  if (enough && zone.fragmentation > FRAGMENTED)
    return {
      cause: "fragmented",
      reason: `${free} of ${zone.wantedPrefixes} wanted, though ${zone.availableAddresses} addresses are free in pieces`,
    };
  return { cause: "full", reason: `${free} of ${zone.wantedPrefixes} wanted` };
}

function isSpare({ recorded, state }: ObservedSubnet): boolean {
  return recorded.state === "quarantined" && state === "available";
}

function largest(subnets: readonly ObservedSubnet[], prefixDelegation: boolean): ObservedSubnet | undefined {
  const room = (subnet: ObservedSubnet): number => usablePrefixesOf(subnet, prefixDelegation);
  return [...subnets].sort((a, b) => room(b) - room(a) || (a.id < b.id ? -1 : 1))[0];
}

/** What forbids a new subnet now, whatever its size. */
function limit(
  zone: ZoneView,
  short: string,
  { config, observation, spent }: ExpansionContext,
): Decision | undefined {
  const { policy, quotas } = config;
  const stop = (cause: Cause, reason: string, advice: string): Decision => ({
    action: "none",
    zone: zone.zone,
    cause,
    reason: `${short}; ${reason}`,
    advice,
  });
  const ages = zone.ownSubnets
    .map((subnet) => ageOf(subnet, observation.now))
    .filter((age) => age !== undefined);
  const youngest = Math.min(...ages, Infinity);
  if (youngest < policy.coolDownMinutes)
    return stop(
      "cooling-down",
      `its last growth subnet is ${Math.floor(youngest)} minutes old`,
      `wait; a zone gets one every ${policy.coolDownMinutes} minutes`,
    );
  if (spent.vpcSubnets >= quotas.subnetsPerVpc)
    return stop(
      "quota-reached",
      `the VPC has ${spent.vpcSubnets} subnets, its quota`,
      "raise the quota Subnets per VPC, then quotas.subnetsPerVpc; or use larger steps in netmaskLengths",
    );
  if (spent.subnets >= policy.maxSubnets)
    return stop("budget-spent", `there are ${spent.subnets} growth subnets`, "raise policy.maxSubnets");
  if (spent.today >= policy.budgets.subnetsPerDay)
    return stop(
      "budget-spent",
      `${spent.today} growth subnets were made in 24 hours`,
      "look why the cluster grows so fast; raise policy.budgets.subnetsPerDay if it should",
    );
  return undefined;
}

function create(zone: ZoneView, short: Shortage, { config, space, spent }: ExpansionContext): Decision {
  const { netmaskLengths, budgets } = config.policy;
  const missing = zone.wantedPrefixes - zone.freePrefixes;
  const left = (budgets.addresses ?? Infinity) - spent.addresses;
  const affordable = lengthsFor(netmaskLengths, zone.ownSubnets.length, missing).filter(
    (length) => 2 ** (32 - length) <= left,
  );
  for (const length of affordable) {
    const cidr = space.take(length);
    if (cidr === undefined) continue;
    spent.subnets += 1;
    spent.vpcSubnets += 1;
    spent.today += 1;
    spent.addresses += Number(cidr.size);
    return {
      action: "create",
      zone: zone.zone,
      cidr: String(cidr),
      cause: short.cause,
      reason: short.reason,
    };
  }
  if (affordable.length === 0)
    return {
      action: "none",
      zone: zone.zone,
      cause: "budget-spent",
      reason: `${short.reason}; the growth subnets hold ${spent.addresses} addresses`,
      advice: "raise policy.budgets.addresses",
    };
  return {
    action: "none",
    zone: zone.zone,
    cause: "pool-empty",
    reason: `${short.reason}; the growth space has no free /${Math.max(...affordable)}`,
    advice: "raise growthPercent in the address plan, or add a CIDR to growthPools.attachCidrs",
  };
}

/**
 * Netmask lengths to try, best first: the zone's next step that covers what is missing, then ever smaller ones,
 * since a small subnet now is better than none.
 */
export function lengthsFor(steps: readonly number[], made: number, missing: number): readonly number[] {
  const next = steps.slice(Math.min(made, steps.length - 1));
  const wanted = next.find((length) => usablePrefixes(length) >= missing) ?? Math.min(...next);
  const smaller = [...new Set(steps)].filter((length) => length > wanted).sort((a, b) => a - b);
  return [wanted, ...smaller];
}
