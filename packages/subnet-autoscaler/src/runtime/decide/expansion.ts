import { usablePrefixes } from "@cluster-ipam/address-plan/cloud";

import { type AutoscalerConfig } from "../config/config";
import { type Observation, type ObservedSubnet } from "../observe/observation";
import { type Cause, type Change, type Decision } from "./decision";
import { subnetAge } from "./elapsed";
import { type GrowthSpace } from "./growth-space";
import { usablePrefixesIn, type ZoneView } from "./zone-view";

/** Usage of budgets and quotas. A decision to create a subnet adds to it. */
export interface BudgetUsage {
  /** Existing growth subnets. */
  subnets: number;
  /** Addresses of the growth subnets. */
  addresses: number;
  /** All subnets of the VPC. */
  vpcSubnets: number;
  /** Growth subnets created in the last 24 hours. */
  today: number;
}

/** Input of {@link decideExpansion} other than the zone. */
export interface ExpansionContext {
  readonly observation: Observation;
  readonly config: AutoscalerConfig;
  readonly space: GrowthSpace;
  readonly usage: BudgetUsage;
  /** Changes already decided for the zone. */
  readonly decided: readonly Change[];
}

/** Share of free addresses that no prefix can use, above which a zone is fragmented rather than full. */
const FRAGMENTED = 0.5;

/** Activates a quarantined subnet or creates a new one when the zone has too few free prefixes. */
export function decideExpansion(zone: ZoneView, context: ExpansionContext): Decision[] {
  const { config, decided, observation } = context;
  const shortage = zoneShortage(zone, config.policy.floorPrefixes);
  if (shortage === undefined || decided.some(({ action }) => action === "activate")) return [];

  const reusable = largest(zone.growthSubnets.filter(isReusable), observation.cni.prefixDelegation);
  if (reusable !== undefined)
    return [
      {
        action: "activate",
        zone: zone.zone,
        subnetId: reusable.id,
        cidr: reusable.cidr,
        cause: shortage.cause,
        reason: `${shortage.reason}; ${reusable.cidr} is quarantined and can be reused`,
      },
    ];
  const limit = reachedLimit(zone, shortage.reason, context);
  return [limit ?? create(zone, shortage, context)];
}

interface Shortage {
  readonly cause: Cause;
  readonly reason: string;
}

function zoneShortage(zone: ZoneView, floor: number): Shortage | undefined {
  if (zone.freePrefixes >= zone.targetPrefixes) return undefined;
  const free = `${zone.zone} has ${zone.freePrefixes} free /28 prefixes`;
  if (zone.freePrefixes >= floor)
    return {
      cause: "running-out",
      reason: `${free}, which run out in ${Math.floor(zone.minutesToExhaustion)} minutes`,
    };
  // Enough addresses are free, but not in aligned blocks.
  const enough = zone.availableAddresses >= zone.targetPrefixes * 16;
  if (enough && zone.fragmentation > FRAGMENTED)
    return {
      cause: "fragmented",
      reason: `${free} (target ${zone.targetPrefixes}), although ${zone.availableAddresses} addresses are free in fragments`,
    };
  return { cause: "full", reason: `${free} (target ${zone.targetPrefixes})` };
}

function isReusable({ recorded, state }: ObservedSubnet): boolean {
  return recorded.state === "quarantined" && state === "available";
}

function largest(subnets: readonly ObservedSubnet[], prefixDelegation: boolean): ObservedSubnet | undefined {
  const room = (subnet: ObservedSubnet): number => usablePrefixesIn(subnet, prefixDelegation);
  return [...subnets].sort((a, b) => room(b) - room(a) || (a.id < b.id ? -1 : 1))[0];
}

/** The limit that prevents a new subnet of any size. */
function reachedLimit(
  zone: ZoneView,
  shortage: string,
  { config, observation, usage }: ExpansionContext,
): Decision | undefined {
  const { policy, quotas } = config;
  const stop = (cause: Cause, reason: string, advice: string): Decision => ({
    action: "none",
    zone: zone.zone,
    cause,
    reason: `${shortage}; ${reason}`,
    advice,
  });
  const ages = zone.growthSubnets
    .map((subnet) => subnetAge(subnet, observation.now))
    .filter((age) => age !== undefined);
  const youngest = Math.min(...ages, Infinity);
  if (youngest < policy.coolDownMinutes)
    return stop(
      "cooling-down",
      `its last growth subnet is ${Math.floor(youngest)} minutes old`,
      `wait; a zone gets at most one every ${policy.coolDownMinutes} minutes`,
    );
  if (usage.vpcSubnets >= quotas.subnetsPerVpc)
    return stop(
      "quota-reached",
      `the VPC has ${usage.vpcSubnets} subnets, its quota`,
      "raise the quota Subnets per VPC, then quotas.subnetsPerVpc; or use larger steps in netmaskLengths",
    );
  if (usage.subnets >= policy.maxSubnets)
    return stop("budget-spent", `there are ${usage.subnets} growth subnets`, "raise maxSubnets");
  if (usage.today >= policy.budgets.subnetsPerDay)
    return stop(
      "budget-spent",
      `${usage.today} growth subnets were created in the last 24 hours`,
      "find out why the cluster grows so fast; if it should, raise maxSubnetsPerDay",
    );
  return undefined;
}

function create(zone: ZoneView, shortage: Shortage, { config, space, usage }: ExpansionContext): Decision {
  const { netmaskLengths, budgets } = config.policy;
  const missing = zone.targetPrefixes - zone.freePrefixes;
  const left = (budgets.addresses ?? Infinity) - usage.addresses;
  const affordable = candidateLengths(netmaskLengths, zone.growthSubnets.length, missing).filter(
    (length) => 2 ** (32 - length) <= left,
  );
  for (const length of affordable) {
    const cidr = space.allocate(length);
    if (cidr === undefined) continue;
    usage.subnets += 1;
    usage.vpcSubnets += 1;
    usage.today += 1;
    usage.addresses += Number(cidr.size);
    return {
      action: "create",
      zone: zone.zone,
      cidr: String(cidr),
      cause: shortage.cause,
      reason: shortage.reason,
    };
  }
  if (affordable.length === 0)
    return {
      action: "none",
      zone: zone.zone,
      cause: "budget-spent",
      reason: `${shortage.reason}; the growth subnets have ${usage.addresses} addresses`,
      advice: "raise maxAddresses",
    };
  return {
    action: "none",
    zone: zone.zone,
    cause: "pool-empty",
    reason: `${shortage.reason}; the growth space has no free /${Math.max(...affordable)}`,
    advice: "raise growthPercent in the address plan, or add a CIDR to attachCidrs",
  };
}

/**
 * Netmask lengths to try in order: the zone's next step that covers the missing prefixes, then smaller ones, since
 * a small subnet is better than none.
 */
function candidateLengths(steps: readonly number[], created: number, missing: number): readonly number[] {
  const next = steps.slice(Math.min(created, steps.length - 1));
  const first = next.find((length) => usablePrefixes(length) >= missing) ?? Math.min(...next);
  const smaller = [...new Set(steps)].filter((length) => length > first).sort((a, b) => a - b);
  return [first, ...smaller];
}
