import { type AutoscalerConfig } from "../config/config";
import { type Observation } from "../observe/observation";
import { cniBlockers, zoneAdvice } from "./advice";
import { type Advice, type Change, type Decision } from "./decision";
import { decideDraining } from "./draining";
import { subnetAge } from "./elapsed";
import { type BudgetUsage, decideExpansion } from "./expansion";
import { decideGrowthCidrs } from "./growth-cidrs";
import { GrowthSpace } from "./growth-space";
import { decideReclaim } from "./reclaim";
import { type ZoneView, zoneView } from "./zone-view";

const DAY_MINUTES = 24 * 60;

/**
 * Decides what a run does. Pure: the same observation and configuration give the same decisions in the same order,
 * and no two decisions overlap.
 */
export function decide(observation: Observation, config: AutoscalerConfig): Decision[] {
  const space = new GrowthSpace(config.growthPools, observation);
  const usage = budgetUsage(observation);
  const blockers = cniBlockers(observation.cni);
  const zones = [...observation.zones]
    .sort((a, b) => (a.zone < b.zone ? -1 : 1))
    .map((zone) => zoneView(observation, zone, config));
  const decisions: Decision[] = [...blockers];
  for (const zone of zones)
    decisions.push(...decideZone(zone, { observation, config, space, usage, blockers }));
  return [...decisions, ...decideGrowthCidrs(observation, config, space, decisions)];
}

interface ZoneContext {
  readonly observation: Observation;
  readonly config: AutoscalerConfig;
  readonly space: GrowthSpace;
  readonly usage: BudgetUsage;
  readonly blockers: readonly Advice[];
}

function decideZone(
  zone: ZoneView,
  { observation, config, space, usage, blockers }: ZoneContext,
): Decision[] {
  const unfinished = finishChanges(zone);
  const growth =
    blockers.length > 0 || zone.referenceSubnetId === undefined || zone.draining
      ? []
      : decideExpansion(zone, { observation, config, space, usage, decided: unfinished });
  const grows = [...unfinished, ...growth].some(({ action }) => action === "activate" || action === "create");
  return [
    ...unfinished,
    ...growth,
    ...decideReclaim(zone, { observation, policy: config.policy, grows }),
    ...decideDraining(zone, observation, config.policy),
    ...(zone.draining ? [] : zoneAdvice(zone, observation, config)),
  ];
}

/** Finishes what an earlier run left unfinished or someone else undid, before anything new starts. */
function finishChanges({ growthSubnets, referenceSubnetId, zone }: ZoneView): Change[] {
  if (referenceSubnetId === undefined) return [];
  return growthSubnets.flatMap((subnet): Change[] => {
    const on = { zone, subnetId: subnet.id, cidr: subnet.cidr, cause: "unfinished" as const };
    if (subnet.recorded.state === "quarantined")
      return subnet.discoverable
        ? [{ ...on, action: "close", reason: `${subnet.cidr} is quarantined but the CNI still discovers it` }]
        : [];
    if (!subnet.discoverable)
      return [{ ...on, action: "activate", reason: `${subnet.cidr} exists but is not open to pods yet` }];
    if (!subnet.wired)
      return [{ ...on, action: "rewire", reason: `${subnet.cidr} is not wired like ${referenceSubnetId}` }];
    return subnet.recorded.state === "created"
      ? [{ ...on, action: "activate", reason: `${subnet.cidr} has no valid state tag` }]
      : [];
  });
}

function budgetUsage(observation: Observation): BudgetUsage {
  const growth = observation.subnets.filter(({ owned }) => owned);
  return {
    subnets: growth.length,
    addresses: growth.reduce((sum, { cidr }) => sum + 2 ** (32 - Number(cidr.split("/")[1])), 0),
    vpcSubnets: observation.subnets.length,
    // A subnet of unknown age counts: a budget errs towards not spending.
    today: growth.filter((subnet) => (subnetAge(subnet, observation.now) ?? 0) < DAY_MINUTES).length,
  };
}
