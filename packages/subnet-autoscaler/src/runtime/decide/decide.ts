import { blockers, zoneAdvice } from "./advice";
import { type AutoscalerConfig } from "./config";
import { type Advice, type Change, type Decision } from "./decision";
import { ageOf } from "./elapsed";
import { decideExpansion, type Spent } from "./expansion";
import { attachCidrs, attachedCidrCount, GrowthSpace } from "./growth-space";
import { type Observation } from "./observation";
import { decideReclaim } from "./reclaim";
import { type ZoneView, zoneView } from "./zone-view";

/** A growth CIDR is attached when the attached ones are this full: the control plane can take 5 hours to know it. */
const ATTACH_AT = 0.7;
/** A growth CIDR is given back when the others would be less full than this: half of what attaches the next. */
const DETACH_AT = 0.35;
const DAY_MINUTES = 24 * 60;

/**
 * What a run should do. Pure: the same observation and configuration give the same decisions, in the same order,
 * and no two of them overlap.
 */
export function decide(observation: Observation, config: AutoscalerConfig): Decision[] {
  const space = new GrowthSpace(config.growthPools, observation);
  const spent = spentBudgets(observation);
  const blocked = blockers(observation.cni);
  const zones = [...observation.zones]
    .sort((a, b) => (a.zone < b.zone ? -1 : 1))
    .map((zone) => zoneView(observation, zone, config.policy));
  const decisions: Decision[] = [...blocked];
  for (const zone of zones)
    decisions.push(...decideZone(zone, { observation, config, space, spent, blocked }));
  return [...decisions, ...decideSpace(observation, config, space, decisions)];
}

interface ZoneContext {
  readonly observation: Observation;
  readonly config: AutoscalerConfig;
  readonly space: GrowthSpace;
  readonly spent: Spent;
  readonly blocked: readonly Advice[];
}

function decideZone(zone: ZoneView, { observation, config, space, spent, blocked }: ZoneContext): Decision[] {
  const unfinished = finishWork(zone);
  const growth =
    blocked.length > 0 || zone.referenceSubnetId === undefined
      ? []
      : decideExpansion(zone, { observation, config, space, spent, coming: unfinished });
  const grows = [...unfinished, ...growth].some(({ action }) => action === "activate" || action === "create");
  return [
    ...unfinished,
    ...growth,
    ...decideReclaim(zone, { observation, policy: config.policy, grows }),
    ...zoneAdvice(zone, observation, config),
  ];
}

/** What an earlier run began, or somebody undid. Finished before anything new is begun. */
function finishWork({ ownSubnets, referenceSubnetId, zone }: ZoneView): Change[] {
  if (referenceSubnetId === undefined) return [];
  return ownSubnets.flatMap((subnet): Change[] => {
    const on = { zone, subnetId: subnet.id, cidr: subnet.cidr, cause: "unfinished" as const };
    if (subnet.recorded.state === "quarantined")
      return subnet.discoverable
        ? [{ ...on, action: "close", reason: `${subnet.cidr} is quarantined but the CNI still finds it` }]
        : [];
    if (!subnet.discoverable)
      return [{ ...on, action: "activate", reason: `${subnet.cidr} exists but pods are not let in yet` }];
    if (!subnet.wired)
      return [{ ...on, action: "rewire", reason: `${subnet.cidr} is not wired like ${referenceSubnetId}` }];
    return subnet.recorded.state === "dark"
      ? [{ ...on, action: "activate", reason: `${subnet.cidr} has lost its tag of state` }]
      : [];
  });
}

/** The growth CIDRs of the VPC as a whole: the next is attached ahead of need, an idle one is given back. */
function decideSpace(
  observation: Observation,
  { growthPools, quotas, policy }: AutoscalerConfig,
  space: GrowthSpace,
  decided: readonly Decision[],
): Decision[] {
  const cidrs = attachCidrs(growthPools, observation);
  if (cidrs.length === 0 || cidrs.some(({ changing }) => changing)) return [];
  const share = space.usedShare();
  const short = share >= ATTACH_AT || decided.some(({ cause }) => cause === "pool-empty");
  const percent = `${Math.floor(share * 100)} % of the attached growth space is used`;
  if (short) {
    const next = cidrs.find(({ associationId }) => associationId === undefined);
    if (next === undefined) return [];
    if (attachedCidrCount(observation) >= quotas.cidrsPerVpc)
      return [
        {
          action: "none",
          cause: "quota-reached",
          reason: `${percent}, and the VPC has ${quotas.cidrsPerVpc} IPv4 CIDRs, its quota`,
          advice: "raise the quota IPv4 CIDR blocks per VPC (up to 50), then quotas.cidrsPerVpc",
        },
      ];
    if (!next.givable)
      return [
        {
          action: "none",
          cause: "pool-empty",
          reason: `${percent}, and pool ${growthPools.ipamPoolId} cannot give ${next.cidr}`,
          advice: "provision the CIDR to the pool, or find who else allocated it",
        },
      ];
    return [{ action: "attach-cidr", cidr: next.cidr, cause: "growth-space-short", reason: percent }];
  }
  if (policy.reclaim === undefined) return [];
  const idle = cidrs
    .filter(({ associationId }) => associationId !== undefined)
    .reverse()
    .find(({ cidr }) => {
      const block = space.attached.find((attached) => String(attached) === cidr);
      const others = space.attached.filter((attached) => attached !== block);
      return block !== undefined && !space.isUsed(block) && space.usedShare(others) < DETACH_AT;
    });
  if (idle === undefined) return [];
  return [
    {
      action: "detach-cidr",
      cidr: idle.cidr,
      associationId: idle.associationId!,
      cause: "idle",
      reason: `${idle.cidr} holds no subnet and the other growth CIDRs are less than ${DETACH_AT * 100} % full`,
    },
  ];
}

function spentBudgets(observation: Observation): Spent {
  const own = observation.subnets.filter(({ owned }) => owned);
  return {
    subnets: own.length,
    addresses: own.reduce((sum, { cidr }) => sum + 2 ** (32 - Number(cidr.split("/")[1])), 0),
    vpcSubnets: observation.subnets.length,
    // A subnet whose time is not known counts: a budget errs towards not spending.
    today: own.filter((subnet) => (ageOf(subnet, observation.now) ?? 0) < DAY_MINUTES).length,
  };
}
