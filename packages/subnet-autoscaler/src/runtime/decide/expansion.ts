import { DRAWN_CIDR, reservedPrefixes, usablePrefixes } from "@cluster-ipam/address-plan/cloud";
import { type Prefix } from "@cluster-ipam/address-plan/prefix";

import { type AutoscalerConfig } from "../config/config";
import { type Observation, type ObservedSubnet } from "../observe/observation";
import { type Budget, type Limit } from "./budget";
import { type Change, type Decision } from "./decision";
import { subnetAge } from "./elapsed";
import { type GrowthSpace } from "./growth-space";
import { zoneShortage } from "./shortage";
import { ZoneNeed } from "./zone-need";
import { usablePrefixesIn, type ZoneView } from "./zone-view";

/** Input of {@link decideExpansion} other than the zones. */
export interface ExpansionContext {
  readonly observation: Observation;
  readonly config: AutoscalerConfig;
  readonly space: GrowthSpace;
  readonly budget: Budget;
  /** Changes already decided, for all zones. */
  readonly decided: readonly Change[];
}

/** What a run decides to give to its zones. */
export interface Expansion {
  readonly decisions: readonly Decision[];
  /** Addresses of the subnets for which the shared growth pool's attached CIDRs have no room. */
  readonly unmetAddresses: number;
}

/** Share of the floor that a subnet in the shared growth pool adds to what is missing, so that the next is not due at once. */
const STEP_AHEAD = 0.5;

/**
 * Reopens quarantined subnets and creates new ones until no zone has too few free prefixes. Each goes to the zone that then
 * runs out first, so that no zone starves while another grows.
 */
export function decideExpansion(zones: readonly ZoneView[], context: ExpansionContext): Expansion {
  const needs = zones.flatMap((zone) => needOf(zone, context));
  const decisions: Decision[] = needs.flatMap((need) => reopen(need, context));
  let unmetAddresses = 0;
  for (;;) {
    const [need] = needs
      .filter(({ isClosed, missing }) => !isClosed && missing > 0)
      .sort((one, other) => one.compareUrgency(other));
    if (need === undefined) return { decisions, unmetAddresses };
    const limit = coolingDown(need, context) ?? context.budget.reached(need.zone);
    const step = limit === undefined ? nextSubnet(need, context) : limit;
    if ("unmet" in step) unmetAddresses += step.unmet;
    else if ("size" in step) decisions.push(create(need, step, context));
    else decisions.push(advise(need, step));
    if (!("size" in step)) need.isClosed = true;
  }
}

function needOf(zone: ZoneView, { config, decided, observation }: ExpansionContext): ZoneNeed[] {
  if (zone.draining || zone.referenceSubnetId === undefined) return [];
  const shortage = zoneShortage(zone, config.policy.floorPrefixes);
  if (shortage === undefined) return [];
  const need = new ZoneNeed(zone, shortage);
  for (const change of decided)
    if (change.action === "activate" && change.zone === zone.zone)
      need.granted += usablePrefixesIn(
        zone.growthSubnets.find(({ id }) => id === change.subnetId)!,
        observation.cni.prefixDelegation,
      );
  return [need];
}

/** Reopens the zone's quarantined subnets, the one with the most room first. */
function reopen(need: ZoneNeed, { observation, decided }: ExpansionContext): Change[] {
  const room = (subnet: ObservedSubnet): number => usablePrefixesIn(subnet, observation.cni.prefixDelegation);
  const changes: Change[] = [];
  const reusable = need.view.growthSubnets
    .filter(({ recorded, state }) => recorded.state === "quarantined" && state === "available")
    .filter(({ id }) => !decided.some((change) => "subnetId" in change && change.subnetId === id))
    .sort((a, b) => room(b) - room(a) || (a.id < b.id ? -1 : 1));
  for (const subnet of reusable) {
    if (need.missing <= 0) break;
    changes.push({
      ...need.because,
      action: "activate",
      subnetId: subnet.id,
      cidr: subnet.cidr,
      reason: `${need.shortage.reason}; ${subnet.cidr} is quarantined and can be reused`,
    });
    need.granted += room(subnet);
  }
  return changes;
}

