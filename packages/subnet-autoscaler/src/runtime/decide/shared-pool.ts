import { ADDRESSES_PER_PREFIX, DRAWN_CIDR } from "@cluster-ipam/address-plan/cloud";
import { Prefix } from "@cluster-ipam/address-plan/prefix";

import { type AutoscalerConfig, DEFAULT_ATTACH_LEAD_MINUTES } from "../config/config";
import { type Observation } from "../observe/observation";
import { type Decision } from "./decision";
import { subnetAge } from "./elapsed";
import { type GrowthSpace } from "./growth-space";
import { drainedCidrs, freeCidrSlots, mergingCidrs, sharedCidrs } from "./merging";
import { type ZoneView } from "./zone-view";

/** With this many CIDRs left, a need is met exactly, by several; with fewer, by one that is large enough. */
const PLENTY = 8;
/** Largest share of the pod subnets that the lead adds: it is for steady growth, and a burst's last hour says nothing of the next. */
const MAX_LEAD = 0.25;

/** Input of {@link decideSharedPool}. */
export interface SharedPoolContext {
  readonly observation: Observation;
  readonly config: AutoscalerConfig;
  readonly zones: readonly ZoneView[];
  /** The growth space, without the subnets decided before. */
  readonly space: GrowthSpace;
  readonly decided: readonly Decision[];
  /** Addresses of the subnets for which the attached CIDRs have no room. */
  readonly unmetAddresses: number;
}

/**
 * Draws CIDRs from the shared growth pool for the subnets that have no room and for the lead, and gives back those that
 * are empty and not needed for the lead.
 */
export function decideSharedPool(context: SharedPoolContext): Decision[] {
  const { config, unmetAddresses } = context;
  const { shared } = config.growthPools;
  if (shared === undefined) return [];
  const drained = detachDrained(context);
  if (shared.cidrs.length === 0) return drained;
  const short = Math.max(0, leadAddresses(context) - aheadAddresses(context));
  if (unmetAddresses + short > 0) return [...drained, ...attach(unmetAddresses, short, context)];
  return config.policy.reclaim === undefined ? drained : [...drained, ...detach(context)];
}

/** Gives back what was drawn from a part of the pool that the address plan drains, once it has no subnet. */
function detachDrained({ observation, config, space }: SharedPoolContext): Decision[] {
  return drainedCidrs(config, observation)
    .filter(({ cidr }) => !space.hasSubnet(Prefix.parse(cidr)))
    .map(({ cidr, associationId }) => ({
      ...{ action: "detach-cidr", cidr, associationId, cause: "draining" },
      reason: `the address plan drains the part of the growth pool with ${cidr}, which has no subnet`,
    }));
}

/** Addresses that should be free: those added to the zones within the lead, which are expected once more. */
function leadAddresses({ observation, config, zones, decided }: SharedPoolContext): number {
  const { attachLeadMinutes = DEFAULT_ATTACH_LEAD_MINUTES } = config.policy;
  if (attachLeadMinutes === 0) return 0;
  const created = decided.flatMap((decision) => (decision.action === "create" ? [decision.cidr] : []));
  const recent = observation.subnets
    .filter(({ owned }) => owned)
    .filter((subnet) => (subnetAge(subnet, observation.now) ?? Infinity) < attachLeadMinutes)
    .map(({ cidr }) => cidr);
  const existing = zones.flatMap(({ podSubnets }) => podSubnets.map(({ cidr }) => cidr));
  return Math.min(sizeOf([...created, ...recent]), Math.floor(MAX_LEAD * sizeOf(existing)));
}

function sizeOf(cidrs: readonly string[]): number {
  return cidrs.reduce((sum, cidr) => sum + Number(Prefix.parse(cidr).size), 0);
}

/** Addresses that the zones can still use without another CIDR. */
function aheadAddresses({ zones, space, decided }: SharedPoolContext): number {
  const free = zones.reduce((sum, { freePrefixes }) => sum + freePrefixes * ADDRESSES_PER_PREFIX, 0);
  const created = decided.reduce(
    (sum, decision) => sum + (decision.action === "create" ? Number(Prefix.parse(decision.cidr).size) : 0),
    0,
  );
  return free + created + space.freeAddresses;
}

function attach(unmet: number, short: number, { observation, config }: SharedPoolContext): Decision[] {
  const slots = freeCidrSlots(config, observation);
  if (slots <= 0 && unmet === 0) return [];
  const reason =
    unmet > 0
      ? `subnets with ${unmet} addresses have no room in the attached growth CIDRs`
      : `${short} addresses are missing to the lead`;
  if (slots <= 0)
    return [
      {
        action: "none",
        cause: "quota-reached",
        reason: `${reason}, and the VPC has ${config.quotas.cidrsPerVpc} IPv4 CIDRs, its quota`,
        advice: "raise the quota IPv4 CIDR blocks per VPC (up to 50), then quotas.cidrsPerVpc",
      },
    ];
  return drawn(unmet, short, slots).map((netmaskLength) => ({
    action: "attach-shared",
    netmaskLength,
    cause: "growth-space-short",
    reason,
  }));
}

/** Netmask lengths of the CIDRs for subnets, and of one for the lead, no smaller than /24. */
function drawn(unmet: number, short: number, slots: number): readonly number[] {
  const needed = cidrLengths(unmet, slots);
  const lead = 2 ** Math.ceil(Math.log2(Math.max(short, 256)));
  return short > 0 ? [...needed, ...cidrLengths(lead, slots - needed.length).slice(0, 1)] : needed;
}

/**
 * Netmask lengths of CIDRs that have this many addresses together. The fewer CIDRs the VPC may still get, the larger each is: the last
 * is a /20, the one before at least a /21.
 */
export function cidrLengths(addresses: number, slots: number): readonly number[] {
  const lengths: number[] = [];
  for (let [missing, left] = [addresses, slots]; missing > 0 && left > 0; left--) {
    const round = left > PLENTY ? Math.floor : Math.ceil;
    const length = 32 - round(Math.log2(missing));
    const chosen = Math.max(
      DRAWN_CIDR.largest,
      Math.min(length, DRAWN_CIDR.smallest, DRAWN_CIDR.largest + left - 1),
    );
    lengths.push(chosen);
    missing -= 2 ** (32 - chosen);
  }
  return lengths;
}

/** Detaches CIDRs without a subnet: those merged into others, and those that are more than the lead needs. */
function detach(context: SharedPoolContext): Decision[] {
  const { observation, config, space } = context;
  const merging = mergingCidrs(config, observation);
  let surplus = aheadAddresses(context) - leadAddresses(context);
  return [...sharedCidrs(config, observation)].reverse().flatMap(({ cidr, associationId }): Decision[] => {
    const block = Prefix.parse(cidr);
    const isMerging = merging.includes(cidr);
    if (space.hasSubnet(block) || (!isMerging && Number(block.size) > surplus)) return [];
    if (!isMerging) surplus -= Number(block.size);
    return [
      {
        action: "detach-cidr",
        cidr,
        associationId,
        cause: isMerging ? "merging" : "idle",
        reason: `${cidr} has no subnet and the cluster does not need it`,
      },
    ];
  });
}
