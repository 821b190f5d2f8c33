import { type AutoscalerConfig } from "../config/config";
import { type Observation } from "../observe/observation";
import { type Cause } from "./decision";
import { subnetAge } from "./elapsed";

const DAY_MINUTES = 24 * 60;

/** A limit that a zone has reached. */
export interface Limit {
  readonly cause: Cause;
  readonly reason: string;
  readonly advice: string;
}

/** What a zone's growth subnets spend. */
interface Spending {
  /** Existing growth subnets. */
  subnets: number;
  /** Growth subnets created in the last 24 hours. */
  today: number;
  /** Addresses of the growth subnets. */
  addresses: number;
}

/**
 * Budgets and quotas during one run; a decision to create a subnet spends from them. Of a limit over all zones, each zone
 * is sure of an equal share: what another has not used of its own is out of reach.
 */
export class Budget {
  private readonly zones: ReadonlyMap<string, Spending>;
  private vpcSubnets: number;

  constructor(
    observation: Observation,
    private readonly config: AutoscalerConfig,
  ) {
    this.vpcSubnets = observation.subnets.length;
    this.zones = new Map(
      config.zones
        .filter(({ draining }) => draining !== true)
        .map(({ zone }) => [zone, spendingOf(observation, zone)]),
    );
  }

  /** The limit that prevents another subnet of any size in a zone. */
  reached(zone: string): Limit | undefined {
    const { policy, quotas } = this.config;
    const used = this.zones.get(zone)!;
    if (this.vpcSubnets >= quotas.subnetsPerVpc)
      return {
        cause: "quota-reached",
        reason: `the VPC has ${this.vpcSubnets} subnets, its quota`,
        advice:
          "raise the quota Subnets per VPC, then quotas.subnetsPerVpc; or use larger steps in netmaskLengths",
      };
    if (this.left(zone, "subnets", policy.maxSubnets) <= 0)
      return {
        cause: "budget-spent",
        reason: `it has ${used.subnets} growth subnets, its share of maxSubnets`,
        advice: "raise maxSubnets",
      };
    if (this.left(zone, "today", policy.budgets.subnetsPerDay) <= 0)
      return {
        cause: "budget-spent",
        reason: `${used.today} growth subnets were created in the last 24 hours, its share of the daily budget`,
        advice: "find out why the cluster grows so fast; if it should, raise maxSubnetsPerDay",
      };
    return undefined;
  }

  /** Addresses that the zone's growth subnets may still get. */
  addressesLeft(zone: string): number {
    const { addresses } = this.config.policy.budgets;
    return addresses === undefined ? Infinity : this.left(zone, "addresses", addresses);
  }

  /** Counts a subnet that is created in this run. */
  spend(zone: string, addresses: number): void {
    const used = this.zones.get(zone)!;
    used.subnets += 1;
    used.today += 1;
    used.addresses += addresses;
    this.vpcSubnets += 1;
  }

  private left(zone: string, kind: keyof Spending, limit: number): number {
    const share = Math.floor(limit / this.zones.size);
    let left = limit;
    for (const [other, used] of this.zones) left -= other === zone ? used[kind] : Math.max(used[kind], share);
    return left;
  }
}

function spendingOf({ subnets, now }: Observation, zone: string): Spending {
  const growth = subnets.filter((subnet) => subnet.owned && subnet.zone === zone);
  return {
    subnets: growth.length,
    // A subnet of unknown age counts: a budget errs towards not spending.
    today: growth.filter((subnet) => (subnetAge(subnet, now) ?? 0) < DAY_MINUTES).length,
    addresses: growth.reduce((sum, { cidr }) => sum + 2 ** (32 - Number(cidr.split("/")[1])), 0),
  };
}
