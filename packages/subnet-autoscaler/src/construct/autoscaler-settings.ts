import { Prefix } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type EksClusterContract } from "@cluster-ipam/eks-cni";
import { type Construct } from "constructs";
import { type AutoscalerPolicy } from "../runtime/config";

/** When an autoscaler grows a cluster, by how much, and when it gives back. */
export interface AutoscalerSettings {
  /** A zone grows when its trend leaves it without a free /28 prefix within so many minutes, 5 to 1,440. @default 30 */
  readonly leadTimeMinutes?: number;
  /** A zone grows below so many free /28 prefixes, whatever its trend, 1 to 1,000. @default 16, two nodes of 110 pods */
  readonly floorPrefixes?: number;
  /**
   * Sizes of growth subnets as netmask lengths, 16 to 26, none larger than the growth space.
   * @default three steps, the largest a quarter of a zone's share of the growth space or a little less
   */
  readonly netmaskLengths?: readonly number[];
  /** Most growth subnets at a time; with the planned ones at most 200, EC2's quota for a VPC. @default 24 */
  readonly maxSubnets?: number;
  /** Most growth subnets made in 24 hours, at least 1. @default 12 */
  readonly maxSubnetsPerDay?: number;
  /** Minutes between two growth subnets of one zone, 1 to 1,440. @default 5 */
  readonly coolDownMinutes?: number;
  /** When an empty growth subnet is given back; false for never. @default after an hour empty and 30 minutes closed to pods */
  readonly reclaim?: Reclaim | false;
}

/** When an empty growth subnet is given back. */
export interface Reclaim {
  /** Minutes a subnet has no network interface before it is closed to pods, 10 to 10,080. */
  readonly emptyMinutes: number;
  /** Minutes it stays closed and empty before it is deleted, 10 to 10,080. */
  readonly quarantineMinutes: number;
}

/** Subnets of one VPC: EC2's default quota L-407747CB. */
const SUBNETS_PER_VPC = 200;

/** The smallest subnet that has usable /28 prefixes: its first and its last hold reserved addresses. */
const SMALLEST_SUBNET = 26;

/**
 * The settings with their defaults, as the runtime reads them.
 *
 * @throws ValidationError on a setting out of its bounds
 */
export function policyOf(
  where: Construct,
  settings: AutoscalerSettings,
  { cluster }: EksClusterContract["network"],
  growth: Prefix,
): AutoscalerPolicy {
  const whole = (name: string, value: number, least: number, most: number) => {
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new ValidationError(where, `${name} is ${value}; use a whole number of ${least} to ${most}`);
  };
  const { reclaim = { emptyMinutes: 60, quarantineMinutes: 30 } } = settings;
  const planned = 3 * cluster.zones.length + cluster.pods.subnets.length;
  return {
    leadTimeMinutes: whole("leadTimeMinutes", settings.leadTimeMinutes ?? 30, 5, 1_440),
    floor: whole("floorPrefixes", settings.floorPrefixes ?? 16, 1, 1_000),
    netmaskLengths: settings.netmaskLengths
      ? checkLengths(where, settings.netmaskLengths, growth)
      : defaultLengths(growth, cluster.zones.length),
    maxSubnets: whole("maxSubnets", settings.maxSubnets ?? 24, 1, SUBNETS_PER_VPC - planned),
    coolDownMinutes: whole("coolDownMinutes", settings.coolDownMinutes ?? 5, 1, 1_440),
    budgets: {
      subnetsPerDay: whole("maxSubnetsPerDay", settings.maxSubnetsPerDay ?? 12, 1, SUBNETS_PER_VPC),
    },
    ...(reclaim && {
      reclaim: {
        emptyMinutes: whole("reclaim.emptyMinutes", reclaim.emptyMinutes, 10, 10_080),
        quarantineMinutes: whole("reclaim.quarantineMinutes", reclaim.quarantineMinutes, 10, 10_080),
      },
    }),
  };
}

function checkLengths(where: Construct, lengths: readonly number[], growth: Prefix): readonly number[] {
  const largest = Math.max(16, growth.length);
  const wrong = lengths.find(
    (length) => !Number.isInteger(length) || length < largest || length > SMALLEST_SUBNET,
  );
  if (lengths.length === 0 || wrong !== undefined) {
    throw new ValidationError(
      where,
      `netmaskLengths ${wrong === undefined ? "is empty" : `has ${wrong}`}; use ${largest} to ${SMALLEST_SUBNET}, so that a subnet fits the growth space ${growth} and has usable /28 prefixes`,
    );
  }
  return [...new Set(lengths)].sort((a, b) => a - b);
}

/** Four subnets a zone from the growth space, and smaller ones for the rest of it. */
function defaultLengths(growth: Prefix, zones: number): readonly number[] {
  const largest = Math.min(SMALLEST_SUBNET, Math.max(16, growth.length + Math.ceil(Math.log2(4 * zones))));
  return [largest, largest + 1, largest + 2].filter((length) => length <= SMALLEST_SUBNET);
}