/** Whether the zone waits after its last new subnet. A zone that would run out meanwhile does not wait. */
function coolingDown({ view }: ZoneNeed, { config, observation }: ExpansionContext): Limit | undefined {
  const { coolDownMinutes } = config.policy;
  const ages = view.growthSubnets
    .map((subnet) => subnetAge(subnet, observation.now))
    .filter((age) => age !== undefined);
  const youngest = Math.min(...ages, Infinity);
  if (youngest >= coolDownMinutes || view.minutesToExhaustion < coolDownMinutes - youngest) return undefined;
  return {
    cause: "cooling-down",
    reason: `its last growth subnet is ${Math.floor(youngest)} minutes old`,
    advice: `wait; a zone that does not run out meanwhile gets one every ${coolDownMinutes} minutes`,
  };
}

/** The next subnet of a zone, why there is none, or the addresses for which the shared pool has no attached CIDR. */
function nextSubnet(
  need: ZoneNeed,
  { config, space, budget, observation }: ExpansionContext,
): Prefix | Limit | { readonly unmet: number } {
  const { netmaskLengths } = config.policy;
  const left = budget.addressesLeft(need.zone);
  const isAffordable = (length: number): boolean => 2 ** (32 - length) <= left;
  const usable = observation.cni.prefixDelegation ? reservedPrefixes : usablePrefixes;
  const steps = candidateLengths(
    netmaskLengths,
    need.view.growthSubnets.length + need.created,
    (length) => usable(length) >= need.missing,
  ).filter(isAffordable);
  for (const length of steps) {
    const cidr = space.allocate(length);
    if (cidr !== undefined) return cidr;
  }
  if (config.growthPools.shared !== undefined && config.growthPools.shared.cidrs.length > 0) {
    const wanted = need.missing + Math.ceil(config.policy.floorPrefixes * STEP_AHEAD);
    const lengths = sharedLengths((length) => usable(length) >= wanted).filter(isAffordable);
    const [length] = lengths;
    if (length !== undefined) return space.allocateShared(length) ?? { unmet: 2 ** (32 - length) };
  } else if (steps.length > 0)
    return {
      cause: "pool-empty",
      reason: `the growth space has no free /${Math.max(...steps)}`,
      advice: "raise growthPercent in the address plan, or add a CIDR to attachCidrs",
    };
  return {
    cause: "budget-spent",
    reason: `${left} addresses are left of maxAddresses`,
    advice: "raise maxAddresses",
  };
}

function create(need: ZoneNeed, cidr: Prefix, { budget, observation }: ExpansionContext): Change {
  budget.spend(need.zone, Number(cidr.size));
  need.created += 1;
  need.granted += (observation.cni.prefixDelegation ? reservedPrefixes : usablePrefixes)(cidr.length);
  return { ...need.because, action: "create", cidr: String(cidr) };
}

function advise(need: ZoneNeed, { cause, reason, advice }: Limit): Decision {
  return {
    action: "none",
    zone: need.zone,
    cause,
    reason: `${need.shortage.reason}; ${reason}`,
    advice,
  };
}

/**
 * Netmask lengths to try in order: the zone's next step that is enough, then smaller ones, since a small subnet is better
 * than none.
 */
function candidateLengths(
  steps: readonly number[],
  created: number,
  isEnough: (length: number) => boolean,
): readonly number[] {
  const next = steps.slice(Math.min(created, steps.length - 1));
  const first = next.find(isEnough) ?? Math.min(...next);
  const smaller = [...new Set(steps)].filter((length) => length > first).sort((a, b) => a - b);
  return [first, ...smaller];
}

/** Netmask lengths in the shared growth pool: the smallest subnet that is enough, then smaller ones. */
function sharedLengths(isEnough: (length: number) => boolean): readonly number[] {
  const all = Array.from(
    { length: DRAWN_CIDR.smallest - DRAWN_CIDR.largest + 1 },
    (_, index) => DRAWN_CIDR.largest + index,
  );
  return all.slice(Math.max(0, all.findLastIndex(isEnough)));
}
